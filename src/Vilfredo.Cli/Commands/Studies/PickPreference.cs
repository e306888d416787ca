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

    /// <summary>Chooses what the command line asks for.</summary>
    /// <exception cref="UserErrorException">An option is wrong, or two of them contradict each other.</exception>
    public StudyChoice Choose(ParseResult parse, StudyFrontier frontier)
    {
        Option[] methods = [prefer, weights, wish, priorities, knee];
        var given = methods.Where(option => parse.GetResult(option) is { Implicit: false }).ToArray();
        if (given.Length > 1)
            throw new UserErrorException($"{given[0].Name} and {given[1].Name} exclude each other", "Give one of them; limits go with any.");
        var objectives = frontier.Objectives;
        var limits = Limits(parse, objectives);
        if (parse.GetValue(prefer) is { } name)
            return StudyChoice.Best(frontier, limits, ObjectiveValues.IndexOf(prefer.Name, name, objectives));
        if (parse.GetValue(weights) is { } shares) return StudyChoice.ByWeights(frontier, limits, Weights(shares, objectives));
        if (parse.GetValue(wish) is { } wished) return StudyChoice.ByReferencePoint(frontier, limits, Wish(wished, objectives));
        if (parse.GetValue(priorities) is { } order)
        {
            var ordered = ObjectiveValues.ParseOrdered(priorities.Name, order, objectives);
            return StudyChoice.Lexicographic(frontier, limits, [.. ordered.Select(p => new LexicographicPriority(p.Objective, p.Value))]);
        }

        // With a limit on all objectives but one, that one is what the budget is for.
        var free = Enumerable.Range(0, objectives.Count).Where(k => limits[k] is null).ToArray();
        return given.Length == 0 && free.Length == 1 && objectives.Count > 1
            ? StudyChoice.Best(frontier, limits, free[0])
            : StudyChoice.Knee(frontier, limits);
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

    private double[] Weights(string text, IReadOnlyList<Objective> objectives)
    {
        double[] values = [.. ObjectiveValues.Parse(weights.Name, [text], objectives).Select(v => v ?? 0)];
        if (values.Any(v => v < 0) || values.All(v => v == 0))
            throw new UserErrorException($"{weights.Name}: {text}: weights are not below 0, and one is above", "Only their ratios matter.");
        return values;
    }

    private double[] Wish(string text, IReadOnlyList<Objective> objectives)
    {
        var values = ObjectiveValues.Parse(wish.Name, [text], objectives);
        var missing = Array.FindIndex(values, v => v is null);
        return missing < 0
            ? [.. values.Select(v => v!.Value)]
            : throw new UserErrorException($"{wish.Name}: no wish for {objectives[missing].Name}", "Give a value for every objective.");
    }
}
