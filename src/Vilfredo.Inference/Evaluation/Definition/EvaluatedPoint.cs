using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>A way to answer that is measured: a model, a strategy with values of its knobs, and what an answer may cost.</summary>
public sealed record EvaluatedPoint
{
    /// <summary>Its name, unique in the evaluation.</summary>
    public required string Name { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The strategy's name in the catalog.</summary>
    public required string Strategy { get; init; }

    /// <summary>The knobs that are set, as written.</summary>
    public IReadOnlyDictionary<string, string> Knobs { get; init; } = new Dictionary<string, string>();

    /// <summary>What one answer may cost at most.</summary>
    public Budget Budget { get; init; } = Budget.Unlimited;

    /// <summary>Every knob that has a value, with it: what decides the answers.</summary>
    public IReadOnlyDictionary<string, string> AllKnobs => new KnobValues(StrategyCatalog.Find(Strategy)!, Knobs).Written;

    /// <summary>The names of the models that its knobs name.</summary>
    public IReadOnlyList<string> OtherModels => [.. new KnobValues(StrategyCatalog.Find(Strategy)!, Knobs).NamedModels];

    /// <summary>Builds the strategy.</summary>
    /// <param name="models">Finds the models that knobs name.</param>
    /// <param name="files">Reads the files that knobs name; null reads each by itself.</param>
    /// <exception cref="FormatException">It cannot be built of these values; the message says why.</exception>
    public InferenceStrategy Build(Func<string, IChatClient> models, KnobFiles? files = null) => StrategyCatalog.Build(Strategy, Knobs, models, files);
}
