namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Monte Carlo tree search by UCT (Kocsis and Szepesvári, "Bandit based Monte-Carlo planning", ECML 2006): from the root down to the child with the largest mean score of its subtree plus c·√(ln N / n), until a node is reached that may still have another child.</summary>
/// <remarks>
/// N and n are the nodes in the subtrees of parent and child; trials under way count as nodes of score 0, so that parallel ones spread. Nodes without a score count in n and not in the mean.
/// A subtree that cannot grow any more is left, so that a search that goes on long enough visits every node once. Each decision takes time linear in the nodes.
/// </remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed class MonteCarloTreeSearch<TState> : TreeSearch<TState>
{
    private readonly int _width;
    private readonly double _exploration;
    private readonly int _depth;
    private readonly Func<SearchNode<TState>, IReadOnlyList<int>> _actions;

    /// <summary>A search.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="width">The children of a node for each action, at least 1.</param>
    /// <param name="exploration">c, at least 0; √2 is the constant of UCB1 for scores in [0, 1].</param>
    /// <param name="depth">The greatest depth of a node, at least 1.</param>
    /// <param name="actions">The actions at a node; null means 0 alone.</param>
    public MonteCarloTreeSearch(SearchState<TState> state, int width = 2, double exploration = 1.4142135623730951, int depth = int.MaxValue, Func<SearchNode<TState>, IReadOnlyList<int>>? actions = null)
        : base(state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_width, _exploration, _depth, _actions) = (width, exploration, depth, actions ?? (_ => [0]));
    }

    /// <inheritdoc/>
    protected override (int Parent, int Action)? Next(RandomGenerator random)
    {
        var subtrees = Count();
        if (!subtrees[0].IsOpen)
            return null;
        var node = Nodes[0];
        while (true)
        {
            if (Free(node) is { } action)
                return (node.Id, action);
            var log = Math.Log(Math.Max(1, subtrees[node.Id].Visits));
            node = ChildrenOf(node.Id).Where(child => subtrees[child.Id].IsOpen)
                .MaxBy(child => subtrees[child.Id].Mean + _exploration * Math.Sqrt(log / subtrees[child.Id].Visits))!;
        }
    }

    // The action of which a node has the fewest children, if it may have another.
    private int? Free(SearchNode<TState> node)
    {
        if (node.IsTerminal || node.Depth >= _depth)
            return null;
        var used = TrialsOf(node.Id).CountBy(trial => trial.Action).ToDictionary();
        var actions = _actions(node).Where(action => used.GetValueOrDefault(action) < _width).ToList();
        return actions.Count == 0 ? null : actions.MinBy(action => used.GetValueOrDefault(action));
    }

    private Subtree[] Count()
    {
        var subtrees = new Subtree[Nodes.Count];
        for (var id = Nodes.Count - 1; id >= 0; id--)
        {
            var node = Nodes[id];
            var pending = TrialsOf(id).Count(trial => trial.IsPending);
            var own = new Subtree(1 + pending, (node.Score is null ? 0 : 1) + pending, node.Score ?? 0, Free(node) is not null);
            subtrees[id] = subtrees[id].And(own);
            if (id > 0)
                subtrees[node.Parent] = subtrees[node.Parent].And(subtrees[id]);
        }

        return subtrees;
    }

    private readonly record struct Subtree(int Visits, int Scored, double Sum, bool IsOpen)
    {
        public double Mean => Scored == 0 ? 0 : Sum / Scored;

        public Subtree And(Subtree other) => new(Visits + other.Visits, Scored + other.Scored, Sum + other.Sum, IsOpen || other.IsOpen);
    }
}
