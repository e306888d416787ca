using System.Text.Json.Serialization;

namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>All that a search knows. It is plain data: any serializer that can write <typeparamref name="TState"/> can save it.</summary>
/// <param name="Seed">The seed of everything random in the search.</param>
/// <param name="Nodes">The nodes, in the order of their numbers; the root first.</param>
/// <param name="Trials">The trials, in the order of their numbers. Those that are pending may be told after a restart, or told to have failed.</param>
/// <typeparam name="TState">What a node holds.</typeparam>
[method: JsonConstructor]
public sealed record SearchState<TState>(ulong Seed, IReadOnlyList<SearchNode<TState>> Nodes, IReadOnlyList<SearchTrial> Trials)
{
    /// <summary>A search that has not begun.</summary>
    /// <param name="root">What the root holds.</param>
    /// <param name="seed">The seed.</param>
    public SearchState(TState root, ulong seed)
        : this(seed, [new(0, -1, 0, -1, root)], [])
    {
    }

    /// <summary>The node with the highest score, the earliest of equal ones; nodes without a score come after those with one. Null where there is none but the root.</summary>
    /// <param name="terminal">Whether only terminal nodes are looked at.</param>
    public SearchNode<TState>? Best(bool terminal = false) =>
        Nodes.Where(node => node.Id > 0 && (node.IsTerminal || !terminal)).MaxBy(node => node.Score ?? double.NegativeInfinity);
}
