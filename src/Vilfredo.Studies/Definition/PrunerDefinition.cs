namespace Vilfredo.Studies;

/// <summary>Which rule ends unpromising trials before they are done, and its settings.</summary>
/// <param name="Name">One of the registered names: <c>median</c>, <c>percentile</c>, <c>asha</c> or <c>hyperband</c>.</param>
public sealed record PrunerDefinition(string Name)
{
    /// <summary>Settings by name, as the pruner documents them; missing ones have the pruner's defaults.</summary>
    public IReadOnlyDictionary<string, double> Options { get; init; } = new Dictionary<string, double>();
}
