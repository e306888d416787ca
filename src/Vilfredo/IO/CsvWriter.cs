using System.Buffers;

namespace Vilfredo.IO;

/// <summary>Writes comma-separated values as RFC 4180 defines them, with LF line ends.</summary>
/// <param name="writer">Where the text goes; stays open.</param>
public sealed class CsvWriter(TextWriter writer)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\t\r\n");

    /// <summary>Writes one record; a field is quoted only where it must be.</summary>
    public void Write(IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                writer.Write(',');
            writer.Write(Quote(fields[i]));
        }

        // A record of one empty field would be a blank line, which readers skip.
        writer.Write(fields is [""] ? "\"\"\n" : "\n");
    }

    private static string Quote(string field)
    {
        // Blanks at an end and a semicolon are legal bare, but other readers trim the one and guess at the other.
        var bare = field.Length == 0
            || (!field.AsSpan().ContainsAny(Special) && !char.IsWhiteSpace(field[0]) && !char.IsWhiteSpace(field[^1]));
        return bare ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
