namespace Vilfredo.IO;

/// <summary>Files that appear complete or not at all: written beside their place, then renamed into it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; readers see the old one, or none, until the new one is complete and on disk.</summary>
    /// <param name="path">The file; missing folders are made.</param>
    /// <param name="write">Writes the content to the stream, which can be written only. When it throws, <paramref name="path"/> stays as it was.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? throw new ArgumentException($"'{path}' is a folder; name a file.", nameof(path)));

        var temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // nothing to delete once it was renamed
        }
    }
}
