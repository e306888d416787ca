using System.Collections.Concurrent;
using TorchSharp;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Trains networks on a task, after their shape and learning rate were chosen on data of their own, the same for every seed.</summary>
/// <param name="Images">Pairs that are trained on.</param>
/// <param name="Passes">Over them.</param>
/// <param name="Test">Pairs of validation and of the test.</param>
/// <param name="Rates">Learning rates to choose from.</param>
internal sealed record RestorationTraining(int Images, int Passes, int Test, IReadOnlyList<double> Rates)
{
    private const int Rows = 128;
    private const ulong TuningSeed = 0; // seeds of a study begin at 1

    // A choice depends on nothing but its key; kept so that it is made once and not for every seed.
    private static readonly ConcurrentDictionary<(RestorationTraining, RestorationTask, string), Choice> Choices = [];

    /// <summary>A network and the learning rate that it is trained with.</summary>
    public sealed record Choice(RestorationNetwork Network, double Rate);

    /// <summary>What came of a training.</summary>
    public sealed record Outcome(float[] Restored, double Seconds);

    public static RestorationTraining Of(Scale scale) => scale switch
    {
        Scale.Smoke => new(256, 1, 100, [1e-3]),
        Scale.Quick => new(1024, 2, 300, [1e-3, 3e-3]),
        _ => new(4096, 6, 1000, [3e-4, 1e-3, 3e-3]),
    };

    /// <summary>The candidate and learning rate that restore the validation pairs best.</summary>
    /// <param name="task">The task.</param>
    /// <param name="name">What the candidates are; equal names must have equal candidates.</param>
    /// <param name="candidates">The networks to choose from.</param>
    /// <param name="cancellation">Looked at between trainings.</param>
    public Choice Choose(RestorationTask task, string name, IReadOnlyList<RestorationNetwork> candidates, CancellationToken cancellation)
    {
        if (Choices.TryGetValue((this, task, name), out var known))
            return known;
        var (train, validation) = (RestorationTasks.Draw(task, Images, new(TuningSeed, 1)), RestorationTasks.Draw(task, Test, new(TuningSeed, 2)));
        var best = candidates.SelectMany(network => Rates.Select(rate => new Choice(network, rate))).MaxBy(choice =>
        {
            cancellation.ThrowIfCancellationRequested();
            return RestorationTasks.PeakSignalToNoise(Train(choice, train, validation, new(TuningSeed, 3), TuningSeed).Restored, validation);
        })!;
        return Choices.GetOrAdd((this, task, name), best);
    }

    /// <summary>Trains a network and restores other pairs with it.</summary>
    /// <param name="choice">The network and its learning rate.</param>
    /// <param name="train">The pairs that are trained on.</param>
    /// <param name="test">The pairs that are restored.</param>
    /// <param name="weights">The source of the weights.</param>
    /// <param name="order">The seed of the order of the pairs.</param>
    public Outcome Train(Choice choice, VectorBatch train, VectorBatch test, RandomGenerator weights, ulong order)
    {
        using var scope = torch.NewDisposeScope();
        using var network = choice.Network.Build(weights);
        using var optimizer = new AdamW(ParameterGroup.Of(network, choice.Rate), beta2: 0.999);
        var batches = new VectorBatches(train, Rows, order);
        var steps = (long)Passes * batches.BatchesPerPass;
        var trainer = new Trainer<VectorBatch>(new RegressionObjective(network, choice.Network.MultiplyAdds), optimizer, batches, new()
        {
            Steps = steps,
            Schedule = steps > 20 ? new CosineSchedule(steps, steps / 20, finalFactor: 0) : new ConstantSchedule(),
            LogEvery = int.MaxValue,
        });
        trainer.Run();
        using var noGradient = torch.no_grad();
        return new(network.forward(test.InputTensor()).data<float>().ToArray(), trainer.Records[^1].Seconds);
    }
}
