namespace Vilfredo.IO;

/// <summary>Reads a stream line by line as UTF-8 bytes, without a copy or a string per line.</summary>
/// <remarks>Ends of line are LF or CRLF; a byte order mark of UTF-8 is skipped, other encodings are refused.</remarks>
internal sealed class Utf8LineReader(Stream stream, string source)
{
    private const int InitialBuffer = 1 << 16;

    // Far above any line of numbers; keeps a binary file without line ends from filling the memory.
    private const int LongestLine = 1 << 24;

    private byte[] _buffer = new byte[InitialBuffer];
    private int _start;
    private int _end;
    private bool _atEndOfStream;

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line without its end of line; the span is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length);
                _start++;
                return true;
            }

            searched = _end - _start;
            if (_atEndOfStream)
            {
                line = Take(searched);
                return searched > 0;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += length;
        if (length > 0 || _start < _end)
            Line++;
        if (Line == 1)
            line = WithoutByteOrderMark(line);
        return line.EndsWith((byte)'\r') ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
            {
                throw new InputFormatException(
                    source, Line + 1, $"no end of line within {LongestLine} bytes", "Is this a text file?");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _atEndOfStream = read == 0;
        _end += read;
    }

    private Span<byte> WithoutByteOrderMark(Span<byte> line)
    {
        if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new InputFormatException(source, 1, "the text is UTF-16", "Save the file as UTF-8 or plain ASCII.");
        return line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
    }
}
