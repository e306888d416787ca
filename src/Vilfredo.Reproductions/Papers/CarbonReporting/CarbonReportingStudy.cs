using TorchSharp;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.SequenceToSequence;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Usmanova, Huang, Banerjee and Usbeck, "Reporting and analysing the environmental impact of language models on the example of commonsense question answering with external knowledge": what infusing knowledge
/// before fine-tuning gains in answers and costs in energy, by model size and length of the infusion.
/// </summary>
public sealed class CarbonReportingStudy : Reproduction
{
    private const string None = "no infusion", One = "infusion, 1 epoch", Three = "infusion, 3 epochs", Ten = "infusion, 10 epochs";
    private const string Small = "small", Middle = "middle", Large = "large";
    private const string Energy = "energy", Accuracy = "accuracy", Operations = "operations", Reached = "energy to the level", ReachedOperations = "operations to the level", Reaches = "reaches the level";
    private const string Proportional = "energy by Green Algorithms", Cubic = "energy by CodeCarbon", Half = "energy by CarbonTracker", Forecast = "forecast over actual, ", Share = "accuracy on ", Guessing = "accuracy of guessing";
    private const string NoCounters = "the study estimates energy from TDP and load: it reads no counter, and most virtual machines have none";

    // The share of right answers to the validation questions that counts as the level, fixed on seed 101.
    private const double Level = 0.15;

    // The number of threads and the processor time are the process's: one unit at a time is trained, whatever -j says.
    private static readonly Lock Machine = new();

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "carbon-reporting", "Reporting and Analysing the Environmental Impact of Language Models on the Example of Commonsense Question Answering with External Knowledge", "Usmanova, Huang, Banerjee, Usbeck", 2023,
        "arXiv 2408.01453");

    /// <inheritdoc/>
    public override string Setting =>
        "A generated world for every seed: 120 things of 12 species in 4 kinds, 12 relations, about 1,500 facts, of which 1,170 are the text of knowledge. Stage 1, infusion: a sentence per fact, "
        + "complementary denoising as in the paper's code (15 % hidden, nothing merged); as the models start from nothing, an epoch shows the text in 12 draws of hidden words. Stage 2: some 350 questions with a story of two "
        + "other facts, one-word answers, at most 40 epochs, early stopping (patience 3, threshold 5e-4) on 68 further questions; accuracy is word for word on some 280 others: two parts stored facts, one part inherited ones that the text "
        + "implies; facts that it does not imply are reported apart. Encoder-decoders in T5's form with one block each, widths 16, 32 and 64 (about 20, 40 and 100 thousand parameters; the paper's are 60 to 770 million), questions in batches of 16 as in the "
        + "paper, AdamW, linear decay, no dropout, one thread. Batches of the first stage hold 64 sentences. One learning rate, 3e-3 in both stages for all, and the level of accuracy (0.15) were chosen on seed 101, from 1e-3, 3e-3 and 1e-2 and a few runs only; on it no length of infusion and no width came far above guessing. Energy is estimated from TDP and load, never measured: 85 W for the "
        + "machine's processors, an unknown one's, in proportion to the processor time that was measured, and 0.3725 W per GB of memory held; other models of it are compared. Operations are counted. The paper's tables were not found; "
        + "no number of them is shown.";

    /// <inheritdoc/>
    public override string Use =>
        "`EpochFootprints` with `TrainingFootprint` accounts a training of yours epoch by epoch and forecasts it from its first epochs; `EarlyStopping` ends it, and `FootprintMarkdown` writes what belongs beside the scores. "
        + "`vilfredo track` does the same for any command. `EncoderDecoder`, `ComplementaryDenoising` and `SequenceToSequenceObjective` are the models and stages of this study.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(None, "question answering from fresh weights", IsBaseline: true),
        new(One, "one epoch of complementary denoising first"),
        new(Three, "three epochs first"),
        new(Ten, "ten epochs first"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Energy, "J"), Objective.Maximize(Accuracy)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        .. new[] { Small, Middle, Large }.SelectMany(size => new[]
        {
            Claim.Difference(
                new($"infusion-gains-{size}", $"Three epochs of infusion raise the accuracy of the {size} model by at least 5 points."), new(Three, size, Accuracy), new(None, size, Accuracy), Bound.AtLeast(0.05)),
            Claim.Ratio(
                new($"infusion-costs-{size}", $"They cost at least 20 % more energy in all ({size} model)."), new(Three, size, Energy), new(None, size, Energy), Bound.AtLeast(1.2)),
        }),
        .. new[] { None, Three, Ten }.Select(method => Claim.Computed(
            new($"above-guessing-{method switch { None => "none", Three => "three", _ => "ten" }}", $"The large model knows more than each relation's commonest answer ({method}; difference of accuracies; ours)."),
            (results, seed) => results.Value(method, Large, seed, Accuracy) - results.Value(method, Large, seed, Guessing), Bound.Above(0))),
        Claim.Difference(
            new("nothing-unknown", "Three epochs do not help with facts that the text does not imply (within 5 points, large model)."), new(Three, Large, Share + Name(FactStatus.Unknown)),
            new(None, Large, Share + Name(FactStatus.Unknown)), Bound.Between(-0.05, 0.05)),
        .. new[] { Small, Middle }.SelectMany(size => new[]
        {
            Claim.Computed(
                new($"smaller-not-greener-{size}", $"The large model reaches {Level:0%} of the validation answers with less energy than the {size} one (ratio; no infusion; a smaller one that does not reach it counts with all it spent, a larger one as 10).", "smaller models are not always the more sustainable choice"),
                (results, seed) => ToLevel(results, seed, size, Reached), Bound.Below(1)),
            Claim.Computed(
                new($"smaller-not-greener-{size}-operations", $"It does so with fewer operations ({size} model)."), (results, seed) => ToLevel(results, seed, size, ReachedOperations), Bound.Below(1)),
        }),
        .. new[] { Small, Middle, Large }.SelectMany(size => new[]
        {
            Claim.Difference(
                new($"more-not-better-{size}", $"Ten epochs of infusion give the accuracy of three within a point ({size} model).", "more training does not always give better performance"),
                new(Ten, size, Accuracy), new(Three, size, Accuracy), Bound.Between(-0.01, 0.01)),
            Claim.Ratio(
                new($"more-costs-{size}", $"They cost at least 1.5 times the energy ({size} model)."), new(Ten, size, Energy), new(Three, size, Energy), Bound.AtLeast(1.5)),
        }),
        Claim.EverySeed(
            new("estimators-factor", "Three estimators agree within a factor of 3 on the same trace (largest ratio of a run)."),
            (results, seed) => Own(results, seed).Max(one => new[] { Proportional, Cubic, Half }.Max(one.Value) / new[] { Proportional, Cubic, Half }.Min(one.Value)), Bound.AtMost(3)),
        Claim.EverySeed(
            new("estimators-ranking", "They rank runs alike (least Kendall tau of two of them)."),
            (results, seed) => new[] { (Proportional, Cubic), (Proportional, Half), (Cubic, Half) }.Min(pair => Kendall([.. Own(results, seed).Select(one => (one.Value(pair.Item1), one.Value(pair.Item2)))])), Bound.AtLeast(0.9)),
        Claim.Computed(
            new("forecast", "The first epoch of each stage forecasts the energy of the epochs that were run within 15 % in at least 80 % of runs (share of runs)."),
            (results, seed) => Own(results, seed).Average(one => Math.Abs(one.Value(Forecast + "epochs run") - 1) <= 0.15 ? 1 : 0), Bound.AtLeast(0.8)),
        Claim.Computed(
            new("forecast-all-epochs", "Before a training one knows its most epochs only: a forecast for 40 is more than 15 % too high, as early stopping ends it (share of runs; ours)."),
            (results, seed) => Own(results, seed).Average(one => one.Value(Forecast + "40 epochs") > 1.15 ? 1 : 0), Bound.AtLeast(0.8)),
        Claim.NotMeasurable(new("watts", "The energy is that of a power meter."), NoCounters),
        Claim.NotMeasurable(new("accelerators", "The same holds for energy of graphics processors."), "there is none here"),
        Claim.NotMeasurable(new("published-models", "T5 small, base and large fine-tuned on TellMeWhy with and without ConceptNet behave so."), "checkpoints and data are not here, and the paper's tables were not found"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 1, _ => 5 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale switch
    {
        Scale.Smoke => [Small],
        Scale.Quick => [Small, Middle],
        _ => [Small, Middle, Large],
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        lock (Machine)
        {
            Libtorch.Prepare();
            var threads = torch.get_num_threads();
            torch.set_num_threads(1);
            try
            {
                return Measure(context);
            }
            finally
            {
                torch.set_num_threads(threads);
            }
        }
    }

    /// <summary>Kendall's tau-b of pairs; 1 when neither side of any pair differs.</summary>
    internal static double Kendall(IReadOnlyList<(double X, double Y)> pairs)
    {
        var (sum, x, y) = (0.0, 0.0, 0.0);
        for (var i = 0; i < pairs.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (dx, dy) = (Math.Sign(pairs[i].X - pairs[j].X), Math.Sign(pairs[i].Y - pairs[j].Y));
                (sum, x, y) = (sum + dx * dy, x + dx * dx, y + dy * dy);
            }
        }

        return x == 0 && y == 0 ? 1 : x == 0 || y == 0 ? 0 : sum / Math.Sqrt(x * y);
    }

    private static Dictionary<string, double> Measure(UnitContext context)
    {
        var smoke = context.Scale == Scale.Smoke;
        var world = CommonsenseWorld.Draw(smoke ? 20 : 120, context.Shared("world"));
        var text = new WorldText(world);
        var width = context.Unit.Setting switch { Small => 16, Middle => 32, _ => 64 };
        var config = new EncoderDecoderConfig { VocabSize = text.Vocabulary, DModel = width, DKv = 16, NumHeads = width / 16, DFf = 2 * width, NumLayers = 1, NumDecoderLayers = 1 };
        using var model = new EncoderDecoder(config, (long)(context.SharedBySetting("weights").NextUInt64() >> 1));
        var training = new StagedTraining(model, text, OpenMeter, context.Shared("order").NextUInt64());
        var epochs = context.Unit.Method switch { None => 0, One => 1, Three => 3, _ => 10 };
        const double rate = 3e-3;
        var infused = epochs == 0 ? null : training.Infuse(smoke ? 1 : epochs, smoke ? 1 : 12, rate, context.Cancellation);
        var tuned = training.Tune(world, rate, smoke ? 2 : StagedTraining.MostEpochs, context.Cancellation);

        FootprintReport[] reports = [.. infused?.Footprints.Reports ?? [], .. tuned.Footprints.Reports];
        var before = infused?.Footprints.Cost.EnergyJoules ?? 0;
        var total = before + tuned.Footprints.Cost.EnergyJoules!.Value;
        double EnergyAfter(int count) => before + tuned.Footprints.Reports.Take(count).Sum(report => report.Energy.Joules);
        double Predicted(int count) => (infused is null ? 0 : Forecasted(infused.Footprints, infused.Footprints.Reports.Count)) + Forecasted(tuned.Footprints, count);
        double Law(ProcessorPowerLaw law) => reports.Sum(report => report.Alternatives[(int)law].Joules);
        var (done, reached) = (tuned.Accuracies.Count, tuned.Accuracies.ToList().FindIndex(accuracy => accuracy >= Level) + 1);
        var counted = reached > 0 ? reached : done;
        double stored = Right(FactStatus.Stored), inherited = Right(FactStatus.Inherited);
        return new()
        {
            [Energy] = total,
            [Accuracy] = (2 * stored + inherited) / 3,
            [Share + Name(FactStatus.Stored)] = stored,
            [Share + Name(FactStatus.Inherited)] = inherited,
            [Share + Name(FactStatus.Unknown)] = Right(FactStatus.Unknown),
            [Guessing] = (2 * Guessed(FactStatus.Stored) + Guessed(FactStatus.Inherited)) / 3,
            ["energy of infusion"] = before,
            ["energy after the best epoch"] = total - EnergyAfter(tuned.BestEpoch),
            ["carbon, g"] = reports.Sum(report => report.OperationalGrams),
            [Operations] = (infused?.Flops ?? 0) + tuned.Flops,
            ["processor seconds"] = reports.Sum(report => report.CpuSeconds),
            ["seconds"] = reports.Sum(report => report.Seconds),
            ["epochs of fine-tuning"] = done,
            ["best epoch"] = tuned.BestEpoch,
            ["parameters"] = config.Parameters,
            [Proportional] = Law(ProcessorPowerLaw.Proportional),
            [Cubic] = Law(ProcessorPowerLaw.Cubic),
            [Half] = Law(ProcessorPowerLaw.Half),
            [Forecast + "epochs run"] = Predicted(done) / total,
            [Forecast + "40 epochs"] = Predicted(Math.Max(done, StagedTraining.MostEpochs)) / total,
            [Reaches] = reached > 0 ? 1 : 0,
            [Reached] = EnergyAfter(counted),
            [ReachedOperations] = (infused?.Flops ?? 0) + tuned.Flops * counted / done,
        };

        double Guessed(FactStatus status) => world.GuessingAccuracy([.. world.Test.Where(question => question.Status == status)]);

        double Right(FactStatus status) => training.Accuracy([.. world.Test.Where(question => question.Status == status)]);

        static double Forecasted(EpochFootprints stage, int count) => FootprintForecast.Of([stage.Reports[0]], count).Energy.Joules;
    }

    private static FootprintMeter OpenMeter()
    {
        var activity = ProcessTreeActivity.OfThisProcess();
        return new(new(), activity, EnergyMeters.Detect(FootprintScope.Process, activity.Processors, ProcessorPowerModel.UnknownSocketWatts, powercapFolder: null));
    }

    private static double ToLevel(RunResults results, int seed, string smaller, string metric) =>
        results.Value(None, Large, seed, Reaches) == 0 ? 10 : results.Value(None, Large, seed, metric) / results.Value(None, smaller, seed, metric);

    private static IEnumerable<UnitResult> Own(RunResults results, int seed) => results.Results.Where(one => one.Unit.Seed == seed);

    private static string Name(FactStatus status) => $"{status.ToString().ToLowerInvariant()} facts";
}
