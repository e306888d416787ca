namespace Vilfredo.Inference.Agents.Search;

/// <summary>Somewhere an agent can look things up: a corpus of its own, or an engine.</summary>
public interface ISearchSource
{
    /// <summary>Its name, which stands before the names of its documents.</summary>
    string Name { get; }

    /// <summary>Searches.</summary>
    /// <param name="query">What is looked for, in words.</param>
    /// <param name="count">The most documents wanted, at least 1.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The documents, the best first.</returns>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int count, CancellationToken cancellation);

    /// <summary>A document by its name; null when there is none.</summary>
    /// <param name="id">The name.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<SearchDocument?> FindAsync(string id, CancellationToken cancellation);
}
