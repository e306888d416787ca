using System.Text;

namespace Vilfredo.IO;

/// <summary>Reads comma-separated values record by record, as RFC 4180 defines them.</summary>
/// <remarks>
/// Fields in double quotes may hold separators, line ends and doubled quotes. Lines end in LF, CRLF or CR; blank lines are
/// skipped. A quote inside a field that does not begin with one is an ordinary character. Unless a separator is given, it
/// is the first comma, semicolon or tab outside quotes in the first record.
/// </remarks>
public sealed class CsvReader : IDisposable
{
    private const int EndOfText = -1;

    private readonly TextReader _reader;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private char? _separator;
    private long _nextLine = 1;

    /// <summary>Reads from a text reader, which is disposed with this reader.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="separator">The separator of fields; found from the first record when <see langword="null"/>.</param>
    public CsvReader(TextReader reader, string source, char? separator = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        _reader = reader;
        Source = source;
        _separator = separator;
    }

    /// <summary>What the text is called in messages.</summary>
    public string Source { get; }

    /// <summary>The separator of fields; a comma until the first record shows another.</summary>
    public char Separator => _separator ?? ',';

    /// <summary>The line on which the record that was read last begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The fields of the record that was read last.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Opens a file, or standard input when <paramref name="path"/> is <c>-</c>.</summary>
    /// <param name="path">The path of the file; UTF-8 unless a byte order mark says otherwise.</param>
    /// <param name="separator">The separator of fields; found from the first record when <see langword="null"/>.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a directory.</exception>
    public static CsvReader Open(string path, char? separator = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path == PointFile.StandardInput
            ? new CsvReader(new StreamReader(Console.OpenStandardInput()), "standard input", separator)
            : new CsvReader(new StreamReader(path), path, separator);
    }

    /// <summary>Reads the next record into <see cref="Fields"/>.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="InputFormatException">A quoted field is not closed, or text follows its closing quote.</exception>
    public bool Read()
    {
        _fields.Clear();
        while (_reader.Peek() is '\r' or '\n')
            SkipLineEnd(_reader.Read());
        if (_reader.Peek() == EndOfText)
            return false;

        Line = _nextLine;
        while (ReadField())
        {
        }

        _separator ??= ',';
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>Reads one field and what ends it; false when that was the end of the record.</summary>
    private bool ReadField()
    {
        _field.Clear();
        var next = _reader.Read();
        if (next == '"')
        {
            ReadQuoted();
            next = _reader.Read();
            if (!EndsField(next))
            {
                throw new InputFormatException(
                    Source,
                    _nextLine,
                    $"\"{(char)next}\" follows the closing quote of field {_fields.Count + 1}",
                    "Double the quotes inside a quoted field: \"\".");
            }
        }

        for (; !EndsField(next); next = _reader.Read())
            _field.Append((char)next);

        _fields.Add(_field.ToString());
        if (next == EndOfText)
            return false;
        if (next is not ('\r' or '\n'))
            return true;
        SkipLineEnd(next);
        return false;
    }

    private void ReadQuoted()
    {
        var opened = _nextLine;
        while (true)
        {
            var next = _reader.Read();
            switch (next)
            {
                case EndOfText:
                    throw new InputFormatException(
                        Source, opened, $"the quote of field {_fields.Count + 1} is never closed", "Close it with \".");
                case '"' when _reader.Peek() != '"':
                    return;
                case '"':
                    _reader.Read();
                    break;
                case '\n':
                    _nextLine++;
                    break;
            }

            _field.Append((char)next);
        }
    }

    private bool EndsField(int character)
    {
        if (_separator is null && character is ',' or ';' or '\t')
            _separator = (char)character;
        return character is EndOfText or '\n' or '\r' || character == _separator;
    }

    private void SkipLineEnd(int first)
    {
        if (first == '\r' && _reader.Peek() == '\n')
            _reader.Read();
        _nextLine++;
    }
}
