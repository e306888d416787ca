using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The options of <c>optimize</c> and <c>resume</c> that say which part of the frontier is of interest, and with what the study may end.</summary>
internal sealed class SearchPreference
{
    private readonly Option<string[]> wishes = new("--reference-point") { HelpName = "NAME=NUMBER,...", Description = "Search near a wish for every objective; for rnsga2 and rnsga3, may be given several times." };
    private readonly Option<string?> weights = new("--weights") { HelpName = "NAME=NUMBER,...", Description = "Search where objectives count so much; for rnsga2 and rnsga3." };
    private readonly Option<string[]> most = new("--max") { HelpName = "NAME=NUMBER", Description = "Values of an objective above this are of no interest." };
    private readonly Option<string[]> least = new("--min") { HelpName = "NAME=NUMBER", Description = "Values of an objective below this are of no interest." };
    private readonly Option<string?> target = new("--target") { HelpName = "NAME=NUMBER,...", Description = "End when one trial is as good in each of these." };
    private readonly Option<int?> stagnation = new("--stagnation") { HelpName = "TRIALS", Description = "End when the frontier has stood still for so many trials." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { wishes, weights, most, least, target, stagnation }) command.Add(option);
    }

    /// <summary>The definition with what the command line overrules; notes what that is.</summary>
    /// <exception cref="UserErrorException">A name or number is wrong.</exception>
    public StudyDefinition Apply(ParseResult parse, StudyDefinition definition, List<string> notes)
    {
        Objective[] objectives = [.. definition.Objectives.Select(o => o.Objective)];
        var preference = definition.Preference ?? new PreferenceDefinition();
        if (parse.GetValue(wishes) is { Length: > 0 } points)
        {
            preference = preference with { ReferencePoints = [.. points.Select(text => ByName(ObjectiveValues.ParseAll(wishes.Name, text, objectives), objectives))] };
            notes.Add($"reference points {string.Join("; ", points)}");
        }

        if (parse.GetValue(weights) is { } shares)
        {
            preference = preference with { Weights = ByName(ObjectiveValues.ParseWeights(weights.Name, shares, objectives), objectives) };
            notes.Add($"weights {shares}");
        }

        var (ceilings, floors) = (parse.GetValue(most) ?? [], parse.GetValue(least) ?? []);
        if (ceilings.Length + floors.Length > 0)
        {
            preference = preference with { Ranges = Ranges(ceilings, floors, objectives) };
            notes.Add($"ranges{string.Concat(floors.Select(text => $" min {text}"))}{string.Concat(ceilings.Select(text => $" max {text}"))}");
        }

        if (!preference.IsEmpty) definition = definition with { Preference = preference };
        if (parse.GetValue(target) is { } wanted)
        {
            var values = ObjectiveValues.Parse(target.Name, [wanted], objectives);
            definition = definition with { Budget = definition.Budget with { Target = Given(values, objectives) } };
            notes.Add($"target {wanted}");
        }

        if (parse.GetValue(stagnation) is { } trials)
        {
            if (trials < 1) throw new UserErrorException($"{stagnation.Name} must be at least 1, not {trials}");
            var tolerance = definition.Budget.Stagnation?.Tolerance ?? new FrontierStagnation(trials).Tolerance;
            definition = definition with { Budget = definition.Budget with { Stagnation = new FrontierStagnation(trials, tolerance) } };
            notes.Add($"stagnation of {trials} trials");
        }

        return definition;
    }

    private Dictionary<string, ObjectiveRange> Ranges(string[] ceilings, string[] floors, Objective[] objectives)
    {
        var (highs, lows) = (ObjectiveValues.Parse(most.Name, ceilings, objectives), ObjectiveValues.Parse(least.Name, floors, objectives));
        var ranges = new Dictionary<string, ObjectiveRange>(StringComparer.Ordinal);
        for (var k = 0; k < objectives.Length; k++)
        {
            if (lows[k] is null && highs[k] is null) continue;
            if (lows[k] > highs[k])
                throw new UserErrorException(FormattableString.Invariant($"{least.Name} {objectives[k].Name}={lows[k]} is above {most.Name} {objectives[k].Name}={highs[k]}"), "Swap them.");
            ranges[objectives[k].Name] = new ObjectiveRange(lows[k], highs[k]);
        }

        return ranges;
    }

    private static Dictionary<string, double> Given(double?[] values, Objective[] objectives) =>
        Enumerable.Range(0, values.Length).Where(k => values[k] is not null).ToDictionary(k => objectives[k].Name, k => values[k]!.Value, StringComparer.Ordinal);

    private static Dictionary<string, double> ByName(double[] values, Objective[] objectives) =>
        objectives.Index().ToDictionary(o => o.Item.Name, o => values[o.Index], StringComparer.Ordinal);
}
