using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Decisions;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The options of <c>vilfredo pick</c> that say which point is wanted.</summary>
internal sealed class PickPreference
{
    private readonly Option<string[]> most = new("--max") { HelpName = "NAME=NUMBER", Description = "The most of a minimized objective." };
    private readonly Option<string[]> least = new("--min") { HelpName = "NAME=NUMBER", Description = "The least of a maximized objective." };
    private readonly Option<string?> prefer = new("--prefer") { HelpName = "NAME", Description = "The best in this objective." };
    private readonly Option<string?> weights = new("--weights") { HelpName = "NAME=NUMBER,...", Description = "How much each objective counts; 0 unless given." };
    private readonly Option<string?> wish = new("--reference-point") { HelpName = "NAME=NUMBER,...", Description = "The nearest to a wish for every objective." };
    private readonly Option<string?> priorities = new("--lexicographic")
    {
        HelpName = "NAME[:NUMBER],...",
        Description = "One objective after the other, with what may be given up of each.",
    };

    private readonly Option<bool> knee = new("--knee") { Description = "The point where a step to either side costs most; the default." };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { most, least, prefer, weights, wish, priorities, knee }) command.Add(option);
    }

    /// <summary>What the command line asks for: limits, and the choice among the points within any limits. Without any option, what the study's preference says.</summary>
    /// <exception cref="UserErrorException">An option is wrong, or two of them contradict each other.</exception>
    public (double?[] Limits, Func<double?[], StudyChoice> Method) Wanted(ParseResult parse, StudyFrontier frontier, PreferenceDefinition? studyPreference)
    {
        Option[] methods = [prefer, weights, wish, priorities, knee];
        var given = methods.Where(option => parse.GetResult(option) is { Implicit: false }).ToArray();
        if (given.Length > 1)
            throw new UserErrorException($"{given[0].Name} and {given[1].Name} exclude each other", "Give one of them; limits go with any.");
        var objectives = frontier.Objectives;
        var limits = Limits(parse, objectives);
        if (given.Length == 0 && limits.All(limit => limit is null) && studyPreference is { IsEmpty: false }) return OfStudy(frontier, studyPreference);
        if (parse.GetValue(prefer) is { } name)
        {
            var preferred = ObjectiveValues.IndexOf(prefer.Name, name, objectives);
            return (limits, l => StudyChoice.Best(frontier, l, preferred));
        }

        if (parse.GetValue(weights) is { } shares)
        {
            var values = ObjectiveValues.ParseWeights(weights.Name, shares, objectives);
            return (limits, l => StudyChoice.ByWeights(frontier, l, values));
        }

        if (parse.GetValue(wish) is { } wished)
        {
            var values = ObjectiveValues.ParseAll(wish.Name, wished, objectives);
            return (limits, l => StudyChoice.ByReferencePoint(frontier, l, values));
        }

        if (parse.GetValue(priorities) is { } order)
        {
            LexicographicPriority[] ordered = [.. ObjectiveValues.ParseOrdered(priorities.Name, order, objectives).Select(p => new LexicographicPriority(p.Objective, p.Value))];
            return (limits, l => StudyChoice.Lexicographic(frontier, l, ordered));
        }

        return (limits, given.Length == 0 ? l => ByLimits(frontier, l) : l => StudyChoice.Knee(frontier, l));
    }

    // With a limit on all objectives but one, that one is what the budget is for.
    private static StudyChoice ByLimits(StudyFrontier frontier, double?[] limits)
    {
        var free = Enumerable.Range(0, limits.Length).Where(k => limits[k] is null).ToArray();
        return free.Length == 1 && limits.Length > 1 ? StudyChoice.Best(frontier, limits, free[0]) : StudyChoice.Knee(frontier, limits);
    }

    // Of several reference points the first counts; a range limits on the side where values are worse.
    private static (double?[] Limits, Func<double?[], StudyChoice> Method) OfStudy(StudyFrontier frontier, PreferenceDefinition preference)
    {
        double?[] limits =
        [
            .. frontier.Objectives.Select(objective => !preference.Ranges.TryGetValue(objective.Name, out var range) ? null
                : objective.Direction == Direction.Minimize ? range.Maximum : range.Minimum),
        ];
        if (preference.ReferencePoints is [var first, ..])
        {
            double[] wish = [.. frontier.Objectives.Select(objective => first[objective.Name])];
            return (limits, l => StudyChoice.ByReferencePoint(frontier, l, wish));
        }

        double[] weights = [.. frontier.Objectives.Select(objective => preference.Weights.GetValueOrDefault(objective.Name))];
        return (limits, preference.Weights.Count > 0 ? l => StudyChoice.ByWeights(frontier, l, weights) : l => ByLimits(frontier, l));
    }

    private double?[] Limits(ParseResult parse, IReadOnlyList<Objective> objectives)
    {
        var (ceilings, floors) = (
            ObjectiveValues.Parse(most.Name, parse.GetValue(most) ?? [], objectives), ObjectiveValues.Parse(least.Name, parse.GetValue(least) ?? [], objectives));
        var limits = new double?[objectives.Count];
        for (var k = 0; k < limits.Length; k++)
        {
            // A bound on the good side would cut off what is better in every way.
            var minimizes = objectives[k].Direction == Direction.Minimize;
            if ((minimizes ? floors[k] : ceilings[k]) is not null)
            {
                var (wrong, right) = minimizes ? (least.Name, most.Name) : (most.Name, least.Name);
                throw new UserErrorException(
                    $"{wrong}: {objectives[k].Name} is to be {(minimizes ? "minimized" : "maximized")}, so it needs no limit on that side", $"Limit it with {right} {objectives[k].Name}=NUMBER.");
            }

            limits[k] = ceilings[k] ?? floors[k];
        }

        return limits;
    }
}
