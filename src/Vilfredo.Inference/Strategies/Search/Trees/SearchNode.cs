namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>A node of a search tree.</summary>
/// <param name="Id">Its number: 0 for the root, then in the order of telling. Parents have smaller numbers.</param>
/// <param name="Parent">Its parent's number; -1 for the root.</param>
/// <param name="Depth">Its distance from the root.</param>
/// <param name="Action">How it was made; -1 for the root.</param>
/// <param name="State">What it holds.</param>
/// <param name="Score">How good it is, in [0, 1]; null where that is not known.</param>
/// <param name="IsTerminal">Whether it has no children, because nothing is left to do.</param>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed record SearchNode<TState>(int Id, int Parent, int Depth, int Action, TState State, double? Score = null, bool IsTerminal = false);
