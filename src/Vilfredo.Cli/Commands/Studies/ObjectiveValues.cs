using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Numbers for objectives as a command line gives them, such as <c>cost=0.01,accuracy=0.9</c>, in the objectives' units.</summary>
internal static class ObjectiveValues
{
    /// <summary>Reads <c>name=number</c> pairs: by objective, <see langword="null"/> where none was given.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="texts">What was given, pairs separated by commas within each.</param>
    /// <param name="objectives">The study's objectives.</param>
    /// <exception cref="UserErrorException">A name is unknown or given twice, or a number is not finite.</exception>
    public static double?[] Parse(string option, IEnumerable<string> texts, IReadOnlyList<Objective> objectives)
    {
        var values = new double?[objectives.Count];
        foreach (var text in texts.SelectMany(Items))
        {
            var separator = text.LastIndexOf('=');
            if (separator <= 0)
                throw new UserErrorException($"{option}: \"{text}\" is not name=number", $"Write it like {option} {objectives[0].Name}=0.5.");
            var index = IndexOf(option, text[..separator].Trim(), objectives);
            if (values[index] is not null)
                throw new UserErrorException($"{option}: \"{objectives[index].Name}\" is given twice", "Give each objective once.");
            values[index] = Number(option, text[(separator + 1)..].Trim(), objectives[index]);
        }

        return values;
    }

    /// <summary>Reads a value for every objective, such as a wish.</summary>
    /// <exception cref="UserErrorException">A name is unknown, given twice or missing, or a number is not finite.</exception>
    public static double[] ParseAll(string option, string text, IReadOnlyList<Objective> objectives)
    {
        var values = Parse(option, [text], objectives);
        var missing = Array.FindIndex(values, v => v is null);
        return missing < 0
            ? [.. values.Select(v => v!.Value)]
            : throw new UserErrorException($"{option}: no wish for {objectives[missing].Name}", "Give a value for every objective.");
    }

    /// <summary>Reads weights: 0 where none was given.</summary>
    /// <exception cref="UserErrorException">A name is unknown or given twice, a number is below 0 or not finite, or none is above 0.</exception>
    public static double[] ParseWeights(string option, string text, IReadOnlyList<Objective> objectives)
    {
        double[] values = [.. Parse(option, [text], objectives).Select(v => v ?? 0)];
        if (values.Any(v => v < 0) || values.All(v => v == 0))
            throw new UserErrorException($"{option}: {text}: weights are not below 0, and one is above", "Only their ratios matter.");
        return values;
    }

    /// <summary>Reads names with optional numbers, such as <c>accuracy:0.01,cost</c>, in order; 0 where no number was given.</summary>
    /// <exception cref="UserErrorException">A name is unknown or given twice, or a number is not finite or below 0.</exception>
    public static IReadOnlyList<(int Objective, double Value)> ParseOrdered(string option, string text, IReadOnlyList<Objective> objectives)
    {
        var values = new List<(int Objective, double Value)>();
        foreach (var item in Items(text))
        {
            // A name may hold a colon itself: only a number after the last one is a tolerance.
            var separator = objectives.Any(o => o.Name == item) ? -1 : item.LastIndexOf(':');
            var index = IndexOf(option, separator < 0 ? item : item[..separator].Trim(), objectives);
            if (values.Exists(v => v.Objective == index))
                throw new UserErrorException($"{option}: \"{objectives[index].Name}\" is given twice", "Give each objective once.");
            var value = separator < 0 ? 0 : Number(option, item[(separator + 1)..].Trim(), objectives[index]);
            if (value < 0)
                throw new UserErrorException($"{option}: the tolerance {NumberText.Format(value)} of {objectives[index].Name} is below 0");
            values.Add((index, value));
        }

        return values.Count > 0 ? values : throw new UserErrorException($"{option}: no objective given", $"There are: {Names(objectives)}.");
    }

    /// <summary>The position of a named objective.</summary>
    /// <exception cref="UserErrorException">There is no such objective.</exception>
    public static int IndexOf(string option, string name, IReadOnlyList<Objective> objectives)
    {
        for (var k = 0; k < objectives.Count; k++)
        {
            if (objectives[k].Name == name) return k;
        }

        throw new UserErrorException(
            $"{option}: there is no objective \"{name}\"", Suggestion.For(name, objectives.Select(o => o.Name)) ?? $"There are: {Names(objectives)}.");
    }

    private static string[] Items(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads a finite number.</summary>
    /// <exception cref="UserErrorException">The text is none.</exception>
    public static double Number(string option, string text, Objective objective) =>
        NumberText.Parse(text, out var value) == NumberProblem.None && double.IsFinite(value)
            ? value
            : throw new UserErrorException(
                $"{option}: \"{text}\" is not a finite number", $"Give {objective.Name} as a number{(objective.Unit is null ? "" : $" of {objective.Unit}")}, without the unit.");

    private static string Names(IReadOnlyList<Objective> objectives) => string.Join(", ", objectives.Select(o => o.Name));
}
