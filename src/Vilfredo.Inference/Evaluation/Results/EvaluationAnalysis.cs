using System.Globalization;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Statistics;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>Turns answers into what can be said of their points.</summary>
/// <remarks>
/// Everything comes from one bootstrap over problems, the same resamples for every point (<see cref="PairedResamples"/>). Points that were given up are compared on the problems that they have answered.
/// An interval of a share without any spread, where all answers are right or all are wrong, is Wilson's, since no resample says anything else.
/// </remarks>
public static class EvaluationAnalysis
{
    private const int Resamples = 2000;

    /// <summary>Settled enough: probabilities nearer to 0 or 1 are no reason to spend more.</summary>
    private const double Settled = 0.05;

    /// <summary>Analyses the answers of a run.</summary>
    /// <param name="definition">What was measured.</param>
    /// <param name="outcome">The run.</param>
    public static EvaluationResult Of(EvaluationDefinition definition, EvaluationOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(outcome);
        var energy = JoulesPerToken(definition, outcome);
        List<Measured> points = [.. outcome.Points.Select(point => new Measured(definition, point, energy)).Where(point => point.Problems >= 2)];
        var baseline = points.FirstOrDefault(point => point.Name == definition.Baseline) ?? points.FirstOrDefault();
        var resamples = points.Select(point => point.Problems).Distinct()
            .ToDictionary(problems => problems, problems => new PairedResamples(problems, Resamples, new RandomGenerator(unchecked((ulong)definition.Seed), (ulong)problems)));
        Dictionary<CostMeasure, HashSet<string>> frontiers = Enum.GetValues<CostMeasure>().Where(cost => points.TrueForAll(point => point.Costs.ContainsKey(cost)))
            .ToDictionary(cost => cost, cost => FrontierOf(points, cost));
        var noise = resamples.Keys.ToDictionary(problems => problems, problems => Noise(definition, [.. points.Where(point => point.Problems >= problems)], problems, resamples[problems]));

        PointResult[] results =
        [
            .. points.Select(point =>
            {
                var (names, frontier) = noise[point.Problems];
                var place = names.IndexOf(point.Name);
                var (by, most) = frontier is null ? (-1, 0) : Enumerable.Range(0, names.Count).Where(other => other != place)
                    .Select(other => (other, frontier.DominationProbability(other, place))).DefaultIfEmpty((-1, 0)).MaxBy(pair => pair.Item2);
                return Result(definition, point, resamples[point.Problems]) with
                {
                    IsOnFrontier = frontiers.TryGetValue(definition.FrontierCost, out var own) && own.Contains(point.Name),
                    OnFrontiersOf = [.. frontiers.Where(pair => pair.Value.Contains(point.Name)).Select(pair => pair.Key)],
                    DominatedProbability = frontier is null ? 0 : 1 - frontier.NonDominatedProbabilities[place],
                    DominatedBy = most > 0 ? names[by] : null,
                    Difference = point == baseline ? null : Difference(definition, point, baseline!, resamples),
                };
            }).OrderBy(result => result.Costs.TryGetValue(definition.FrontierCost, out var cost) ? cost.Value : 0).ThenByDescending(result => result.Accuracy.Value),
        ];
        var onFrontier = results.Where(result => result.IsOnFrontier).Select(result => points.First(point => point.Name == result.Point.Name)).ToList();
        return new()
        {
            Definition = definition,
            Outcome = outcome,
            Points = results,
            Baseline = baseline?.Name,
            Steps = [.. onFrontier.Skip(1).Zip(onFrontier, (point, cheaper) => Difference(definition, point, cheaper, resamples))],
            Next = Next(definition, results),
        };
    }

    /// <summary>The energy of an output token of each model whose machine's power is stated: power, times the time in which it worked, shared out by the tokens that it wrote.</summary>
    internal static Dictionary<string, double> JoulesPerToken(EvaluationDefinition definition, EvaluationOutcome outcome) => definition.Models
        .Where(model => model.Watts is not null && outcome.Work.TryGetValue(model.Definition.Name, out var work) && work.OutputTokens > 0)
        .ToDictionary(
            model => model.Definition.Name, model => model.Watts!.Value * outcome.Work[model.Definition.Name].BusyTime.TotalSeconds / outcome.Work[model.Definition.Name].OutputTokens, StringComparer.Ordinal);

    private static HashSet<string> FrontierOf(List<Measured> points, CostMeasure cost) =>
        [.. points.Where(point => !points.Exists(other => Dominates(other, point, cost))).Select(point => point.Name)];

    private static bool Dominates(Measured a, Measured b, CostMeasure cost)
    {
        // On the problems of both: a point that was given up met fewer.
        var problems = Math.Min(a.Problems, b.Problems);
        var (valueA, valueB) = (a.MinimizedQuality(problems), b.MinimizedQuality(problems));
        var (costA, costB) = (a.Costs[cost].Take(problems).Average(), b.Costs[cost].Take(problems).Average());
        return valueA <= valueB && costA <= costB && (valueA < valueB || costA < costB);
    }

    private static (List<string> Names, FrontierUnderNoise? Frontier) Noise(EvaluationDefinition definition, IReadOnlyList<Measured> points, int problems, PairedResamples paired)
    {
        List<string> names = [.. points.Select(point => point.Name)];
        if (points.Any(point => !point.Costs.ContainsKey(definition.FrontierCost)))
            return (names, null);
        var means = points.SelectMany(point => (double[])[point.MinimizedQuality(problems), point.Costs[definition.FrontierCost].Take(problems).Average()]).ToArray();
        var values = points.SelectMany(point => (double[])[.. point.MinimizedQuality(problems, paired), .. paired.Means([.. point.Costs[definition.FrontierCost].Take(problems)])]).ToArray();
        return (names, FrontierUnderNoise.OfResamples(means, values, 2, paired.Count));
    }

    private static PointResult Result(EvaluationDefinition definition, Measured point, PairedResamples paired)
    {
        AnswerRecord[] answers = [.. point.Answers.Answers.Take(point.Problems).SelectMany(repeats => repeats)];
        var correct = answers.Count(answer => answer.IsCorrect);
        var accuracy = Share(point.Accuracy, paired, definition.Level);
        Estimate? costOfPass = point.Costs.TryGetValue(CostMeasure.Money, out var money) ? CostOfPass(point.Accuracy, money, paired, definition) : null;
        return new()
        {
            Point = point.Answers.Point,
            Problems = point.Problems,
            Answers = answers.Length,
            Correct = correct,
            Groups = definition.OrderedProblems.Take(point.Problems).Zip(point.Accuracy).GroupBy(pair => pair.First.Group, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Average(pair => pair.Second), StringComparer.Ordinal),
            IllFormed = answers.Count(answer => answer.Grade == Measurement.Tasks.Grade.IllFormed),
            OutOfBudget = answers.Count(answer => answer.StoppedBy == Inference.Running.StopReason.Budget),
            Accuracy = accuracy,
            Quality = definition.Quality.Kind switch
            {
                QualityKind.PassAtK => Share(point.Quality, paired, definition.Level),
                QualityKind.CostOfPass => costOfPass ?? new(double.PositiveInfinity, 0, double.PositiveInfinity),
                _ => accuracy,
            },
            Costs = point.Costs.ToDictionary(pair => pair.Key, pair => Mean(pair.Value, paired, definition.Level)),
            LatencyP95 = Descriptive.Quantile([.. answers.Select(answer => answer.Seconds)], 0.95),
            Calls = answers.Average(answer => (double)answer.Calls),
            CostOfPass = costOfPass,
            Variance = definition.Repeats > 1
                ? VarianceComponents.Of([.. point.Answers.Answers.Take(point.Problems).Select(repeats => (IReadOnlyList<double>)[.. repeats.Select(answer => answer.IsCorrect ? 1.0 : 0.0)])])
                : null,
            GivenUpAfter = point.Answers.GivenUpAfter,
            Confidence = answers.Any(answer => answer.Confidence is not null) ? answers.Average(answer => answer.Confidence ?? 0) : null,
        };
    }

    private static Estimate Mean(double[] values, PairedResamples paired, double level)
    {
        var (lower, upper) = PairedResamples.Interval(paired.Means(values), level);
        return new(values.Average(), lower, upper);
    }

    private static Estimate Share(double[] values, PairedResamples paired, double level)
    {
        var estimate = Mean(values, paired, level);
        if (values.All(value => value == values[0]) && values[0] is 0 or 1)
        {
            var wilson = ProportionInterval.Wilson(values[0] == 1 ? values.Length : 0, values.Length);
            return estimate with { Lower = wilson.Lower, Upper = wilson.Upper };
        }

        return estimate with { Lower = Math.Clamp(estimate.Lower, 0, 1), Upper = Math.Clamp(estimate.Upper, 0, 1) };
    }

    private static Estimate CostOfPass(double[] accuracy, double[] money, PairedResamples paired, EvaluationDefinition definition)
    {
        var value = Measurement.InferenceCosts.CostOfPass.Of(new Money(money.Average(), definition.Currency), accuracy.Average()).Amount;
        var (lower, upper) = PairedResamples.Interval(Measured.Ratios(paired.Means(money), paired.Means(accuracy)), definition.Level);
        return new(value, lower, upper);
    }

    private static PairedDifference Difference(EvaluationDefinition definition, Measured point, Measured other, Dictionary<int, PairedResamples> resamples)
    {
        var problems = Math.Min(point.Problems, other.Problems);
        var paired = resamples[problems];
        var sign = definition.Quality.Kind == QualityKind.CostOfPass ? 1 : -1;
        var quality = Of(
            point.MinimizedQuality(problems) - other.MinimizedQuality(problems), [.. point.MinimizedQuality(problems, paired).Zip(other.MinimizedQuality(problems, paired), (a, b) => a - b)]);
        Estimate? cost = point.Costs.TryGetValue(definition.FrontierCost, out var own) && other.Costs.TryGetValue(definition.FrontierCost, out var others)
            ? Of(own.Take(problems).Average() - others.Take(problems).Average(), paired.Means([.. own.Take(problems).Zip(others.Take(problems), (a, b) => a - b)]))
            : null;
        return new(point.Name, other.Name, problems, sign < 0 ? new(-quality.Value, -quality.Upper, -quality.Lower) : quality, cost);

        Estimate Of(double value, double[] drawn)
        {
            // Two that never passed differ by nothing that is known.
            var (lower, upper) = PairedResamples.Interval([.. drawn.Select(one => double.IsNaN(one) ? 0 : one)], definition.Level);
            return new(double.IsNaN(value) ? 0 : value, lower, upper);
        }
    }

    // The doubt about a point's place, p (1 - p), falls about as 1/n with its number of problems n: one more problem takes p (1 - p) / n of it, for the cost of an answer.
    private static NextSpending[] Next(EvaluationDefinition definition, PointResult[] points)
    {
        var open = points.Where(point => point.DominatedProbability is > Settled and < 1 - Settled).Select(point =>
        {
            var cost = point.Costs.TryGetValue(definition.FrontierCost, out var paid) ? paid.Value : 0;
            return (Point: point, Worth: point.DominatedProbability * (1 - point.DominatedProbability) / point.Problems / Math.Max(cost, 1e-12));
        }).OrderByDescending(pair => pair.Worth).ToList();
        return [.. open.Select(pair => new NextSpending(pair.Point.Point.Name, pair.Point.DominatedProbability, Advice(definition, pair.Point), pair.Worth / open[0].Worth))];
    }

    private static string Advice(EvaluationDefinition definition, PointResult point)
    {
        if (point.Problems < definition.Problems.Count)
            return "answer the problems that are left";
        if (point.Variance is not { } variance)
            return "more problems; repeats would tell how much of the noise is the model's";
        // Doubling either costs the same.
        var (problems, repeats) = (variance.StandardErrorWith(2 * variance.Problems, variance.Repeats), variance.StandardErrorWith(variance.Problems, 2 * variance.Repeats));
        return string.Create(CultureInfo.InvariantCulture, $"more problems: twice as many bring the standard error from {variance.StandardError:0.000} to {problems:0.000}, twice the repeats to {repeats:0.000}");
    }

    /// <summary>The values of a point, problem by problem.</summary>
    private sealed class Measured
    {
        private readonly QualityMeasure _measure;

        public Measured(EvaluationDefinition definition, MeasuredAnswers answers, IReadOnlyDictionary<string, double> energy)
        {
            (_measure, Answers, Problems) = (definition.Quality, answers, answers.CompleteProblems(definition.Repeats));
            Accuracy = PointMeasures.PerProblem(answers, Problems, answer => answer.IsCorrect ? 1 : 0)!;
            Quality = PointMeasures.QualityPerProblem(answers, Problems, definition.Quality);
            Costs = Enum.GetValues<CostMeasure>()
                .Select(cost => (Cost: cost, Values: PointMeasures.PerProblem(answers, Problems, answer => PointMeasures.CostOf(answer, cost, energy))))
                .Where(pair => pair.Values is not null)
                .ToDictionary(pair => pair.Cost, pair => pair.Values!);
        }

        public MeasuredAnswers Answers { get; }

        public string Name => Answers.Point.Name;

        public int Problems { get; }

        public double[] Accuracy { get; }

        public double[] Quality { get; }

        public Dictionary<CostMeasure, double[]> Costs { get; }

        public double MinimizedQuality(int problems)
        {
            var mean = Quality.Take(problems).Average();
            return _measure.Kind != QualityKind.CostOfPass ? -mean
                : mean > 0 ? Costs[CostMeasure.Money].Take(problems).Average() / mean : double.PositiveInfinity;
        }

        public double[] MinimizedQuality(int problems, PairedResamples paired)
        {
            var quality = paired.Means([.. Quality.Take(problems)]);
            return _measure.Kind == QualityKind.CostOfPass
                ? Ratios(paired.Means([.. Costs[CostMeasure.Money].Take(problems)]), quality)
                : [.. quality.Select(value => -value)];
        }

        // Without a pass the cost of one has no bound.
        public static double[] Ratios(double[] costs, double[] rates) => [.. costs.Zip(rates, (cost, rate) => rate > 1e-12 ? Math.Max(0, cost) / rate : double.PositiveInfinity)];
    }
}
