using System.Globalization;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Tracking;
using Vilfredo.Statistics;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Usmanova, Huang, Banerjee and Usbeck, "Reporting and Analysing the Environmental Impact of Language Models on the Example of Commonsense Question Answering with External
/// Knowledge": what the infusion of knowledge before fine-tuning gains and costs in models of three sizes, and what tools that estimate energy say of the same trainings.
/// </summary>
public sealed class CarbonReportingStudy : Reproduction
{
    /// <summary>The accuracy to which energies are compared; chosen on seed 101.</summary>
    internal const double Level = 0.35;

    private const string Accuracy = "accuracy", Energy = "estimated energy", ToLevel = "estimated energy to the level", Reaches = "reaches the level";
    private const string Forecast = "forecast from the first epochs", ForecastPlanned = "forecast for the planned epochs";
    private static readonly string[] Tools = [.. FootprintEstimates.KilowattHours(1).Keys];
    private static readonly string[] Compared = ["Green Algorithms", "CodeCarbon", "CarbonTracker"];

    // Code that is compiled while it runs would count for the first unit alone.
    private static readonly Lazy<bool> WarmedUp = new(() =>
    {
        InfusionTraining.Of(Scale.Smoke).Run(EncoderSize.All[0], 1, new(1), 1, FootprintEstimates.Open, default);
        return true;
    });

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "carbon-reporting", "Reporting and Analysing the Environmental Impact of Language Models on the Example of Commonsense Question Answering with External Knowledge",
        "Usmanova, Huang, Banerjee, Usbeck", 2023, "arXiv 2408.01453");

    /// <inheritdoc/>
    public override string Setting =>
        "A made-up world for every seed: 48 things of six kinds in three families, with a kind, a colour and a place of their own and a food and a fear that they share with their kind or family. The knowledge text has every "
        + "told fact in four short wordings, words are tokens; a quarter of the own facts and half of the shared ones are not told. Encoder-decoders in the form of T5 with one block on each side, 0.05, 0.14 and 0.43 million parameters. "
        + "Infusion: the released code's complementary denoising, with 30 % of the words hidden (15 % in the code), for 0, 1, 3 or 10 epochs, each of which reads every sentence 20 times. Fine-tuning: questions about 26 of the things, each with a story of one or two sentences, "
        + "for at most 40 epochs, ended when the loss on questions about six others has not fallen by 0.0005 for three epochs; the best epoch's weights answer. Tested on questions about the remaining 16 things: "
        + "answers that the knowledge text alone has (about half), that the story has, that follow from the kind or family, and that can only be guessed. Right is an answer whose words are all right. AdamW, linear fall to 0, batches of 32, one thread; "
        + "embeddings learn ten times as fast and queries a tenth as fast as the rest. The world's size, wordings, sentence length, share of hidden words, those two factors, the length of an epoch, the learning rates of each size (infusion, questions after it, questions alone; steps of two) and the level of accuracy "
        + "were tuned on seed 101, which is not reported. Energy is estimated and not measured: processor time of the process, on a stated machine of two cores, 65 W and 8 GB on which nothing else runs, so that half its power is drawn (TDP x load) and 0.3725 W per GB that is held; "
        + "evaluation on held-out questions is part of it, testing is not. A stated power and load make all tools nearly proportional to time, so that their ranking agrees by construction. The paper's tables, T5 checkpoints, ConceptNet and TellMeWhy were not at hand.";

    /// <inheritdoc/>
    public override string Use =>
        "`vilfredo track -- COMMAND` reports energy and carbon of any training; in code `TrainingFootprint` does so epoch by epoch and `EpochFootprints.Forecast` predicts the rest. `EncoderDecoder`, `ComplementaryDenoising` and `SequenceToSequenceObjective` are the training itself, "
        + "`EarlyStopping` ends it. Report both stages, and the epochs after the best one too.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
        [.. EncoderSize.All.Select(size => new ComparedMethod(size.Name, $"an encoder-decoder of width {size.Width}; the leftmost point of its line is without infusion", IsBaseline: size == EncoderSize.All[0]))];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Energy, "J"), Objective.Maximize(Accuracy)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Computed(
            new("infusion-gain", "Three epochs of infusion raise the accuracy on questions whose answer only the knowledge text has by at least 5 points (mean over sizes)."),
            (results, seed) => OverSizes(size => results.Value(size, Epochs(3), seed, Of(AnswerSource.Knowledge)) - results.Value(size, Epochs(0), seed, Of(AnswerSource.Knowledge))), Bound.AtLeast(0.05)),
        Claim.Computed(
            new("infusion-cost", "They cost at least 20 % more energy in total (mean ratio over sizes)."),
            (results, seed) => OverSizes(size => results.Value(size, Epochs(3), seed, Energy) / results.Value(size, Epochs(0), seed, Energy)), Bound.AtLeast(1.2)),
        Claim.Computed(
            new("smaller-not-greener", "To an accuracy of 0.35, each with its best length of infusion and stopped when it gets there, the model of 0.43 million takes less energy than that of 0.14 million (ratio; where one never gets there, all that its longest training took stands for it).", "smaller is not always greener"),
            (results, seed) => ToLevelRatio(results, seed, 1), Bound.Below(1)),
        Claim.Computed(
            new("smallest-not-greener", "So it does against the model of 0.05 million.", "smaller is not always greener"),
            (results, seed) => ToLevelRatio(results, seed, 0), Bound.Below(1)),
        Claim.Computed(
            new("more-training-same", "Ten epochs of infusion are within one point of the accuracy of three (mean over sizes).", "more training is not always better"),
            (results, seed) => OverSizes(size => results.Value(size, Epochs(10), seed, Accuracy) - results.Value(size, Epochs(3), seed, Accuracy)), Bound.Between(-0.01, 0.01)),
        Claim.Computed(
            new("more-training-cost", "They cost at least 1.5 times the energy (mean ratio over sizes)."),
            (results, seed) => OverSizes(size => results.Value(size, Epochs(10), seed, Energy) / results.Value(size, Epochs(3), seed, Energy)), Bound.AtLeast(1.5)),
        Claim.EverySeed(
            new("estimators-agree", "Green Algorithms, CodeCarbon and CarbonTracker with their defaults agree within a factor of 3 on every training."),
            (results, seed) => OfSeed(results, seed).Max(unit => Compared.Max(unit.Value) / Compared.Min(unit.Value)), Bound.AtMost(3)),
        Claim.EverySeed(
            new("estimators-rank", "They rank the trainings alike (least Kendall's tau; by construction, see the setting)."),
            (results, seed) => LeastTau(OfSeed(results, seed)), Bound.AtLeast(0.9)),
        Claim.Computed(
            new("forecast", "The first epoch of each stage predicts the energy of the epochs that were run within 15 %, in at least 80 % of the trainings."),
            (results, seed) => OfSeed(results, seed).Average(unit => Math.Abs(unit.Value(Forecast) - 1) <= 0.15 ? 1.0 : 0), Bound.AtLeast(0.8)),
        Claim.Computed(
            new("forecast-planned", "So it does when it predicts all 40 planned epochs on questions, as the paper's tracker is told to."),
            (results, seed) => OfSeed(results, seed).Average(unit => Math.Abs(unit.Value(ForecastPlanned) - 1) <= 0.15 ? 1.0 : 0), Bound.AtLeast(0.8)),
        Claim.NotMeasurable(new("measured-energy", "Energy as counters measure it."), "virtual machines have no RAPL counters as a rule; all energy here is estimated"),
        Claim.NotMeasurable(new("checkpoints", "T5 small, base and large on TellMeWhy."), "checkpoints, data and accelerators were not at hand, nor the paper's tables"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Full ? 3 : 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale == Scale.Quick ? [Epochs(0), Epochs(3)] : [Epochs(0), Epochs(1), Epochs(3), Epochs(10)];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => Measure(context));
    }

    private static Dictionary<string, double> Measure(UnitContext context)
    {
        _ = WarmedUp.Value;
        var size = EncoderSize.All.Single(one => one.Name == context.Unit.Method);
        var training = InfusionTraining.Of(context.Scale);
        var infusionEpochs = int.Parse(context.Unit.Setting.Split(' ')[0], CultureInfo.InvariantCulture);
        var outcome = training.Run(size, infusionEpochs, context.Shared("world"), context.Shared("training").NextUInt64(), FootprintEstimates.Open, context.Cancellation);
        FootprintReport[] all = [.. outcome.Infusion, .. outcome.Questions];
        var (infusion, questions) = (Joules(outcome.Infusion), Joules(outcome.Questions));
        var crossing = outcome.Accuracies.ToList().FindIndex(accuracy => accuracy >= Level);
        var values = new Dictionary<string, double>
        {
            [Energy] = infusion + questions,
            [Accuracy] = outcome.TotalAccuracy,
            ["estimated energy of infusion"] = infusion,
            ["estimated energy of questions"] = questions,
            ["estimated g CO2e"] = all.Sum(report => report.OperationalGrams),
            ["processor seconds of infusion"] = outcome.Infusion.Sum(report => report.CpuSeconds),
            ["processor seconds of questions"] = outcome.Questions.Sum(report => report.CpuSeconds),
            [Reaches] = crossing >= 0 ? 1 : 0,
            [ToLevel] = crossing >= 0 ? infusion + Joules(outcome.Questions.Take(crossing + 1)) : infusion + questions,
            [Forecast] = Predicted(outcome.Questions.Count) / (infusion + questions),
            [ForecastPlanned] = Predicted(training.Epochs) / (infusion + questions),
            ["recall after infusion"] = outcome.Recall,
            ["loss of infusion"] = outcome.InfusionLoss,
            ["validation loss"] = outcome.ValidationLoss,
            ["best epoch"] = outcome.BestEpoch,
            ["epochs on questions"] = outcome.Questions.Count,
            ["FLOPs"] = outcome.Flops,
            ["parameters"] = outcome.Parameters,
        };
        foreach (var (source, accuracy) in outcome.Accuracy)
            values[Of(source)] = accuracy;
        foreach (var (tool, kilowattHours) in FootprintEstimates.KilowattHours(all.Sum(report => report.CpuSeconds)))
            values[tool] = kilowattHours;
        return values;

        double Predicted(int epochs) => (infusionEpochs > 0 ? FootprintForecast.Of([outcome.Infusion[0]], infusionEpochs).Energy.Joules : 0) + FootprintForecast.Of([outcome.Questions[0]], epochs).Energy.Joules;
    }

    private static double Joules(IEnumerable<FootprintReport> reports) => reports.Sum(report => report.Energy.Joules);

    private static string Epochs(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} epochs of infusion");

    private static string Of(AnswerSource source) => $"accuracy, {source switch { AnswerSource.Knowledge => "in the knowledge text", AnswerSource.Story => "in the story", AnswerSource.Inheritance => "by inheritance", _ => "not derivable" }}";

    private static double OverSizes(Func<string, double> ofSize) => EncoderSize.All.Average(size => ofSize(size.Name));

    private static UnitResult[] OfSeed(RunResults results, int seed) => [.. results.Results.Where(result => result.Unit.Seed == seed)];

    /// <summary>The least energy with which a size gets to the level; all of its longest training where it never does.</summary>
    private static double LeastToLevel(RunResults results, int seed, string size)
    {
        UnitResult[] own = [.. OfSeed(results, seed).Where(unit => unit.Unit.Method == size)];
        var reaching = own.Where(unit => unit.Value(Reaches) > 0).ToArray();
        return reaching.Length > 0 ? reaching.Min(unit => unit.Value(ToLevel)) : own.Max(unit => unit.Value(Energy));
    }

    /// <summary>The energy of the largest model to the level over that of a smaller one.</summary>
    private static double ToLevelRatio(RunResults results, int seed, int smaller) => LeastToLevel(results, seed, EncoderSize.All[^1].Name) / LeastToLevel(results, seed, EncoderSize.All[smaller].Name);

    private static double LeastTau(UnitResult[] units) => (
        from first in Compared
        from second in Compared
        where string.CompareOrdinal(first, second) < 0
        select KendallTau([.. units.Select(unit => unit.Value(first))], [.. units.Select(unit => unit.Value(second))])).Min();

    private static double KendallTau(double[] first, double[] second)
    {
        var (sum, pairs) = (0, 0);
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < i; j++, pairs++)
                sum += Math.Sign(first[i] - first[j]) * Math.Sign(second[i] - second[j]);
        }

        return pairs > 0 ? (double)sum / pairs : 1;
    }
}
