namespace Vilfredo.Reproductions;

/// <summary>Where records and generated pages are: <c>results/</c> and <c>docs/papers/</c> below a root.</summary>
/// <param name="root">The root of the project.</param>
public sealed class ResultsFolder(string root)
{
    /// <summary>The root.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The file of a paper's record.</summary>
    public string RecordPath(string slug) => Path.Combine(Root, "results", $"{slug}.json");

    /// <summary>A generated file below docs/papers.</summary>
    public string PagePath(string name) => Path.Combine(Root, "docs", "papers", name);

    /// <summary>All records, by slug.</summary>
    /// <exception cref="InvalidDataException">A file is not a record.</exception>
    public IReadOnlyList<RecordedRun> Load()
    {
        var folder = Path.Combine(Root, "results");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(RecordedRun.Load)]
            : [];
    }
}
