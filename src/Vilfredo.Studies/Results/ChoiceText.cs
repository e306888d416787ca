using Vilfredo.Decisions;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies;

/// <summary>Says in sentences why a point was chosen and what another one would change.</summary>
internal sealed class ChoiceText
{
    private readonly IReadOnlyList<Objective> objectives;
    private readonly IReadOnlyList<double?> limits;
    private readonly int frontierSize;

    private ChoiceText(StudyFrontier frontier, IReadOnlyList<double?> limits)
    {
        objectives = frontier.Objectives;
        this.limits = limits;
        frontierSize = frontier.Frontier.Count;
    }

    /// <summary>The sentences about a frontier under limits.</summary>
    /// <exception cref="ArgumentException">The frontier is empty, or there is not one limit per objective.</exception>
    public static ChoiceText Of(StudyFrontier frontier, IReadOnlyList<double?> limits)
    {
        ArgumentNullException.ThrowIfNull(frontier);
        ArgumentNullException.ThrowIfNull(limits);
        if (frontier.Frontier.Count == 0)
            throw new ArgumentException("The frontier is empty: no trial has given a feasible result yet.", nameof(frontier));
        return limits.Count == frontier.Objectives.Count
            ? new ChoiceText(frontier, limits)
            : throw new ArgumentException($"There are {limits.Count} limits for {frontier.Objectives.Count} objectives; give one each, or null.", nameof(limits));
    }

    public string Extreme(int objective, double value, int within) =>
        $"it has the {(Minimizes(objective) ? "lowest" : "highest")} {objectives[objective].Name}, {Quantity(objective, value)}, of {Candidates(within)}";

    public string Weighted(IReadOnlyList<double> weights, double score, int within) =>
        $"with the weights {Join(objectives.Select((o, k) => $"{o.Name} {Short(weights[k])}"))} its largest weighted distance from the best values, "
        + $"{Short(score)} of the frontier's range, is the smallest of {Candidates(within)}";

    public string Wished(IReadOnlyList<double> aspiration, double score, int within)
    {
        var wish = Join(objectives.Select((o, k) => $"{o.Name} {Quantity(k, aspiration[k])}"));
        return score <= 0
            ? $"it exceeds the wish {wish} most evenly, by at least {Short(-score)} of the frontier's range, of {Candidates(within)}"
            : $"its worst shortfall from the wish {wish}, {Short(score)} of the frontier's range, is the smallest of {Candidates(within)}";
    }

    public string Stages(IReadOnlyList<LexicographicStage> stages, IReadOnlyList<LexicographicPriority> priorities, int within) =>
        $"of {Candidates(within)}, " + string.Join("; then ", stages.Select((stage, i) =>
        {
            var best = objectives[stage.Objective].ToMinimization(stage.Best);
            var tolerance = priorities[i].Tolerance;
            var reach = tolerance > 0 ? $" within {Difference(stage.Objective, tolerance)} of the best {objectives[stage.Objective].Name}" : $" with the best {objectives[stage.Objective].Name}";
            return $"{stage.Remaining} {(stage.Remaining == 1 ? "is" : "are")}{reach}, {Quantity(stage.Objective, best)}";
        }));

    public string Knee(double distance, int within) =>
        $"it is the knee: of {Candidates(within)} it lies farthest, {Short(distance)} of the range, from the plane through the ends, so a step to "
        + "either side costs more than it gains";

    public string OnlyOne() => $"it is the only one of {frontierSize} frontier points{Limits(" with ")}";

    public string NothingWithin() => $"none of the {frontierSize} frontier points has {Limits("")}";

    public string NothingBetter(int objective) =>
        $"nothing on the frontier has a {(Minimizes(objective) ? "lower" : "higher")} {objectives[objective].Name}";

    public string NothingBetterThan(StudyPoint from, int objective) =>
        $"no point{Limits(" with ")} has a {(Minimizes(objective) ? "lower" : "higher")} {objectives[objective].Name} than trial {from.Trial}";

    public string Step(StudyPoint from, StudyPoint to, int objective, int better) =>
        $"of the {better} {(better == 1 ? "point" : "points")}{Limits(" with ")} that {(better == 1 ? "has" : "have")} a {(Minimizes(objective) ? "lower" : "higher")} {objectives[objective].Name} than "
        + $"trial {from.Trial} it gives up least: {Join(Enumerable.Range(0, objectives.Count).Select(k => Changed(k, from, to)))}";

    public string NoOther() => $"there is no other point{Limits(" with ")}";

    public string RunnerUp(StudyPoint chosen, StudyPoint other) =>
        $"the next choice is trial {other.Trial}: {Join(Enumerable.Range(0, objectives.Count).Select(k => Changed(k, chosen, other)))}";

    public string BeyondBudget(StudyPoint chosen, StudyPoint next, int preferred, IReadOnlyList<double> excess)
    {
        var price = Enumerable.Range(0, objectives.Count).Where(k => excess[k] > 0)
            .Select(k => $"{objectives[k].Name} {Quantity(k, next.Values[k])}, {Difference(k, excess[k])} beyond the limit");
        return $"the next better one is trial {next.Trial}, with {Changed(preferred, chosen, next)} for {Join(price)}";
    }

    public string Nearest(StudyPoint nearest, IReadOnlyList<double> excess)
    {
        var missing = Enumerable.Range(0, objectives.Count).Where(k => excess[k] > 0)
            .Select(k => $"{objectives[k].Name} {Quantity(k, nearest.Values[k])}, {Difference(k, excess[k])} beyond the limit");
        return $"the nearest is trial {nearest.Trial}: {Join(missing)}";
    }

    private bool Minimizes(int objective) => objectives[objective].Direction == Direction.Minimize;

    private string Candidates(int within) => within == frontierSize
        ? $"{(frontierSize == 1 ? "the only frontier point" : $"all {frontierSize} frontier points")}{Limits(" with ")}"
        : $"the {within} of {frontierSize} frontier points{Limits(" with ")}";

    private string Limits(string opening)
    {
        var parts = Enumerable.Range(0, objectives.Count).Where(k => limits[k] is not null)
            .Select(k => $"{objectives[k].Name} {(Minimizes(k) ? "at most" : "at least")} {Quantity(k, limits[k]!.Value)}").ToArray();
        return parts.Length == 0 ? "" : opening + Join(parts);
    }

    private string Changed(int objective, StudyPoint from, StudyPoint to)
    {
        var change = to.Values[objective] - from.Values[objective];
        var amount = change == 0 ? "the same" : (change > 0 ? "+" : "-") + Difference(objective, Math.Abs(change));
        return $"{objectives[objective].Name} {Quantity(objective, to.Values[objective])} ({amount})";
    }

    // In a sentence each number has prefix and digits of its own: a difference may be far smaller than the values.
    private string Quantity(int objective, double value) =>
        QuantityFormat.ForColumn([value], objectives[objective].Unit).FormatWithUnit(value);

    private string Difference(int objective, double amount) =>
        QuantityFormat.ForColumn([amount], objectives[objective].Unit, significantDigits: 3).FormatWithUnit(amount);

    private static string Short(double value) => QuantityFormat.Significant(value, 3);

    private static string Join(IEnumerable<string> parts)
    {
        var all = parts.ToArray();
        return all.Length <= 1 ? string.Concat(all) : string.Join(", ", all[..^1]) + " and " + all[^1];
    }
}
