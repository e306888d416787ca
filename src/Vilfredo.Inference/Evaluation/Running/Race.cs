using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>Gives up points that others are almost surely better than, before all problems have been paid for.</summary>
/// <remarks>
/// After a round, problems are resampled, the same ones for all points. A point is given up when in at least 1 − α/K of the resamples another active point is at most the margin worse in quality, not dearer,
/// and better in one of the two; K is the number of looks, so that looking repeatedly is paid for (Bonferroni: over all looks together, the probability to give up a point wrongly is at most about α).
/// A resample knows nothing of problems that have not come up: where two points agreed on every problem so far, it would be sure of what it cannot know. One problem is therefore added that the point solves
/// and no other does. It counts for less the more problems there are, and against the margin it lets equal points be told apart from some hundred problems on.
/// </remarks>
internal sealed class Race
{
    private const int FewestResamples = 2000;
    private const int MostResamples = 20_000;

    private readonly EvaluationDefinition _definition;
    private readonly RacingSettings _settings;

    public Race(EvaluationDefinition definition, RacingSettings settings, int problems)
    {
        (_definition, _settings) = (definition, settings);
        var rounds = new List<(int, int)>();
        for (var first = 0; first < problems;)
        {
            var count = Math.Min(problems - first, first == 0 ? Math.Max(settings.Minimum, settings.Round) : settings.Round);
            rounds.Add((first, count));
            first += count;
        }

        Rounds = rounds;
    }

    /// <summary>The problems of each round: the first of them, and how many.</summary>
    public IReadOnlyList<(int First, int Count)> Rounds { get; }

    /// <summary>The probability to be dominated from which on a point is given up: after the last round there is nothing to save.</summary>
    public double Threshold => 1 - ((1 - _settings.Level) / Math.Max(1, Rounds.Count - 1));

    /// <summary>The points that are given up, each with its probability to be dominated.</summary>
    /// <param name="points">The points that are still measured.</param>
    /// <param name="problems">The problems that all of them have answered.</param>
    public IReadOnlyList<(string Point, double Probability)> GiveUp(IReadOnlyList<MeasuredAnswers> points, int problems)
    {
        var resamples = (int)Math.Clamp(20 / (1 - Threshold), FewestResamples, MostResamples);
        var paired = new PairedResamples(problems + 1, resamples, new RandomGenerator(unchecked((ulong)_definition.Seed), (ulong)(1000 + problems)));
        var costs = points.Select(point => PointMeasures.PerProblem(point, problems, answer => PointMeasures.CostOf(answer, _definition.FrontierCost, null))).ToList();
        // What cannot be compared is not given up.
        if (costs.Any(cost => cost is null))
            return [];
        var quality = points.Select(point => PointMeasures.PerProblem(point, problems, answer => answer.IsCorrect ? 1 : 0)!).ToList();
        var rights = quality.Select(values => (Alone: paired.Means([.. values, 1.0]), Others: paired.Means([.. values, 0.0]))).ToList();
        var paid = costs.Select(values => paired.Means([.. values!, values!.Average()])).ToList();

        var active = Enumerable.Range(0, points.Count).ToList();
        var given = new List<(string, double)>();
        while (active.Count > 1)
        {
            var (worst, probability) = active.Select(point => (point, Dominated(point))).MaxBy(pair => pair.Item2);
            if (probability < Threshold)
                break;
            active.Remove(worst);
            given.Add((points[worst].Point.Name, probability));
        }

        return given;

        double Dominated(int point)
        {
            var count = 0;
            for (var b = 0; b < resamples; b++)
            {
                var (own, cost) = (rights[point].Alone[b], paid[point][b]);
                foreach (var other in active)
                {
                    var (value, price) = (rights[other].Others[b], paid[other][b]);
                    if (other != point && value >= own - _settings.Margin && price <= cost && (value > own || price < cost))
                    {
                        count++;
                        break;
                    }
                }
            }

            return (double)count / resamples;
        }
    }
}
