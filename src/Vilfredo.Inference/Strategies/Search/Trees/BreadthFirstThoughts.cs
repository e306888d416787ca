namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>The breadth-first search of tree of thoughts (Yao et al., arXiv 2305.10601, algorithm 1): the best unfinished thoughts of a level are kept, each gets its proposals; finished ones leave the search and can be the result.</summary>
/// <typeparam name="TState">What a node holds.</typeparam>
/// <param name="state">Where it begins.</param>
/// <param name="keep">The thoughts that are kept of a level (b), at least 1.</param>
/// <param name="proposals">The proposals for each (k), at least 1.</param>
/// <param name="depth">The number of levels (T), at least 1.</param>
public sealed class BreadthFirstThoughts<TState>(SearchState<TState> state, int keep = 3, int proposals = 5, int depth = 3) : LevelSearch<TState>(state, keep, proposals, depth)
{
    /// <inheritdoc/>
    protected override IEnumerable<SearchNode<TState>> Select(IReadOnlyList<SearchNode<TState>> kept, IReadOnlyList<SearchNode<TState>> children) => Best(children.Where(node => !node.IsTerminal));
}
