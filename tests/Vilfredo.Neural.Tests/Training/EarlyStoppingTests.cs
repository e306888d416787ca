using TorchSharp;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;

namespace Vilfredo.Neural.Tests.Training;

public class EarlyStoppingTests
{
    private static readonly VectorBatch Pairs = new([1, 2, 3, 4], [2, 4, 6, 8], 4);

    [Fact]
    public void It_stops_after_as_many_evaluations_without_a_fall()
    {
        var stopping = new EarlyStopping(3, threshold: 0.1);
        bool[] answers = [.. new[] { 5.0, 4, 4.5, 3.95, 3, 3.5, double.NaN, 2.95 }.Select(stopping.Observe)];
        Assert.Equal([false, false, false, false, false, false, false, true], answers);

        // The last is lower, though by less than the threshold.
        Assert.Equal((8, 8, 2.95), (stopping.Evaluations, stopping.BestEvaluation, stopping.Best));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, -1));
    }

    [Fact]
    public void A_training_ends_where_it_says_so_and_one_that_is_resumed_ends_there_too()
    {
        // A rate of 0 never lowers the loss: the first evaluation is the best one, the third after it is the last.
        using var folder = new TemporaryFolder();
        var (whole, _) = Train(new() { Steps = 100, EvaluateEvery = 5, Evaluations = Held }, TestContext.Current.CancellationToken);
        Assert.Equal(20, whole.Step);
        Assert.Equal(4, whole.Records.Count(record => record.Evaluation is not null));

        var options = new TrainerOptions<VectorBatch> { Steps = 100, EvaluateEvery = 5, Evaluations = Held, Folder = folder.Path };
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Train(options, cancelled.Token, new Until(12, cancelled)));
        var (resumed, stopping) = Train(options, TestContext.Current.CancellationToken, resumes: true);
        Assert.Equal(20, resumed.Step);
        Assert.Equal((4, 1), (stopping.Evaluations, stopping.BestEvaluation));

        // It is over: resumed again it takes no step.
        Assert.Equal(20, Train(options, TestContext.Current.CancellationToken, resumes: true).Trainer.Step);
    }

    [Fact]
    public void Epochs_of_a_training_are_accounted_one_by_one_and_what_is_done_between_them_is_not()
    {
        var energy = new Counter();
        using var epochs = new EpochFootprints(() => new(new(), new Nothing(), new([energy], [], []), new Still()));
        var between = new List<long>();
        var progress = new TrainingFootprint(epochs, stepsPerEpoch: 5, at => between.Add(at.Step));
        Train(new() { Steps = 15 }, TestContext.Current.CancellationToken, progress);
        Assert.Equal([5, 10, 15], between);
        Assert.Equal([7.0, 7, 7], epochs.Reports.Select(report => report.Joules(EnergyComponent.Processor)));
        Assert.Equal(70, epochs.Forecast(10).Energy.Joules, 1e-9);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<VectorBatch>> Held => new Dictionary<string, IReadOnlyList<VectorBatch>> { ["held"] = [Pairs] };

    [Fact]
    public void A_training_that_is_run_again_asks_about_each_evaluation_once()
    {
        using var folder = new TemporaryFolder();
        using var model = torch.nn.Linear(1, 1);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 0));
        var asked = new List<long>();
        var trainer = new Trainer<VectorBatch>(new RegressionObjective(model, 1), optimizer, new VectorBatches(Pairs, 2, 1), new()
        {
            Steps = 20,
            EvaluateEvery = 5,
            Evaluations = Held,
            Folder = folder.Path,
            StopsAfter = record =>
            {
                asked.Add(record.Step);
                return false;
            },
        });
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => trainer.Run(new Until(12, cancelled), cancelled.Token));
        trainer.Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([5, 10, 15, 20], asked);
    }

    private static (Trainer<VectorBatch> Trainer, EarlyStopping Stopping) Train(TrainerOptions<VectorBatch> options, CancellationToken cancellation, IProgress<TrainingProgress>? progress = null, bool resumes = false)
    {
        using var scope = torch.NewDisposeScope();
        using var model = torch.nn.Linear(1, 1);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 0));
        var stopping = new EarlyStopping(3);
        var trainer = new Trainer<VectorBatch>(
            new RegressionObjective(model, 1), optimizer, new VectorBatches(Pairs, 2, 1), options with { StopsAfter = record => stopping.Observe(record.Evaluation!["held"]) });
        if (resumes)
            Assert.True(trainer.TryResume());
        trainer.Run(progress, cancellation);
        return (trainer, stopping);
    }

    private sealed class Until(long step, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                source.Cancel();
        }
    }

    /// <summary>7 J per interval.</summary>
    private sealed class Counter : IEnergyMeter
    {
        public EnergyComponent Component => EnergyComponent.Processor;

        public EnergyOrigin Origin => EnergyOrigin.Measured;

        public string Method => "test";

        public double Advance(in ActivityInterval interval) => 7;
    }

    private sealed class Nothing : IActivitySource
    {
        public int Processors => 1;

        public string Description => "nothing";

        public ActivityTotals Read() => default;
    }

    /// <summary>A clock whose timers never fire.</summary>
    private sealed class Still : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
