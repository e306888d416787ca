using System.Globalization;
using Vilfredo.IO;

namespace Vilfredo.Measurement.Input;

/// <summary>Records of a CSV file whose first line names the columns; what is wrong is said with file and line.</summary>
internal sealed class HeaderedCsv
{
    private readonly CsvReader reader;
    private readonly string[] header;

    public HeaderedCsv(CsvReader reader)
    {
        this.reader = reader;
        if (!reader.Read()) throw new InputFormatException(reader.Source, 1, "the file is empty", "The first line names the columns.");
        header = [.. reader.Fields.Select(field => field.Trim())];
        if (header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Problem($"two columns are named \"{twice.Key}\"", "Give every column its own name.");
    }

    public bool Has(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (!header.Contains(column)) return false;
        return true;
    }

    public void Require(params string[] columns)
    {
        foreach (var column in columns.Where(column => !header.Contains(column)))
            throw Problem($"there is no column \"{column}\"", $"Needed are {string.Join(", ", columns)}; the file has {string.Join(", ", header)}.");
    }

    public bool Read()
    {
        if (!reader.Read()) return false;
        if (reader.Fields.Count != header.Length)
            throw Problem($"read {reader.Fields.Count} fields, expected {header.Length} as in the header", "Put fields that contain the separator in double quotes.");
        return true;
    }

    public string Text(string column) => Untrimmed(column).Trim();

    public string Untrimmed(string column) => reader.Fields[Array.IndexOf(header, column)];

    public double Number(string column)
    {
        var text = Text(column);
        return NumberText.Parse(text, out var value) == NumberProblem.None && double.IsFinite(value)
            ? value
            : throw Problem(text.Length == 0 ? $"{column}: no value" : $"{column}: \"{text}\" is not a finite number");
    }

    public int Integer(string column)
    {
        var text = Text(column);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Problem(text.Length == 0 ? $"{column}: no value" : $"{column}: \"{text}\" is not a whole number");
    }

    public DateOnly Date(string column)
    {
        var text = Text(column);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Problem($"{column}: \"{text}\" is not a date", "Write dates as 2026-08-28.");
    }

    /// <summary>Passes the values of the record on; what the library says of them is a problem of the record.</summary>
    public T Checked<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException error)
        {
            throw Problem(ArgumentMessages.FirstSentence(error));
        }
    }

    public InputFormatException Problem(string problem, string? mend = null) => new(reader.Source, Math.Max(1, reader.Line), problem, mend);
}
