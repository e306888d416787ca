namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>What came of a trial.</summary>
/// <param name="State">What the new node holds.</param>
/// <param name="Score">How good it is, in [0, 1]; null where that is not known.</param>
/// <param name="IsTerminal">Whether it has no children, because nothing is left to do.</param>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed record SearchResult<TState>(TState State, double? Score, bool IsTerminal = false);
