using TorchSharp;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.SequenceToSequence;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.SequenceToSequence;

public class EncoderDecoderTests
{
    private static readonly EncoderDecoderConfig Small = new()
    {
        VocabSize = 11,
        DModel = 8,
        DKv = 3,
        NumHeads = 2,
        DFf = 12,
        NumLayers = 2,
        NumDecoderLayers = 2,
        RelativeAttentionNumBuckets = 8,
        RelativeAttentionMaxDistance = 12,
    };

    [Fact]
    public void It_computes_what_the_definition_says_and_the_counts_are_those_of_the_definition()
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Small, seed: 5);
        using var noGradient = no_grad();
        foreach (var values in model.state_dict().Values.Where(values => values.dim() == 1))
            values.uniform_(0.5, 1.5);
        int[] source = [3, 9, 1, 4, 4], target = [0, 7, 2];
        var reference = new ReferenceEncoderDecoder(Small, model.state_dict());
        var expected = reference.Logits(source, target);
        var actual = model.Decode(Ids(target), model.Encode(Ids(source))).data<float>().ToArray();
        Assert.True(expected.Max(Math.Abs) > 0.1);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(2 * reference.MultiplyAdds, Small.ForwardFlops(source.Length, target.Length));
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), Small.Parameters);
    }

    [Fact]
    public void Names_are_those_of_T5()
    {
        using var model = new EncoderDecoder(Small);
        var names = model.named_parameters().Select(parameter => parameter.name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "shared.weight", "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", "encoder.block.1.layer.1.DenseReluDense.wo.weight", "encoder.final_layer_norm.weight",
                "decoder.block.1.layer.1.EncDecAttention.q.weight", "decoder.block.0.layer.2.layer_norm.weight", "decoder.block.0.layer.2.DenseReluDense.wi.weight",
            },
            names);
        Assert.DoesNotContain("encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight", names);
        Assert.Equal(1 + 2 + 2 + 2 * (5 + 3) + 2 * (5 + 5 + 3), names.Count);
    }

    [Fact]
    public void A_source_is_seen_from_everywhere_a_target_only_backwards_and_padding_not_at_all()
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Small, seed: 1);
        Tensor Logits(int[] source, int[] target, bool[]? visible = null)
        {
            var mask = visible is null ? null : tensor(visible, [1, visible.Length]);
            return model.Decode(Ids(target), model.Encode(Ids(source), mask), mask);
        }

        var logits = Logits([3, 9, 1], [0, 7, 2]);
        Assert.True(Distance(logits.narrow(1, 0, 1), Logits([3, 9, 2], [0, 7, 2]).narrow(1, 0, 1)) > 1e-4);
        Assert.Equal(0, Distance(logits.narrow(1, 0, 2), Logits([3, 9, 1], [0, 7, 5]).narrow(1, 0, 2)), 1e-6);
        Assert.True(Distance(logits.narrow(1, 2, 1), Logits([3, 9, 1], [0, 7, 5]).narrow(1, 2, 1)) > 1e-4);
        Assert.Equal(0, Distance(logits, Logits([3, 9, 1, 6, 6], [0, 7, 2], [true, true, true, false, false])), 1e-5);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Small, seed: 3);
        model.to(ScalarType.Float64);
        var objective = new SequenceToSequenceObjective(model);
        var batch = new SequencePairBatch([([3, 9, 1, 4], [5, 1]), ([2, 1], [7, 8, 1])]);
        FiniteDifferences.AssertAgree(model, () => objective.Loss(batch).Sum);
    }

    [Fact]
    public void The_loss_of_rows_together_is_the_sum_of_theirs_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Small, seed: 4);
        var objective = new SequenceToSequenceObjective(model);
        (IReadOnlyList<int>, IReadOnlyList<int>)[] pairs = [([3, 9, 1, 4], [5, 1]), ([2, 1], [7, 8, 1])];
        Assert.Equal(pairs.Sum(pair => objective.Loss(new([pair])).Sum.item<float>()), objective.Loss(new(pairs)).Sum.item<float>(), 1e-4);
        Assert.Equal(5, objective.Count(new(pairs)));
        Assert.Equal(3 * 2 * Small.ForwardFlops(4, 3), objective.Cost(new(pairs)).Flops);
    }

    [Fact]
    public void It_learns_to_write_what_stands_behind_a_mark()
    {
        using var scope = NewDisposeScope();
        var config = Small with { DModel = 32, DKv = 16, DFf = 64, NumLayers = 1, NumDecoderLayers = 1 };
        using var model = new EncoderDecoder(config, seed: 6);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 5e-3));
        var batches = new SequencePairBatches(random => [.. Enumerable.Range(0, 64).Select(_ => Marked(random))], 32, padding: 0, seed: 1);
        var trainer = new Trainer<SequencePairBatch>(new SequenceToSequenceObjective(model), optimizer, batches, new() { Steps = 400, LogEvery = 100 });
        trainer.Run(cancellation: TestContext.Current.CancellationToken);
        var held = new SequencePairBatch([.. Enumerable.Range(0, 20).Select(i => Marked(new(99, (ulong)i)))]);
        var written = model.Generate(held.SourceTensor(), held.VisibleTensor(), held.TargetLength);
        Assert.Equal(held.TargetTensor().data<long>().ToArray(), written.data<long>().ToArray());
        Assert.True(trainer.Records[^1].Loss < 0.1);

        static (IReadOnlyList<int>, IReadOnlyList<int>) Marked(RandomGenerator random)
        {
            const int mark = 2;
            int[] ids = [.. Enumerable.Range(0, 5).Select(_ => 3 + random.NextInt32(8))];
            var place = random.NextInt32(4);
            ids[place] = mark;
            return (ids, [ids[place + 1], 1]);
        }
    }

    [Fact]
    public void Writing_ends_when_every_row_has_ended()
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Small, seed: 1);
        using var noGradient = no_grad();

        // With all-zero decoder norms every logit is 0 and the first id wins; with the end mark as that id nothing more is written.
        model.state_dict()["decoder.final_layer_norm.weight"].zero_();
        Assert.Equal([0L, 0, 0, 0, 0], model.Generate(Ids([3, 4]), null, 5).data<long>().ToArray());
        using var ending = new EncoderDecoder(Small with { EosTokenId = 0 }, seed: 1);
        ending.state_dict()["decoder.final_layer_norm.weight"].zero_();
        Assert.Equal([0L], ending.Generate(Ids([3, 4]), null, 5).data<long>().ToArray());
    }

    [Theory]
    [InlineData(0, true, 0)]
    [InlineData(-3, true, 3)]
    [InlineData(3, true, 19)]
    [InlineData(-8, true, 8)]
    [InlineData(-127, true, 15)]
    [InlineData(-128, true, 15)]
    [InlineData(500, true, 31)]
    [InlineData(5, false, 0)]
    [InlineData(-15, false, 15)]
    [InlineData(-16, false, 16)]
    [InlineData(-64, false, 26)]
    [InlineData(-128, false, 31)]
    public void Near_distances_are_kinds_of_their_own_and_far_ones_logarithmic(int offset, bool bothWays, int bucket) =>
        Assert.Equal(bucket, RelativePositions.Bucket(offset, bothWays, 32, 128));

    [Fact]
    public void What_cannot_be_built_is_refused()
    {
        Assert.Contains("num_heads", Assert.Throws<InvalidConfigException>(() => new EncoderDecoder(Small with { NumHeads = 0 })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidConfigException>(() => new EncoderDecoder(Small with { RelativeAttentionNumBuckets = 7 }));
        Assert.Throws<InvalidConfigException>(() => new EncoderDecoder(Small with { EosTokenId = 11 }));
        Assert.Throws<ArgumentException>(() => new SequencePairBatch([([], [1])]));
        Assert.Throws<ArgumentException>(() => new SequencePairBatch([]));
    }

    private static Tensor Ids(int[] ids) => tensor([.. ids.Select(id => (long)id)], [1, ids.Length]);

    private static float Distance(Tensor first, Tensor second) => (first - second).abs().max().item<float>();
}
