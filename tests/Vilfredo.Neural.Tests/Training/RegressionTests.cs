using TorchSharp;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class RegressionTests
{
    [Fact]
    public void A_pass_reads_every_pair_once_and_passes_differ()
    {
        var data = new VectorBatch([.. Enumerable.Range(0, 10).Select(i => (float)i)], [.. Enumerable.Range(0, 20).Select(i => i / 2 * 10f)], 10);
        var batches = new VectorBatches(data, 3, seed: 4);
        Assert.Equal((3, 1, 2), (batches.BatchesPerPass, data.InputWidth, data.TargetWidth));
        float[] first = [.. Enumerable.Range(0, 3).SelectMany(i => batches.At(i).Inputs.ToArray())];
        float[] second = [.. Enumerable.Range(3, 3).SelectMany(i => batches.At(i).Inputs.ToArray())];
        Assert.Distinct(first);
        Assert.NotEqual(first, second);
        Assert.Equal(first[..3], batches.At(0).Inputs.ToArray());
        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(batches.At(1).Inputs[row] * 10, batches.At(1).Targets[2 * row + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorBatches(data, 11, 1));
        Assert.Throws<ArgumentException>(() => new VectorBatch([1, 2, 3], [1, 2], 2));
    }

    [Fact]
    public void The_loss_is_the_mean_over_numbers_summed_over_rows_and_training_lowers_it()
    {
        using var scope = NewDisposeScope();
        var shape = new ResidualMlpShape { InputWidth = 2, LatentWidth = 8, BottleneckWidths = [4], OutputWidth = 2 };
        using var model = new ResidualMlp(shape, new RandomGenerator(1));
        var objective = new RegressionObjective(model, shape.MultiplyAdds);
        var random = new RandomGenerator(2);
        var inputs = Enumerable.Range(0, 128).Select(_ => (float)random.NextNormal()).ToArray();
        var data = new VectorBatch(inputs, [.. inputs.Chunk(2).SelectMany(pair => new[] { pair[1], -pair[0] })], 64);
        var before = objective.Loss(data).Sum.item<float>();
        var outputs = model.forward(data.InputTensor()).data<float>().ToArray();
        Assert.Equal(outputs.Index().Sum(one => Math.Pow(one.Item - data.Targets[one.Index], 2)) / 2, before, 1e-3);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 0.02));
        var trainer = new Trainer<VectorBatch>(objective, optimizer, new VectorBatches(data, 16, 1), new() { Steps = 100 });
        Assert.True(trainer.Run().Loss < 0.1);
        Assert.Equal(6.0 * shape.MultiplyAdds * 1600, trainer.Cost.Flops);
    }
}
