using System.Text;

namespace Vilfredo.IO;

/// <summary>The state of reading one <see cref="PointFile"/>.</summary>
internal sealed class PointFileParser(string source, PointFileOptions options)
{
    private const byte NoSeparator = 0;
    private const byte WhiteSpace = (byte)' ';
    private const int LongestQuote = 60;

    private readonly List<PointSet> _sets = [];
    private readonly List<(int FirstPoint, int Points)> _spans = [];
    private readonly LineTexts? _texts = options.KeepText ? new LineTexts() : null;
    private double[] _values = new double[1024];
    private long[] _lines = new long[512];
    private int _valueCount;
    private int _pointCount;
    private int _firstPointOfSet;

    private byte _separator = NoSeparator; // until a line shows it
    private int _columns;
    private long _columnsLine; // the line that fixed the number of columns
    private string[]? _names;
    private string? _header;

    /// <summary>Reads all lines.</summary>
    public PointFile Parse(Utf8LineReader reader)
    {
        while (reader.TryRead(out var line))
        {
            var content = Trim(line);
            if (content.IsEmpty)
                EndSet();
            else if (content[0] != (byte)'#')
                ReadLine(line, WithoutComment(content), reader.Line);
        }

        EndSet();
        foreach (var (first, points) in _spans)
        {
            _sets.Add(new PointSet(
                _columns,
                _values.AsMemory(first * _columns, points * _columns),
                _lines.AsMemory(first, points),
                _texts,
                first));
        }

        return new PointFile(source, _columns, _names, _sets, _header);
    }

    private void EndSet()
    {
        if (_pointCount > _firstPointOfSet)
            _spans.Add((_firstPointOfSet, _pointCount - _firstPointOfSet));
        _firstPointOfSet = _pointCount;
    }

    private static ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> content)
    {
        for (var from = 1; from < content.Length; from++)
        {
            var mark = content[from..].IndexOf((byte)'#');
            if (mark < 0)
                return content;
            from += mark;
            if (content[from - 1] is (byte)' ' or (byte)'\t')
                return Trim(content[..from]);
        }

        return content;
    }

    private void ReadLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> content, long number)
    {
        var separator = FindSeparator(content);
        if (_columns == 0 && IsHeader(content, separator))
        {
            _separator = separator;
            ReadHeader(content, separator, number);
            _header = Encoding.UTF8.GetString(line);
            return;
        }

        CheckSeparator(separator, content, number);
        var first = _valueCount;
        var rest = content;
        while (TryTakeField(ref rest, separator, out var field))
            AddValue(field, _valueCount - first + 1, number, content);

        CheckColumns(_valueCount - first, content, number);
        if (_pointCount == _lines.Length)
            Array.Resize(ref _lines, _lines.Length * 2);
        _lines[_pointCount++] = number;
        _texts?.Add(line);
    }

    private void AddValue(ReadOnlySpan<byte> field, int column, long line, ReadOnlySpan<byte> content)
    {
        var problem = NumberText.Parse(field, out var value);
        if (problem != NumberProblem.None)
            throw BadValue(field, problem, column, line, content);
        if (!options.AllowInfinity && double.IsInfinity(value))
        {
            throw new InputFormatException(
                source, line, $"column {column}: {Quote(field)} is not allowed here", "Give finite numbers only.");
        }

        if (_valueCount == _values.Length)
            Array.Resize(ref _values, _values.Length * 2);
        _values[_valueCount++] = value;
    }

    private void CheckColumns(int columns, ReadOnlySpan<byte> content, long line)
    {
        if (_columns == 0)
        {
            _columns = columns;
            _columnsLine = line;
        }
        else if (columns != _columns)
        {
            var model = _names is null ? $"as on line {_columnsLine}" : $"as the header on line {_columnsLine} names";
            throw new InputFormatException(
                source,
                line,
                $"read {columns} {(columns == 1 ? "column" : "columns")} ({Quote(content)}), expected {_columns} {model}",
                "Give every point the same number of values; separate data sets by a blank line.");
        }
    }

    private static byte FindSeparator(ReadOnlySpan<byte> content) =>
        content.Contains((byte)';') ? (byte)';'
        : content.Contains((byte)',') ? (byte)','
        : content.IndexOfAny((byte)' ', (byte)'\t') >= 0 ? WhiteSpace
        : NoSeparator;

    /// <summary>The first line with more than one value fixes the separator; a comma is never a decimal comma.</summary>
    private void CheckSeparator(byte separator, ReadOnlySpan<byte> content, long line)
    {
        string problem;
        if (separator == (byte)';' && content.Contains((byte)','))
            problem = $"both semicolons and commas ({Quote(content)})";
        else if (separator != NoSeparator && _separator != NoSeparator && separator != _separator)
            problem = $"values are separated by {NameOf(separator)} here ({Quote(content)}) but by {NameOf(_separator)} above";
        else
        {
            if (_separator == NoSeparator)
                _separator = separator;
            return;
        }

        throw new InputFormatException(
            source, line, problem, "Separate values in one way, and write decimals with a point: 0.5, not 0,5.");
    }

    private static string NameOf(byte separator) => separator switch
    {
        (byte)',' => "commas",
        (byte)';' => "semicolons",
        _ => "white space",
    };

    /// <summary>Takes the next field off the line; separated by a comma or semicolon, a field may be empty.</summary>
    private static bool TryTakeField(ref ReadOnlySpan<byte> rest, byte separator, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (rest.IsEmpty)
            return false;
        if (separator is WhiteSpace or NoSeparator)
        {
            var end = 0;
            while (end < rest.Length && rest[end] is not ((byte)' ' or (byte)'\t'))
                end++;
            field = rest[..end];
            while (end < rest.Length && rest[end] is (byte)' ' or (byte)'\t')
                end++;
            rest = rest[end..];
            return true;
        }

        var next = rest.IndexOf(separator);
        if (next < 0)
        {
            field = Trim(rest);
            rest = default;
        }
        else
        {
            field = Trim(rest[..next]);
            // A trailing separator leaves one empty field, which is refused as a value like any other empty field.
            rest = next + 1 < rest.Length ? rest[(next + 1)..] : " "u8;
        }

        return true;
    }

    /// <summary>Whether every field can be a name and none is a number, infinity or NaN.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> content, byte separator)
    {
        var rest = content;
        while (TryTakeField(ref rest, separator, out var field))
        {
            if (field.IsEmpty || !(char.IsAsciiLetter((char)field[0]) || field[0] is (byte)'_' or (byte)'"' or >= 0x80))
                return false;
            if (NumberText.Parse(field, out _) is NumberProblem.None or NumberProblem.NaN)
                return false;
        }

        return true;
    }

    private void ReadHeader(ReadOnlySpan<byte> content, byte separator, long line)
    {
        var names = new List<string>();
        var rest = content;
        while (TryTakeField(ref rest, separator, out var field))
        {
            var name = Encoding.UTF8.GetString(field);
            if (name.Length > 1 && name[0] == '"' && name[^1] == '"')
                name = name[1..^1];
            if (names.Contains(name))
            {
                throw new InputFormatException(
                    source, line, $"the header names two columns \"{name}\"", "Give every column its own name.");
            }

            names.Add(name);
        }

        _names = [.. names];
        _columns = names.Count;
        _columnsLine = line;
    }

    private InputFormatException BadValue(
        ReadOnlySpan<byte> field, NumberProblem problem, int column, long line, ReadOnlySpan<byte> content) => problem switch
        {
            NumberProblem.NaN => new InputFormatException(
                source,
                line,
                $"column {column}: {Quote(field)} is not a measurement",
                "Remove the line; a point with an unknown value cannot be compared."),
            NumberProblem.OutOfRange => new InputFormatException(
                source,
                line,
                $"column {column}: {Quote(field)} is beyond the range of a double",
                "The largest magnitude is about 1.8e308; write inf if infinity is meant."),
            _ when field.IsEmpty => new InputFormatException(
                source,
                line,
                $"column {column}: no value ({Quote(content)})",
                "Give every point the same number of values."),
            _ => new InputFormatException(
                source,
                line,
                $"column {column}: {Quote(field)} is not a number",
                "Write numbers such as 0.5, -3 or 1e-3; begin a comment with #."),
        };

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] is (byte)' ' or (byte)'\t')
            start++;
        while (end > start && text[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        return text[start..end];
    }

    /// <summary>Text in quotes for a message: limited in length, control characters made visible.</summary>
    private static string Quote(ReadOnlySpan<byte> text)
    {
        var builder = new StringBuilder("\"");
        foreach (var character in Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestQuote)]))
        {
            if (char.IsControl(character))
                builder.Append($"\\x{(int)character:X2}");
            else
                builder.Append(character);
        }

        return builder.Append(text.Length > LongestQuote ? "...\"" : "\"").ToString();
    }
}
