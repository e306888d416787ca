using Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Adaptive branching Monte Carlo tree search with node aggregation, AB-MCTS-A (Inoue et al., arXiv 2503.04412): at each node, Thompson sampling decides between a new child (GEN) and going on with one of the children (CONT), and between the children.</summary>
/// <remarks>
/// What GEN of an action is judged by are the scores of the node's children made with it, at their own; CONT is judged by the scores further down; a child by the scores of its subtree, its own included.
/// That the means are drawn, and not the next scores, is our reading [memory]. Nodes without a score are not seen. There is no bound on the children of a node: the search ends when no more trials are asked for.
/// </remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed class AdaptiveBranchingSearch<TState> : TreeSearch<TState>
{
    private readonly IScorePosterior _posterior;
    private readonly int _actions;
    private readonly int _depth;

    /// <summary>A search.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="posterior">What is believed of scores; null means a <see cref="GaussianPosterior"/>.</param>
    /// <param name="actions">The number of actions, such as models, that make children; at least 1.</param>
    /// <param name="depth">The greatest depth of a node, at least 1.</param>
    public AdaptiveBranchingSearch(SearchState<TState> state, IScorePosterior? posterior = null, int actions = 1, int depth = int.MaxValue)
        : base(state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_posterior, _actions, _depth) = (posterior ?? new GaussianPosterior(), actions, depth);
    }

    /// <inheritdoc/>
    protected override (int Parent, int Action)? Next(RandomGenerator random)
    {
        if (Nodes[0].IsTerminal)
            return null;
        var subtrees = ScoresOfSubtrees();
        var node = Nodes[0];
        while (true)
        {
            var children = ChildrenOf(node.Id).ToList();
            var (action, generated) = Enumerable.Range(0, _actions)
                .Select(one => (Action: one, Draw: _posterior.Sample(Scores(children.Where(child => child.Action == one)), random)))
                .MaxBy(option => option.Draw);
            var open = children.Where(child => !child.IsTerminal && child.Depth < _depth).ToList();
            if (open.Count == 0)
                return (node.Id, action);
            var below = children.SelectMany(child => subtrees[child.Id].Skip(child.Score is null ? 0 : 1)).ToList();
            if (generated >= _posterior.Sample(below, random))
                return (node.Id, action);
            node = open.Select(child => (Child: child, Draw: _posterior.Sample(subtrees[child.Id], random))).MaxBy(option => option.Draw).Child;
        }
    }

    // A node's own score is the first of its subtree.
    private List<double>[] ScoresOfSubtrees()
    {
        var subtrees = Nodes.Select(node => node.Score is { } score && node.Id > 0 ? new List<double> { score } : []).ToArray();
        for (var id = Nodes.Count - 1; id > 0; id--)
            subtrees[Nodes[id].Parent].AddRange(subtrees[id]);
        return subtrees;
    }

    private static List<double> Scores(IEnumerable<SearchNode<TState>> nodes) => [.. nodes.Where(node => node.Score is not null).Select(node => node.Score!.Value)];
}
