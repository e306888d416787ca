namespace Vilfredo.Inference.Agents.Memory;

/// <summary>What an agent keeps beside its steps. Immutable.</summary>
/// <param name="Digests">The digests of the steps, with their vectors.</param>
/// <param name="Found">The digest that was looked up last; null when there was none.</param>
/// <param name="Notes">The notes; null when there are none.</param>
internal sealed record MemoryState(IReadOnlyList<(string Text, float[] Vector)> Digests, string? Found, string? Notes)
{
    public static readonly MemoryState Empty = new([], null, null);
}
