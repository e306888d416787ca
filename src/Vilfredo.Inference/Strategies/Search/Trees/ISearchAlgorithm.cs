namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>A search of a tree whose nodes cost something to make: it is asked where to grow the tree next, and told what came of it.</summary>
/// <remarks>
/// Several trials may be under way at once, and be told in any order; telling a trial again changes nothing. What it will ask depends on its settings and <see cref="State"/> alone, so that a search that was stopped goes on from a saved state as if nothing had happened.
/// Not thread-safe.
/// </remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
public interface ISearchAlgorithm<TState>
{
    /// <summary>Everything that it knows: to be saved, or read.</summary>
    SearchState<TState> State { get; }

    /// <summary>Whether the tree is finished: nothing is under way, and there is nowhere to grow it.</summary>
    bool IsDone { get; }

    /// <summary>Where to grow the tree next.</summary>
    /// <param name="count">The most trials, at least 1.</param>
    /// <returns>The trials; fewer, or none, where the tree is finished or results must be told first.</returns>
    IReadOnlyList<SearchTrial> Ask(int count = 1);

    /// <summary>Says what came of a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="result">The new node; null when the trial failed.</param>
    /// <returns>Whether that was news.</returns>
    bool Tell(int trial, SearchResult<TState>? result);
}
