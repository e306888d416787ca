using TorchSharp;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class OptimizerStateTests
{
    private static readonly DecoderConfig Shape = new() { VocabSize = 23, HiddenSize = 16, IntermediateSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 2 };

    public static TheoryData<string> Kinds => ["AdamW", "descent", "momentum", "Muon"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_that_is_saved_and_continued_elsewhere_gives_the_same_bits(string kind)
    {
        using var folder = new TemporaryFolder();
        using var model = new Decoder(Shape, seed: 1);
        using var optimizer = New(kind, model);
        Train(model, optimizer, 0, 3);
        Checkpoint.Save(model, folder.File("model.safetensors"));
        Checkpoint.Save(optimizer.State, folder.File("optimizer.safetensors"));
        Train(model, optimizer, 3, 6);

        using var other = new Decoder(Shape, seed: 2);
        using var resumed = New(kind, other);
        Checkpoint.Load(other, folder.File("model.safetensors"));
        Checkpoint.Load(resumed.State, folder.File("optimizer.safetensors"));
        Train(other, resumed, 3, 6);

        AssertSame(model.state_dict(), other.state_dict());
        AssertSame(optimizer.State, resumed.State);
    }

    [Fact]
    public void State_of_another_kind_of_optimizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = new Decoder(Shape);
        using var adam = New("AdamW", model);
        using var muon = New("Muon", model);
        Checkpoint.Save(adam.State, folder.File("optimizer.safetensors"));
        Assert.Throws<CheckpointMismatchException>(() => Checkpoint.Load(muon.State, folder.File("optimizer.safetensors")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fifty_steps_lower_the_loss(string kind)
    {
        using var model = new Decoder(Shape, seed: 1);
        using var optimizer = New(kind, model);
        var before = Train(model, optimizer, 0, 1);
        Assert.True(Train(model, optimizer, 1, 51) < before);
    }

    internal static IOptimizer New(string kind, Decoder model) => kind switch
    {
        "AdamW" => new AdamW(ParameterGroup.Of(model, 0.003, 0.1)),
        "descent" => new Sgd(ParameterGroup.Of(model, 0.1)),
        "momentum" => new Sgd(ParameterGroup.Of(model, 0.02, 0.01), 0.9, nesterov: true),
        _ => MuonPartition.Of(model).Optimizer(0.02, 0.003, 0.1),
    };

    /// <summary>Steps from one to before another on sequences that count upwards; the last loss.</summary>
    internal static float Train(Decoder model, IOptimizer optimizer, int from, int to)
    {
        var last = 0f;
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            var ids = arange(step, step + 9, dtype: ScalarType.Int64).remainder(23);
            optimizer.ZeroGradients();
            var loss = nn.functional.cross_entropy(model.forward(ids.narrow(0, 0, 8).unsqueeze(0))[0], ids.narrow(0, 1, 8));
            loss.backward();
            optimizer.Step();
            last = loss.item<float>();
        }

        return last;
    }

    private static void AssertSame(IEnumerable<KeyValuePair<string, Tensor>> expected, IReadOnlyDictionary<string, Tensor> actual)
    {
        foreach (var (name, tensor) in expected)
            Assert.True(tensor.bytes.SequenceEqual(actual[name].bytes), name);
    }
}
