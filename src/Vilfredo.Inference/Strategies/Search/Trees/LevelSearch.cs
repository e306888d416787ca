namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>A search level by level: every kept node of a level gets its children, and then the best of them are kept. Nodes without a score count as one half; earlier ones win ties.</summary>
/// <typeparam name="TState">What a node holds.</typeparam>
public abstract class LevelSearch<TState> : TreeSearch<TState>
{
    /// <summary>What a node without a score counts.</summary>
    internal const double Unknown = 0.5;

    private readonly int _children;
    private readonly int _depth;

    /// <summary>A search.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="keep">The nodes that are kept of a level, at least 1.</param>
    /// <param name="children">The children of a kept node, at least 1.</param>
    /// <param name="depth">The number of levels, at least 1.</param>
    protected LevelSearch(SearchState<TState> state, int keep, int children, int depth)
        : base(state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(children, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (Keep, _children, _depth) = (keep, children, depth);
    }

    /// <summary>The nodes that are kept now: of the last level whose children have all been told.</summary>
    public IReadOnlyList<SearchNode<TState>> Kept => Walk().Kept;

    /// <summary>The nodes that are kept of a level.</summary>
    protected int Keep { get; }

    /// <inheritdoc/>
    protected sealed override (int Parent, int Action)? Next(RandomGenerator random) => Walk().Next;

    /// <summary>The nodes of the next level.</summary>
    /// <param name="kept">Those of this one.</param>
    /// <param name="children">The children of those that are not terminal.</param>
    protected abstract IEnumerable<SearchNode<TState>> Select(IReadOnlyList<SearchNode<TState>> kept, IReadOnlyList<SearchNode<TState>> children);

    /// <summary>The best of some nodes, in the order of their scores.</summary>
    protected IEnumerable<SearchNode<TState>> Best(IEnumerable<SearchNode<TState>> nodes) => nodes.OrderByDescending(node => node.Score ?? Unknown).ThenBy(node => node.Id).Take(Keep);

    private (IReadOnlyList<SearchNode<TState>> Kept, (int Parent, int Action)? Next) Walk()
    {
        IReadOnlyList<SearchNode<TState>> kept = [Nodes[0]];
        for (var level = 0; level < _depth; level++)
        {
            var growing = kept.Where(node => !node.IsTerminal).ToList();
            if (growing.Find(node => CountOf(node.Id) < _children) is { } next)
                return (kept, (next.Id, CountOf(next.Id)));
            if (growing.Count == 0 || growing.Exists(node => TrialsOf(node.Id).Any(trial => trial.IsPending)))
                break;
            var selected = Select(kept, [.. growing.SelectMany(node => ChildrenOf(node.Id))]).ToList();
            if (selected.Count == 0)
                break;
            kept = selected;
        }

        return (kept, null);
    }
}
