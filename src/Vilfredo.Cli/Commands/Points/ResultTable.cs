using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>A CSV file with a header: some columns are objectives, the others are carried along.</summary>
internal sealed class ResultTable
{
    // What programs write when there is no value.
    private static readonly string[] Missing = ["", "nan", "na", "n/a", "null", "none"];

    private ResultTable(string source, string[] header, IReadOnlyList<ObjectiveColumn> objectives)
    {
        Source = source;
        Header = header;
        Objectives = objectives;
    }

    /// <summary>A row that has a value for every objective.</summary>
    /// <param name="Line">The line of the file it begins on.</param>
    /// <param name="Fields">All fields as they are in the file.</param>
    internal sealed record Row(long Line, string[] Fields);

    /// <summary>One objective of the table.</summary>
    /// <param name="Objective">Name and direction.</param>
    /// <param name="Index">The column it is in, from 0.</param>
    internal sealed record ObjectiveColumn(Objective Objective, int Index);

    /// <summary>The file's path as given.</summary>
    public string Source { get; }

    /// <summary>The names of all columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The objectives in the order of the options.</summary>
    public IReadOnlyList<ObjectiveColumn> Objectives { get; }

    /// <summary>The columns that are not objectives, from 0.</summary>
    public IEnumerable<int> Knobs =>
        Enumerable.Range(0, Header.Count).Where(column => Objectives.All(objective => objective.Index != column));

    /// <summary>The rows with all objectives, in the order of the file.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>The lines of the rows that lack the value of an objective.</summary>
    public List<long> SkippedLines { get; } = [];

    /// <summary>Row-major objective values of <see cref="Rows"/>, in the user's direction.</summary>
    public List<double> Values { get; } = [];

    /// <summary>The values turned so that all objectives are minimised.</summary>
    public double[] Minimised()
    {
        var minimised = new double[Values.Count];
        for (var i = 0; i < minimised.Length; i++)
            minimised[i] = Objectives[i % Objectives.Count].Objective.ToMinimization(Values[i]);
        return minimised;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="objectives">Names and directions of the objectives.</param>
    /// <param name="strict">Whether a row without a value is an error.</param>
    /// <exception cref="UserErrorException">The file cannot be read, or lacks the columns.</exception>
    /// <exception cref="InputFormatException">A row is malformed.</exception>
    public static ResultTable Read(string path, IReadOnlyList<Objective> objectives, bool strict) =>
        InputFile.Open(path, name =>
        {
            using var csv = CsvReader.Open(name);
            if (!csv.Read())
                throw new UserErrorException($"{csv.Source}: the file is empty", "The first line names the columns.");
            string[] header = [.. csv.Fields.Select(field => field.Trim())];
            if (header.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw new InputFormatException(
                    csv.Source, csv.Line, $"two columns are named \"{twice.Key}\"", "Give every column its own name.");
            }

            var columns = objectives.Select(objective => new ObjectiveColumn(objective, Find(objective.Name, header, csv.Source)));
            var table = new ResultTable(csv.Source, header, columns.ToList());
            while (csv.Read())
                table.Add(csv, strict);
            return table;
        });

    private void Add(CsvReader csv, bool strict)
    {
        if (csv.Fields.Count != Header.Count)
        {
            throw new InputFormatException(
                csv.Source,
                csv.Line,
                $"read {csv.Fields.Count} fields, expected {Header.Count} as in the header",
                "Put fields that contain the separator in double quotes.");
        }

        var first = Values.Count;
        foreach (var column in Objectives)
        {
            var text = csv.Fields[column.Index].Trim();
            if (!Missing.Contains(text, StringComparer.OrdinalIgnoreCase) || strict)
            {
                Values.Add(Number(text, csv, column.Objective.Name));
                continue;
            }

            Values.RemoveRange(first, Values.Count - first);
            SkippedLines.Add(csv.Line);
            return;
        }

        Rows.Add(new Row(csv.Line, [.. csv.Fields]));
    }

    private static double Number(string text, CsvReader csv, string column)
    {
        var problem = NumberText.Parse(text, out var value);
        if (problem == NumberProblem.None && double.IsFinite(value))
            return value;
        throw new InputFormatException(
            csv.Source,
            csv.Line,
            text.Length == 0 ? $"{column}: no value" : $"{column}: \"{text}\" is not a finite number",
            "Write a number, or leave the field empty where there is no measurement.");
    }

    private static int Find(string name, string[] header, string source)
    {
        var index = Array.IndexOf(header, name);
        if (index >= 0)
            return index;
        var near = Suggestion.For(name, header);
        var known = $"The columns are: {string.Join(", ", header)}.";
        throw new UserErrorException($"{source} has no column \"{name}\"", near is null ? known : $"{near} {known}");
    }
}
