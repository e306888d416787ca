using Vilfredo.Decisions;

namespace Vilfredo.Studies;

/// <summary>A point chosen from a study's frontier, why, and what the next better one costs.</summary>
/// <remarks>
/// Limits and aspirations are in the user's direction: a limit is the most of an objective that is minimised and the least
/// of one that is maximised; <see langword="null"/> where there is none. Scales are those of the whole frontier, whatever
/// the limits leave of it.
/// </remarks>
public sealed record StudyChoice
{
    private StudyChoice(StudyPoint? point, string reason)
    {
        Point = point;
        Reason = reason;
    }

    /// <summary>The chosen point; <see langword="null"/> when no point is within the limits.</summary>
    public StudyPoint? Point { get; }

    /// <summary>Why, in a sentence with numbers.</summary>
    public string Reason { get; }

    /// <summary>
    /// What a larger budget would buy, or the next choice by the same preference; when no point is within the limits, the
    /// nearest one. <see langword="null"/> when there is no other point.
    /// </summary>
    public StudyPoint? Next { get; private init; }

    /// <summary>What <see cref="Next"/> gains and costs, in a sentence with numbers; that there is nothing better, without one.</summary>
    public string NextReason { get; private init; } = "";

    /// <summary>By how much <see cref="Next"/> is beyond the limit of each objective, at least 0; empty when it is within.</summary>
    public IReadOnlyList<double> Excess { get; private init; } = [];

    /// <summary>The best point by one objective among those within the limits.</summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <param name="preferred">The objective to be best in, from 0.</param>
    /// <exception cref="ArgumentException">The frontier is empty, or there is not one limit per objective.</exception>
    public static StudyChoice Best(StudyFrontier frontier, IReadOnlyList<double?> limits, int preferred)
    {
        var text = ChoiceText.Of(frontier, limits);
        var decision = BudgetChoice.Choose(frontier.MinimizedFrontier, frontier.Objectives.Count, Minimized(frontier, limits), preferred);
        if (decision.Index is not { } index) return Nothing(text, frontier, decision.Next!);
        var point = frontier.Frontier[index];
        var within = Within(frontier, limits).Length;
        var choice = new StudyChoice(point, text.Extreme(preferred, point.Values[preferred], within));
        if (decision.Next is not { } next) return choice with { NextReason = text.NothingBetter(preferred) };
        return choice with
        {
            Next = frontier.Frontier[next.Index],
            NextReason = text.BeyondBudget(point, frontier.Frontier[next.Index], preferred, next.Excess),
            Excess = next.Excess,
        };
    }

    /// <summary>
    /// The point within the limits whose largest weighted distance from the best values of the frontier is smallest, on
    /// scales from the best (0) to the worst (1) value of each objective.
    /// </summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <param name="weights">The importance of each objective, not negative, not all 0; only their ratios matter.</param>
    /// <exception cref="ArgumentException">The frontier is empty, or limits or weights are wrong.</exception>
    public static StudyChoice ByWeights(StudyFrontier frontier, IReadOnlyList<double?> limits, IReadOnlyList<double> weights) => Choose(
        frontier,
        limits,
        points => PreferenceChoice.ByTchebycheff(points, frontier.Objectives.Count, [.. weights], Scale(frontier)),
        (text, decision, count) => text.Weighted(weights, decision.Score, count));

    /// <summary>The point within the limits that comes nearest to wished values, or exceeds them most: its worst shortfall is smallest.</summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <param name="aspiration">The wished value of each objective.</param>
    /// <exception cref="ArgumentException">The frontier is empty, or limits or wishes are wrong.</exception>
    public static StudyChoice ByReferencePoint(StudyFrontier frontier, IReadOnlyList<double?> limits, IReadOnlyList<double> aspiration)
    {
        ArgumentNullException.ThrowIfNull(frontier);
        ArgumentNullException.ThrowIfNull(aspiration);
        double[] wish = [.. aspiration.Select((v, k) => frontier.Objectives[k].ToMinimization(v))];
        return Choose(
            frontier,
            limits,
            points => PreferenceChoice.ByReferencePoint(points, frontier.Objectives.Count, wish, Scale(frontier)),
            (text, decision, count) => text.Wished(aspiration, decision.Score, count));
    }

    /// <summary>The point within the limits that one objective after the other leaves over.</summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <param name="priorities">The objectives that count, the most important first, with what may be given up of each.</param>
    /// <exception cref="ArgumentException">The frontier is empty, or limits or priorities are wrong.</exception>
    public static StudyChoice Lexicographic(
        StudyFrontier frontier, IReadOnlyList<double?> limits, IReadOnlyList<LexicographicPriority> priorities)
    {
        IReadOnlyList<LexicographicStage> stages = [];
        return Choose(
            frontier,
            limits,
            points =>
            {
                var decision = LexicographicChoice.Choose(points, frontier.Objectives.Count, [.. priorities]);
                stages = decision.Stages;
                return new Decision(decision.Index, 0, decision.RunnerUp);
            },
            (text, _, count) => text.Stages(stages, priorities, count));
    }

    /// <summary>The knee of what is within the limits: the point farthest from the plane through its ends.</summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <exception cref="ArgumentException">The frontier is empty, or limits are wrong.</exception>
    public static StudyChoice Knee(StudyFrontier frontier, IReadOnlyList<double?> limits) => Choose(
        frontier,
        limits,
        points => KneePoints.ByHyperplaneDistance(points, frontier.Objectives.Count),
        (text, decision, count) => text.Knee(decision.Score, count));

    /// <summary>
    /// A step along the frontier: of the points within the limits that are better than one in an objective, that whose largest loss in another objective, in units of the frontier's
    /// ranges, is smallest; of equal ones the nearest in the objective.
    /// </summary>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">One limit per objective.</param>
    /// <param name="from">The point to leave.</param>
    /// <param name="objective">The objective to improve.</param>
    /// <returns>The choice; without a point when nothing within the limits is better.</returns>
    /// <exception cref="ArgumentException">The frontier is empty, or limits or the objective are wrong.</exception>
    public static StudyChoice Better(StudyFrontier frontier, IReadOnlyList<double?> limits, StudyPoint from, int objective)
    {
        var text = ChoiceText.Of(frontier, limits);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfNegative(objective);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(objective, frontier.Objectives.Count);
        var scale = Scale(frontier);
        double Gain(StudyPoint point, int k) =>
            (frontier.Objectives[k].ToMinimization(from.Values[k]) - frontier.Objectives[k].ToMinimization(point.Values[k])) / scale.Range(k);
        double Loss(StudyPoint point) =>
            Enumerable.Range(0, frontier.Objectives.Count).Where(k => k != objective).Select(k => -Gain(point, k)).DefaultIfEmpty(0).Max();
        var better = Within(frontier, limits).Where(point => Gain(point, objective) > 0).OrderBy(Loss).ThenBy(point => Gain(point, objective)).ToArray();
        return better.Length == 0
            ? new(null, text.NothingBetterThan(from, objective))
            : new(better[0], text.Step(from, better[0], objective, better.Length))
            {
                Next = better.Length > 1 ? better[1] : null,
                NextReason = better.Length > 1 ? text.RunnerUp(better[0], better[1]) : text.NoOther(),
            };
    }

    private static StudyChoice Choose(
        StudyFrontier frontier, IReadOnlyList<double?> limits, Func<double[], Decision> decide, Func<ChoiceText, Decision, int, string> reason)
    {
        var text = ChoiceText.Of(frontier, limits);
        var within = Within(frontier, limits);
        if (within.Length == 0)
        {
            var nearest = BudgetChoice.Choose(frontier.MinimizedFrontier, frontier.Objectives.Count, Minimized(frontier, limits), best: 0);
            return Nothing(text, frontier, nearest.Next!);
        }

        var decision = decide(StudyFrontier.Minimize(frontier.Objectives, within.Select(p => p.Values)));
        var point = within[decision.Index];
        var choice = new StudyChoice(point, within.Length == 1 ? text.OnlyOne() : reason(text, decision, within.Length));
        return decision.RunnerUp is { } runnerUp
            ? choice with { Next = within[runnerUp.Index], NextReason = text.RunnerUp(point, within[runnerUp.Index]) }
            : choice with { NextReason = text.NoOther() };
    }

    private static StudyChoice Nothing(ChoiceText text, StudyFrontier frontier, BudgetAlternative nearest) =>
        new(null, text.NothingWithin())
        {
            Next = frontier.Frontier[nearest.Index],
            NextReason = text.Nearest(frontier.Frontier[nearest.Index], nearest.Excess),
            Excess = nearest.Excess,
        };

    private static ObjectiveNormalization Scale(StudyFrontier frontier) =>
        ObjectiveNormalization.FromPoints(frontier.MinimizedFrontier, frontier.Objectives.Count);

    private static StudyPoint[] Within(StudyFrontier frontier, IReadOnlyList<double?> limits)
    {
        var most = Minimized(frontier, limits);
        return [.. frontier.Frontier.Where(p => p.Values.Select((v, k) => frontier.Objectives[k].ToMinimization(v) <= most[k]).All(b => b))];
    }

    private static double[] Minimized(StudyFrontier frontier, IReadOnlyList<double?> limits) =>
        [.. limits.Select((v, k) => v is { } limit ? frontier.Objectives[k].ToMinimization(limit) : double.PositiveInfinity)];
}
