using System.Text;

namespace Vilfredo.IO;

/// <summary>Points read from a text file: data sets of equal width, with optional names of the columns.</summary>
/// <remarks>
/// <para>
/// One point per line; values are separated by white space (blanks or tabs), by commas, or by semicolons, the same way in
/// the whole file. <c>#</c> at the begin of a line or after white space starts a comment. One or more blank lines end a
/// data set; a comment line does not. The first line that is neither blank nor a comment may name the columns: each name
/// begins with a letter, an underscore or a double quote. Numbers are as in <see cref="NumberText"/>. A decimal comma is
/// refused wherever it can be told from a separator.
/// </para>
/// <para>Reading takes time linear in the size of the text and allocates nothing per line or number.</para>
/// </remarks>
public sealed class PointFile
{
    internal PointFile(string source, int columns, IReadOnlyList<string>? names, IReadOnlyList<PointSet> sets, string? header)
    {
        Source = source;
        Columns = columns;
        Names = names;
        Sets = sets;
        Header = header;
    }

    /// <summary>The name under which standard input is read.</summary>
    public const string StandardInput = "-";

    /// <summary>The file's path as it was given, or <c>standard input</c>.</summary>
    public string Source { get; }

    /// <summary>Values per point; 0 when the file holds no points and no header.</summary>
    public int Columns { get; }

    /// <summary>The names of the columns, or <see langword="null"/> when the file has no header.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The header line as it stands in the file, or <see langword="null"/>.</summary>
    public string? Header { get; }

    /// <summary>The data sets in the order of the file; each has at least one point. Empty when the file has no points.</summary>
    public IReadOnlyList<PointSet> Sets { get; }

    /// <summary>Reads a file, or standard input when <paramref name="path"/> is <c>-</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">How to read; the defaults when <see langword="null"/>.</param>
    /// <exception cref="InputFormatException">A line is malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a directory.</exception>
    public static PointFile Read(string path, PointFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == StandardInput)
        {
            using var input = Console.OpenStandardInput();
            return Read(input, "standard input", options);
        }

        // The reader has its own buffer; a second one in the stream would only copy.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(file, path, options);
    }

    /// <summary>Reads points from a stream of UTF-8 text; the stream stays open.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="options">How to read; the defaults when <see langword="null"/>.</param>
    /// <exception cref="InputFormatException">A line is malformed.</exception>
    public static PointFile Read(Stream stream, string source, PointFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        return new PointFileParser(source, options ?? new PointFileOptions()).Parse(new Utf8LineReader(stream, source));
    }

    /// <summary>Reads points from a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to read; the defaults when <see langword="null"/>.</param>
    /// <exception cref="InputFormatException">A line is malformed.</exception>
    public static PointFile Parse(string text, PointFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Read(stream, "text", options);
    }
}
