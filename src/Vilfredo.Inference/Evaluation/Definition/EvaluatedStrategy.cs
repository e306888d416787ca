using System.Globalization;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>An entry of an evaluation's list of strategies: the strategy, the models that it is tried with, and the values of its knobs.</summary>
public sealed record EvaluatedStrategy
{
    /// <summary>What its points are called after; null for the strategy's name.</summary>
    public string? Name { get; init; }

    /// <summary>The strategy.</summary>
    public required StrategyDefinition Definition { get; init; }

    /// <summary>The models, by name; at least one.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The knobs that are set or tried.</summary>
    public IReadOnlyList<SearchedKnob> Knobs { get; init; } = [];

    /// <summary>What one answer may cost at most.</summary>
    public Budget Budget { get; init; } = Budget.Unlimited;

    /// <summary>What its points are called after.</summary>
    public string Label => Name ?? Definition.Name;

    /// <summary>Every combination of models and values.</summary>
    public IEnumerable<EvaluatedPoint> Expand()
    {
        IEnumerable<Dictionary<string, string>> combinations = [[]];
        foreach (var knob in Knobs)
            combinations = combinations.SelectMany(before => knob.Values.Select(value => new Dictionary<string, string>(before, StringComparer.Ordinal) { [knob.Name] = value }));
        return from model in Models from knobs in combinations select Point(model, knobs);
    }

    /// <summary>A point of this entry.</summary>
    /// <param name="model">The model.</param>
    /// <param name="knobs">The values of its knobs.</param>
    public EvaluatedPoint Point(string model, IReadOnlyDictionary<string, string> knobs)
    {
        ArgumentNullException.ThrowIfNull(knobs);
        // A name of its own says what is always the same; without one the point says it all.
        var said = Knobs.Where(knob => Name is null || knob.Values.Count > 1 || knob.Low is not null).Select(knob => $":{knob.Name}={Said(knob.Name, knobs[knob.Name])}");
        return new() { Name = $"{model}:{Label}{string.Concat(said)}", Model = model, Strategy = Definition.Name, Knobs = knobs, Budget = Budget };
    }

    private string Said(string knob, string value) => Definition.Knobs.First(one => one.Name == knob).Kind == KnobKind.File ? Path.GetFileNameWithoutExtension(value) : value;

    /// <summary>The values of a range's grid, as written.</summary>
    /// <param name="low">The first value.</param>
    /// <param name="high">The last value is at most this.</param>
    /// <param name="step">Added from value to value, or multiplied with; above 0, above 1 to multiply.</param>
    /// <param name="multiplies">Whether it is multiplied with.</param>
    /// <param name="isInteger">Whether values are rounded to whole numbers.</param>
    public static IReadOnlyList<string> Grid(double low, double high, double step, bool multiplies, bool isInteger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        if (!(multiplies ? step > 1 && low > 0 : step > 0))
            throw new ArgumentOutOfRangeException(nameof(step), step, multiplies ? "A factor is above 1, and begins above 0." : "A step is above 0.");
        var values = new List<string>();
        for (var i = 0; ; i++)
        {
            // Never summed up: 0.1 ten times is 1 only so.
            var value = multiplies ? low * Math.Pow(step, i) : low + (i * step);
            if (value > high * (1 + 1e-12) + 1e-12)
                break;
            values.Add((isInteger ? Math.Round(value) : Math.Round(value, 12)).ToString(CultureInfo.InvariantCulture));
        }

        return [.. values.Distinct()];
    }
}
