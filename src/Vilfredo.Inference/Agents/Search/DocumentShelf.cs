namespace Vilfredo.Inference.Agents.Search;

/// <summary>Finds documents by the names that searches show, <c>source/id</c>; without the source, in the first that has it.</summary>
internal sealed class DocumentShelf(IReadOnlyList<ISearchSource> sources)
{
    public async Task<SearchDocument> FindAsync(string name, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            var id = name.StartsWith(source.Name + "/", StringComparison.Ordinal) ? name[(source.Name.Length + 1)..] : name;
            if (await source.FindAsync(id, cancellation).ConfigureAwait(false) is { } document)
                return document;
        }

        throw new ArgumentException($"there is no document '{name}'; give a name as the search shows it, such as {sources[0].Name}/1.");
    }
}
