namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Beam search: of all continuations of the beam, the best are the next beam. Finished ones keep their places in it as long as they are among the best.</summary>
/// <remarks>With room for all nodes it is exhaustive search.</remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
/// <param name="state">Where it begins.</param>
/// <param name="beams">The nodes of a beam, at least 1.</param>
/// <param name="children">The continuations of each, at least 1.</param>
/// <param name="depth">The number of levels, at least 1.</param>
public sealed class BeamSearch<TState>(SearchState<TState> state, int beams = 4, int children = 4, int depth = 32) : LevelSearch<TState>(state, beams, children, depth)
{
    /// <inheritdoc/>
    protected override IEnumerable<SearchNode<TState>> Select(IReadOnlyList<SearchNode<TState>> kept, IReadOnlyList<SearchNode<TState>> children) => Best([.. kept.Where(node => node.IsTerminal), .. children]);
}
