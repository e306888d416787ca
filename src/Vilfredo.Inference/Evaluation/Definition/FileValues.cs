using System.Globalization;
using Vilfredo.Inference.Budgets;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Reads values of an evaluation file that have ranges; what is wrong is a mistake with its line.</summary>
internal sealed class FileValues(YamlMistakes mistakes)
{
    /// <summary>A whole number of at least some value.</summary>
    public int? Whole(YamlMapping mapping, string key, int least)
    {
        if (mapping.Integer(key) is not { } value)
            return null;
        if (value >= least && value <= int.MaxValue)
            return (int)value;
        mistakes.Add(mapping.Find(key)!, $"'{key}' is {value}; it must be at least {least}{(value > int.MaxValue ? $" and at most {int.MaxValue}" : "")}.");
        return least;
    }

    /// <summary>A number between two others, themselves not included.</summary>
    public double? Between(YamlMapping mapping, string key, double low, double high)
    {
        if (mapping.Number(key) is not { } value)
            return null;
        if (value > low && value < high)
            return value;
        mistakes.Add(mapping.Find(key)!, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {value}; it must be above {low} and below {high}."));
        return null;
    }

    /// <summary>A positive number.</summary>
    public double? Positive(YamlMapping mapping, string key) => AtLeast(mapping, key, double.Epsilon, "positive");

    /// <summary>A number of at least 0.</summary>
    public double? NotNegative(YamlMapping mapping, string key) => AtLeast(mapping, key, 0, "at least 0");

    /// <summary>A value of an enumeration, in snake case.</summary>
    public T? OneOf<T>(YamlMapping mapping, string key)
        where T : struct, Enum
    {
        if (mapping.Text(key) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Written(value) == text)
                return value;
        }

        mistakes.Add(mapping.Find(key)!, $"'{key}' is '{text}'; it must be one of {string.Join(", ", Enum.GetValues<T>().Select(Written))}.");
        return null;
    }

    /// <summary>A budget; null where the key is not there.</summary>
    public Budget? Budget(YamlMapping file, string key, string currency)
    {
        if (file.Find(key) is not { } node || YamlMapping.Of(node, $"'{key}'", mistakes) is not { } mapping)
            return null;
        var money = NotNegative(mapping, "money");
        var budget = new Budget
        {
            Calls = Whole(mapping, "calls", 1),
            InputTokens = Whole(mapping, "input_tokens", 1),
            OutputTokens = Whole(mapping, "output_tokens", 1),
            TotalTokens = Whole(mapping, "tokens", 1),
            Money = money is { } amount ? new Money(amount, currency) : null,
            Time = mapping.Duration("time"),
        };
        mapping.RefuseOthers();
        return budget;
    }

    private double? AtLeast(YamlMapping mapping, string key, double least, string words)
    {
        if (mapping.Number(key) is not { } value)
            return null;
        if (value >= least)
            return value;
        mistakes.Add(mapping.Find(key)!, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {value}; it must be {words}."));
        return null;
    }

    private static string Written<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
