using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class TrainerTests
{
    private static readonly DecoderConfig Shape = new() { VocabSize = 23, HiddenSize = 16, IntermediateSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 2 };
    private static readonly int[] Text = [.. Enumerable.Range(0, 200).Select(i => i * i % 23)];
    private static readonly WindowBatches Windows = new(Text, 8, 4, seed: 5);

    [Fact]
    public void Training_lowers_the_loss_on_batches_it_does_not_train_on()
    {
        using var run = new Run(new() { Steps = 60, EvaluateEvery = 20, Evaluations = Held });
        run.Trainer.Run();
        var evaluated = run.Trainer.Records.Where(record => record.Evaluation is not null).Select(record => record.Evaluation!["held"]).ToArray();
        Assert.Equal(3, evaluated.Length);
        Assert.True(evaluated[2] < evaluated[0], string.Join(", ", evaluated));
    }

    [Theory]
    [InlineData("AdamW")]
    [InlineData("Muon")]
    public void A_training_that_is_cancelled_and_resumed_ends_with_the_same_bits_and_the_same_log(string kind)
    {
        using var folder = new TemporaryFolder();
        var options = new TrainerOptions<TokenBatch> { Steps = 12, Accumulation = 2, LogEvery = 5, EvaluateEvery = 4, Evaluations = Held, Schedule = new CosineSchedule(12, 3) };
        using var whole = new Run(options, kind);
        whole.Trainer.Run();

        options = options with { Folder = folder.Path };
        using (var first = new Run(options, kind))
        {
            using var cancelled = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => first.Trainer.Run(new Until(7, cancelled), cancelled.Token));
        }

        using var second = new Run(options, kind, seed: 77);
        Assert.True(second.Trainer.TryResume());
        Assert.Equal(7, second.Trainer.Step);
        second.Trainer.Run();

        AssertSame(whole, second);
        Assert.Equal(Timeless(whole.Trainer.Records), Timeless(second.Trainer.Records));
        Assert.Equal(Timeless(whole.Trainer.Records), Timeless(TrainingLog.Read(folder.Path)));
        Assert.Equal(whole.Trainer.Cost.Flops, second.Trainer.Cost.Flops);
        Assert.Equal(1 + second.Trainer.Records.Count, File.ReadAllLines(folder.File(TrainingLog.TableFile)).Length);
    }

    [Fact]
    public void Records_after_the_checkpoint_are_dropped_when_it_is_resumed()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainerOptions<TokenBatch> { Steps = 10, LogEvery = 1, CheckpointEvery = 4, Folder = folder.Path };
        using (var killed = new Run(options))
            Assert.Throws<TimeoutException>(() => killed.Trainer.Run(new Dying(7)));
        File.AppendAllText(folder.File(TrainingLog.LinesFile), "{\"step\": 8, \"tok");

        using var resumed = new Run(options);
        Assert.True(resumed.Trainer.TryResume());
        Assert.Equal(4, resumed.Trainer.Step);
        resumed.Trainer.Run();
        Assert.Equal(Enumerable.Range(1, 10).Select(step => (long)step), TrainingLog.Read(folder.Path).Select(record => record.Step));
    }

    [Fact]
    public void Accumulated_batches_of_different_sizes_count_like_one_batch_of_all_their_tokens()
    {
        var (small, large) = (TokenBatch.Of([([1, 2, 3], 1)], 0), TokenBatch.Of([([4, 5, 6], 1), ([7, 8, 9], 2)], 0));
        var all = TokenBatch.Of([([1, 2, 3], 1), ([4, 5, 6], 1), ([7, 8, 9], 2)], 0);
        using var apart = new Run(new() { Steps = 1, Accumulation = 2, ClipNorm = double.PositiveInfinity }, batches: new Given(small, large), kind: "descent");
        using var together = new Run(new() { Steps = 1, ClipNorm = double.PositiveInfinity }, batches: new Given(all), kind: "descent");
        var (first, second) = (apart.Trainer.Run(), together.Trainer.Run());
        Assert.Equal(second.Loss!.Value, first.Loss!.Value, 1e-6);
        Assert.Equal(second.GradientNorm!.Value, first.GradientNorm!.Value, 1e-5);
        foreach (var (a, b) in apart.Model.parameters().Zip(together.Model.parameters()))
            Assert.True(a.allclose(b, 1e-5, 1e-6));
    }

    [Fact]
    public void A_training_counts_what_it_costs()
    {
        var meter = new CostMeter();
        using var run = new Run(new() { Steps = 3, Accumulation = 2, PowerWatts = 10, Meter = meter });
        run.Trainer.Run();
        var cost = run.Trainer.Cost;
        Assert.Equal(3 * 2 * 4 * 8, cost.PromptTokens);
        Assert.Equal(new DecoderCosts(Shape).Training(3 * 2 * 4 * 8, 8).Flops!.Value, cost.Flops!.Value, 1.0);
        Assert.Equal(run.Model.parameters().Sum(parameter => parameter.numel()), cost.Parameters);
        Assert.True(cost is { EnergyJoules: > 0, PeakMemoryBytes: > 0, WallTimeSeconds: > 0 });
        Assert.InRange(cost.EnergyJoules!.Value, 0, 10 * cost.WallTimeSeconds!.Value);
        Assert.Equal(cost.Flops, meter.Total.Flops);
    }

    [Fact]
    public void A_step_that_is_not_finite_stops_the_training_with_the_weights_before_it()
    {
        using var run = new Run(new() { Steps = 4 }, poison: step => step == 2);
        var error = Assert.Throws<TrainingDivergedException>(() => run.Trainer.Run());
        Assert.Equal(3, error.Step);
        Assert.All(run.Model.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Steps_that_are_not_finite_can_be_passed_over()
    {
        using var run = new Run(new() { Steps = 6, LogEvery = 1, NonFinite = NonFinitePolicy.Skip }, poison: step => step is 2 or 3);
        var last = run.Trainer.Run();
        Assert.Equal(2, last.Skipped);
        Assert.Equal([false, false, true, true, false, false], run.Trainer.Records.Select(record => record.Loss is null));
        Assert.All(run.Model.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));

        using var hopeless = new Run(new() { Steps = 60, NonFinite = NonFinitePolicy.Skip }, poison: step => step >= 5);
        Assert.Equal(15, Assert.Throws<TrainingDivergedException>(() => hopeless.Trainer.Run()).Step);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_with_the_difference()
    {
        using var folder = new TemporaryFolder();
        using (var run = new Run(new() { Steps = 1, Folder = folder.Path, Fingerprint = "steps: 1\nrate: 0.1" }))
            run.Trainer.Run();
        using var other = new Run(new() { Steps = 1, Folder = folder.Path, Fingerprint = "steps: 1\nrate: 0.2" });
        var error = Assert.Throws<TrainingMismatchException>(() => other.Trainer.TryResume());
        Assert.Contains("'rate: 0.1' where there is 'rate: 0.2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_of_a_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var run = new Run(new() { Steps = 1, Folder = folder.Path });
        Assert.False(run.Trainer.TryResume());
        Checkpoint.Save(run.Model, folder.File("training.safetensors"));
        Assert.Contains("no counts", Assert.Throws<InvalidDataException>(() => run.Trainer.TryResume()).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, IReadOnlyList<TokenBatch>> Held => new() { ["held"] = WindowBatches.SideBySide(Text, 8, 4, 3) };

    private static void AssertSame(Run expected, Run actual)
    {
        foreach (var (name, tensor) in expected.Model.state_dict())
            Assert.True(tensor.equal(actual.Model.state_dict()[name]).all().item<bool>(), name);
        foreach (var (name, tensor) in expected.Optimizer.State)
            Assert.True(tensor.equal(actual.Optimizer.State[name]).all().item<bool>(), name);
    }

    private static IEnumerable<string> Timeless(IEnumerable<TrainingRecord> records) =>
        records.Select(record => $"{record with { Seconds = 0, Evaluation = null }} {string.Join(';', record.Evaluation ?? new Dictionary<string, double>())}");

    private sealed class Run : IDisposable
    {
        public Run(TrainerOptions<TokenBatch> options, string kind = "AdamW", long seed = 1, IBatches<TokenBatch>? batches = null, Func<int, bool>? poison = null)
        {
            Model = new Decoder(Shape, seed);
            Optimizer = OptimizerStateTests.New(kind, Model);
            ITrainingObjective<TokenBatch> objective = new LanguageModelObjective(Model);
            Trainer = new(poison is null ? objective : new Poisoned(objective, poison), Optimizer, batches ?? Windows, options);
        }

        public Decoder Model { get; }

        public IOptimizer Optimizer { get; }

        public Trainer<TokenBatch> Trainer { get; }

        public void Dispose()
        {
            Optimizer.Dispose();
            Model.Dispose();
        }
    }

    private sealed class Given(params TokenBatch[] batches) : IBatches<TokenBatch>
    {
        public TokenBatch At(long index) => batches[index];
    }

    /// <summary>An objective that is no number in some of its passes.</summary>
    private sealed class Poisoned(ITrainingObjective<TokenBatch> inner, Func<int, bool> isBad) : ITrainingObjective<TokenBatch>
    {
        private int _pass;

        public nn.Module Module => inner.Module;

        public long Count(TokenBatch batch) => inner.Count(batch);

        public BatchLoss Loss(TokenBatch batch) => isBad(_pass++) ? new(inner.Loss(batch).Sum * double.NaN) : inner.Loss(batch);

        public CostVector Cost(TokenBatch batch) => inner.Cost(batch);
    }

    private sealed class Until(long step, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                source.Cancel();
        }
    }

    private sealed class Dying(long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                throw new TimeoutException();
        }
    }
}
