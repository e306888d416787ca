using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Catalog;

/// <summary>A way to answer that another strategy can hand a question on to: a model, a strategy with values of its knobs, and what an answer may cost.</summary>
public sealed record StrategyPoint
{
    private const string Router = "router";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The model's name; null for the model of the strategy that hands the question on.</summary>
    public string? Model { get; init; }

    /// <summary>The strategy, by its name in the catalog.</summary>
    public required string Strategy { get; init; }

    /// <summary>The knobs that are set, as written.</summary>
    public IReadOnlyDictionary<string, string> Knobs { get; init; } = new Dictionary<string, string>();

    /// <summary>What one answer may cost at most; null for no limit of its own.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Reads <c>MODEL:STRATEGY:KNOB=VALUE:KNOB=VALUE</c>. Without a model it is the model of the strategy that hands the question on; a model alone answers with one call.</summary>
    /// <exception cref="FormatException">It cannot be read so, or there is no such strategy or knob; the message says what there is.</exception>
    public static StrategyPoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':').Select(part => part.Trim()).ToList();
        string? model = null;
        // A model may be called like a strategy; then its strategy stands behind it.
        if (parts.Count > 1 && StrategyCatalog.Find(parts[1]) is not null || StrategyCatalog.Find(parts[0]) is null)
        {
            model = parts[0];
            parts.RemoveAt(0);
        }

        var strategy = parts.Count > 0 ? parts[0] : "single";
        if (model is { Length: 0 } || StrategyCatalog.Find(strategy) is not { } definition)
            throw new FormatException($"'{text}' is no way to answer; write MODEL:STRATEGY:KNOB=VALUE, such as small:majority_voting:n=5. Strategies are {string.Join(", ", StrategyCatalog.All.Select(one => one.Name))}.");
        var knobs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            if (part.Split('=', 2) is not [{ Length: > 0 } knob, var value] || !knobs.TryAdd(knob, value))
                throw new FormatException($"'{part}' in '{text}' is no knob with its value, or is there twice; write KNOB=VALUE, such as n=5.");
        }

        var point = new StrategyPoint { Name = text.Trim(), Model = model, Strategy = definition.Name, Knobs = knobs };
        point.Check();
        return point;
    }

    /// <summary>Refuses strategies and knobs that there are not, and a router, which could lead back to itself.</summary>
    /// <exception cref="FormatException">The message says what is wrong.</exception>
    public void Check()
    {
        var definition = StrategyCatalog.Find(Strategy)
            ?? throw new FormatException($"'{Name}' has the strategy '{Strategy}'; there are {string.Join(", ", StrategyCatalog.All.Select(strategy => strategy.Name))}.");
        if (definition.Name == Router)
            throw new FormatException($"'{Name}' is a router; a router cannot be a part of another strategy, because it could lead back to itself.");
        _ = new KnobValues(definition, Knobs);
    }

    /// <summary>Builds the strategy.</summary>
    /// <param name="models">Finds models that knobs name.</param>
    /// <exception cref="FormatException">It cannot be built of these values; the message says why.</exception>
    public InferenceStrategy Build(Func<string, IChatClient>? models)
    {
        Check();
        return StrategyCatalog.Build(Strategy, Knobs, models);
    }

    /// <summary>The names of the models that it needs beside that of the strategy which hands the question on.</summary>
    public IEnumerable<string> Models => (Model is null ? [] : (IEnumerable<string>)[Model]).Concat(new KnobValues(StrategyCatalog.Find(Strategy)!, Knobs).NamedModels);
}
