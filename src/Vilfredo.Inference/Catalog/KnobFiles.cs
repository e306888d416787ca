using System.Collections.Concurrent;

namespace Vilfredo.Inference.Catalog;

/// <summary>Files that knobs name, each read once however many strategies are built that need it. What is read is shared, so it does not change.</summary>
public sealed class KnobFiles
{
    private readonly ConcurrentDictionary<(string Path, Type Type), Lazy<object>> _read = new();

    /// <summary>What is in a file.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="read">Reads it.</param>
    public T Open<T>(string path, Func<string, T> read)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(read);
        return (T)_read.GetOrAdd((path, typeof(T)), _ => new(() => read(path))).Value;
    }
}
