using TorchSharp;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Checkpoints;

public sealed class DecoderCheckpointTests : IDisposable
{
    private static readonly DecoderConfig Shape = new()
    {
        ModelType = "qwen2",
        VocabSize = 11,
        HiddenSize = 8,
        IntermediateSize = 12,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
        TieWordEmbeddings = true,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vilfredo-checkpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_model_comes_back_with_the_same_logits_and_is_saved_to_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(Shape, seed: 3);
        DecoderCheckpoint.Save(model, In("first"));
        using var loaded = DecoderCheckpoint.Load(In("first"));
        DecoderCheckpoint.Save(loaded, In("second"));
        var ids = tensor(new long[,] { { 1, 2, 10 } });
        Assert.Equal(model.forward(ids).data<float>().ToArray(), loaded.forward(ids).data<float>().ToArray());
        Assert.Equal(File.ReadAllBytes(In("first/model.safetensors")), File.ReadAllBytes(In("second/model.safetensors")));
        Assert.Equal(File.ReadAllText(In("first/config.json")), File.ReadAllText(In("second/config.json")));
    }

    [Fact]
    public void Latent_attention_experts_and_the_biases_of_their_routers_come_back()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = new Decoder(
            Shape with
            {
                ModelType = "deepseek_v3",
                KvLoraRank = 6,
                QLoraRank = 4,
                QkNopeHeadDim = 4,
                QkRopeHeadDim = 2,
                VHeadDim = 4,
                NRoutedExperts = 4,
                NumExpertsPerTok = 1,
                MoeIntermediateSize = 6,
                NSharedExperts = 1,
                FirstKDenseReplace = 1,
            },
            seed: 3);
        ((MixtureOfExperts)model.Layers[1].FeedForward).Router.Bias!.copy_(tensor(new[] { -9f, 9, 0, 1 }));
        DecoderCheckpoint.Save(model, In("experts"));
        using var loaded = DecoderCheckpoint.Load(In("experts"));
        Assert.Equal([-9f, 9, 0, 1], ((MixtureOfExperts)loaded.Layers[1].FeedForward).Router.Bias!.data<float>().ToArray());
        var ids = tensor(new long[,] { { 1, 2, 10 } });
        Assert.Equal(model.forward(ids).data<float>().ToArray(), loaded.forward(ids).data<float>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    [InlineData(ScalarType.Float16, 1e-3)]
    [InlineData(ScalarType.Float64, 0)]
    public void Weights_of_another_type_are_converted(ScalarType type, double tolerance)
    {
        using var model = new Decoder(Shape, seed: 3);
        var expected = model.EmbeddingMatrix.data<float>().ToArray();
        using (var other = new Decoder(Shape, seed: 3))
            DecoderCheckpoint.Save((Decoder)other.to(type), In("other"));
        using var loaded = DecoderCheckpoint.Load(In("other"));
        Assert.Equal(ScalarType.Float32, loaded.EmbeddingMatrix.dtype);
        Assert.All(expected.Zip(loaded.EmbeddingMatrix.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Abs(pair.First)));
    }

    [Fact]
    public void Shards_names_without_prefix_and_a_repeated_head_are_read()
    {
        using var model = new Decoder(Shape, seed: 3);
        Directory.CreateDirectory(In("shards"));
        var items = model.state_dict().Select(pair => SafetensorsItem.FromBytes(pair.Key["model.".Length..], ElementType.Float32, pair.Value.shape, pair.Value.bytes.ToArray())).ToList();
        items.Add(SafetensorsItem.FromBytes("lm_head.weight", ElementType.Float32, model.EmbeddingMatrix.shape, model.EmbeddingMatrix.bytes.ToArray()));
        items.Add(SafetensorsItem.FromBytes("layers.0.self_attn.rotary_emb.inv_freq", ElementType.Float32, [2], new byte[8]));
        SafetensorsWriter.Write(In("shards/a.safetensors"), items.Take(5));
        SafetensorsWriter.Write(In("shards/b.safetensors"), items.Skip(5));
        File.WriteAllText(In("shards/model.safetensors.index.json"), """{"weight_map":{"x":"a.safetensors","y":"b.safetensors"}}""");
        File.WriteAllText(In("shards/config.json"), Shape.ToJson());
        using var loaded = DecoderCheckpoint.Load(In("shards"));
        Assert.Equal(Values(model), Values(loaded));
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_is_refused_with_every_difference_and_nothing_is_loaded()
    {
        using var model = new Decoder(Shape, seed: 3);
        using var other = new Decoder(Shape with { IntermediateSize = 16, TieWordEmbeddings = false, NumHiddenLayers = 1 }, seed: 4);
        Checkpoint.Save(other, In("other.safetensors"));
        var before = Values(model);
        var error = Assert.Throws<CheckpointMismatchException>(() => Checkpoint.Load(model, In("other.safetensors")));
        Assert.Equal(["lm_head.weight"], error.Report.Unexpected);
        Assert.Equal(3, error.Report.Mismatched.Count);
        Assert.Equal(12, error.Report.Missing.Count);
        Assert.Contains("model.layers.0.mlp.up_proj.weight: [16, 8] in the file, [12, 8] in the model", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 2 more", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Values(model));
    }

    [Fact]
    public void A_loose_load_reports_what_differed()
    {
        using var model = new Decoder(Shape, seed: 3);
        using var other = new Decoder(Shape with { NumHiddenLayers = 1 }, seed: 4);
        Checkpoint.Save(other, In("other.safetensors"));
        var report = Checkpoint.Load(model, In("other.safetensors"), new() { Strict = false });
        Assert.Equal(12, report.Missing.Count);
        Assert.Equal(14, report.Loaded.Count);
        Assert.Equal(other.EmbeddingMatrix.data<float>().ToArray(), model.EmbeddingMatrix.data<float>().ToArray());
    }

    [Fact]
    public void Element_types_that_no_tensor_has_are_refused_by_name()
    {
        using var model = nn.Linear(2, 1, hasBias: false);
        SafetensorsWriter.Write(In("eight.safetensors"), [SafetensorsItem.FromBytes("weight", ElementType.Float8E4M3, [1, 2], new byte[2])]);
        Assert.Contains("F8_E4M3", Assert.Throws<CheckpointMismatchException>(() => Checkpoint.Load(model, In("eight.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"weight_map":{"x":"../secret.safetensors"}}""")]
    [InlineData("""{"weight_map":{"x":"/etc/passwd"}}""")]
    [InlineData("""{"weight_map":{"x":""}}""")]
    [InlineData("""{"weight_map":{"x":3}}""")]
    [InlineData("""{"weights":{}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void An_index_that_is_damaged_or_leads_out_of_its_folder_is_refused(string index)
    {
        using var model = new Decoder(Shape);
        File.WriteAllText(In("model.safetensors.index.json"), index);
        Assert.Throws<SafetensorsFormatException>(() => Checkpoint.Load(model, _folder.FullName));
    }

    [Fact]
    public void A_folder_without_a_model_says_what_it_must_hold()
    {
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => DecoderCheckpoint.Load(_folder.FullName)).Message, StringComparison.Ordinal);
        File.WriteAllText(In("config.json"), Shape.ToJson());
        Assert.Contains("model.safetensors", Assert.Throws<FileNotFoundException>(() => DecoderCheckpoint.Load(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static float[] Values(Decoder model) =>
        [.. model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.data<float>().ToArray())];
}
