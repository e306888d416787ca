using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Catalog;

/// <summary>A strategy by name: what files, commands and servers offer.</summary>
/// <param name="Name">Its name, the field's where there is one.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Knobs">Its settings.</param>
/// <param name="Build">Makes it from values of the knobs.</param>
public sealed record StrategyDefinition(string Name, string Summary, IReadOnlyList<Knob> Knobs, Func<KnobValues, InferenceStrategy> Build)
{
    private static readonly string[] CountsOfSamples = ["n", "trials", "particles"];

    /// <summary>The name of the knob that is the number of samples, which more money buys more of: attempts, trials of a search, or particles; null where there is none.</summary>
    public string? SamplesKnob => CountsOfSamples.FirstOrDefault(name => Knobs.Any(knob => knob.Name == name));

    /// <summary>Other names that it is known by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The names of models that its knobs name in another way than by a knob of the kind <see cref="KnobKind.Model"/>; null where they do not.</summary>
    public Func<KnobValues, IEnumerable<string>>? ModelsOf { get; init; }

    /// <summary>Whether it runs programs that models wrote, in a sandbox. Requests to a server cannot name such a strategy.</summary>
    public bool RunsCode { get; init; }

    /// <summary>Where it comes from: paper or project.</summary>
    public string? Source { get; init; }
}
