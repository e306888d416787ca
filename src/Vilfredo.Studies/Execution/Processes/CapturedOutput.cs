using System.Text;

namespace Vilfredo.Studies.Execution;

/// <summary>An output stream of a process: all of it when it is small, else its first and last part.</summary>
public sealed class CapturedOutput
{
    /// <summary>Characters of a line that <see cref="LastLines(int)"/> keeps.</summary>
    private const int LongestShownLine = 500;

    private readonly byte[] _head;
    private readonly byte[] _tail;

    internal CapturedOutput(byte[] head, byte[] tail, long totalBytes)
    {
        _head = head;
        _tail = tail;
        TotalBytes = totalBytes;
    }

    /// <summary>A stream on which nothing was written.</summary>
    public static CapturedOutput Empty { get; } = new([], [], 0);

    /// <summary>Bytes that the process wrote.</summary>
    public long TotalBytes { get; }

    /// <summary>Bytes left out between <see cref="Head"/> and <see cref="Tail"/>.</summary>
    public long OmittedBytes => TotalBytes - _head.Length - _tail.Length;

    /// <summary>Whether a middle part was left out.</summary>
    public bool IsTruncated => OmittedBytes > 0;

    /// <summary>The first bytes; all of them when nothing was left out.</summary>
    public ReadOnlyMemory<byte> Head => _head;

    /// <summary>The last bytes; empty when nothing was left out.</summary>
    public ReadOnlyMemory<byte> Tail => _tail;

    /// <summary>The text as UTF-8 (other bytes as U+FFFD), with a line that says what was left out, if anything.</summary>
    public string Text => IsTruncated
        ? $"{Decode(_head)}\n[{OmittedBytes} bytes left out]\n{Decode(_tail)}"
        : Decode(_head);

    /// <summary>The last non-empty lines, oldest first, without control characters, each cut to 500 characters.</summary>
    /// <param name="count">How many lines at most.</param>
    public IReadOnlyList<string> LastLines(int count)
    {
        var lines = new List<string>();
        AppendLastLines(lines, Decode(_tail), count);
        AppendLastLines(lines, Decode(_head), count);
        lines.Reverse();
        return lines;
    }

    /// <summary>The last lines of both streams: those of standard error, and before them, where there is room, of the other.</summary>
    internal static IReadOnlyList<string> LastLines(CapturedOutput output, CapturedOutput error, int count)
    {
        var fromError = error.LastLines(count);
        return [.. output.LastLines(count - fromError.Count), .. fromError];
    }

    /// <summary>
    /// The kept text in stretches of whole lines, in order: one when nothing was left out, else the beginning without its
    /// cut last line and the end without its cut first line. A number read from them was written like that.
    /// </summary>
    internal IReadOnlyList<string> WholeLines()
    {
        if (!IsTruncated) return [Decode(_head)];
        var headEnd = _head.AsSpan().LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var tailStart = _tail.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') + 1;
        return [Decode(_head.AsSpan(0, headEnd)), tailStart == 0 ? "" : Decode(_tail.AsSpan(tailStart))];
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static void AppendLastLines(List<string> newestFirst, ReadOnlySpan<char> text, int count)
    {
        while (newestFirst.Count < count && text.Length > 0)
        {
            var start = text.LastIndexOfAny('\n', '\r') + 1;
            var line = Printable(text[start..]);
            if (line.Length > 0) newestFirst.Add(line);
            text = text[..Math.Max(0, start - 1)];
        }
    }

    private static string Printable(ReadOnlySpan<char> line)
    {
        var shown = new StringBuilder();
        foreach (var c in line)
        {
            if (shown.Length >= LongestShownLine)
            {
                shown.Append(" ...");
                break;
            }

            if (c == '\t') shown.Append(' ');
            else if (!char.IsControl(c)) shown.Append(c);
        }

        return shown.ToString().TrimEnd();
    }
}
