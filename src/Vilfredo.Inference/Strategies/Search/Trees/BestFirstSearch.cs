namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Best-first search: the node with the highest score that has no children gets all of them, then the next best.</summary>
/// <remarks>Nodes without a score count as one half, so that they come between good and bad ones. Earlier nodes win ties. Trials under way are not waited for as long as there is another node to expand.</remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed class BestFirstSearch<TState> : TreeSearch<TState>
{
    private readonly int _width;
    private readonly int _depth;
    private readonly int _actions;

    /// <summary>A search.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="width">The children of a node, at least 1.</param>
    /// <param name="depth">The greatest depth of a node, at least 1.</param>
    /// <param name="actions">The number of actions, taken in turn by the children of a node; at least 1.</param>
    public BestFirstSearch(SearchState<TState> state, int width = 2, int depth = int.MaxValue, int actions = 1)
        : base(state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        (_width, _depth, _actions) = (width, depth, actions);
    }

    /// <inheritdoc/>
    protected override (int Parent, int Action)? Next(RandomGenerator random)
    {
        var open = Nodes.Where(node => !node.IsTerminal && node.Depth < _depth && CountOf(node.Id) < _width).ToList();
        if (open.Count == 0)
            return null;
        var node = open.Find(one => CountOf(one.Id) > 0) ?? open.MaxBy(one => one.Id == 0 ? double.PositiveInfinity : one.Score ?? LevelSearch<TState>.Unknown)!;
        return (node.Id, CountOf(node.Id) % _actions);
    }
}
