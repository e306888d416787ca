using Spectre.Console;

namespace Vilfredo.Cli.Output;

/// <summary>
/// A table for people: with borders and colour on a terminal, as aligned columns without borders or wrapping when
/// standard output is redirected.
/// </summary>
/// <param name="columns">The columns from left to right.</param>
internal sealed class TextTable(params TextTable.Column[] columns)
{
    private readonly List<(IReadOnlyList<string> Cells, bool Emphasized)> _rows = [];

    /// <summary>How a column is shown.</summary>
    /// <param name="Title">The head of the column.</param>
    /// <param name="IsNumeric">Whether its cells are aligned to the right.</param>
    internal sealed record Column(string Title, bool IsNumeric = false);

    /// <summary>A line above the table, or <see langword="null"/>.</summary>
    public string? Title { get; init; }

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(IReadOnlyList<string> cells, bool emphasized = false) => _rows.Add((cells, emphasized));

    /// <summary>Writes the table to standard output.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.IsInteractive)
            terminal.Write(Render());
        else
            WritePlain(terminal.Output);
    }

    /// <summary>Writes the table to standard error, in the same two forms.</summary>
    public void WriteError(Terminal terminal)
    {
        if (terminal.ErrorIsInteractive)
            terminal.ErrorConsole.Write(Render());
        else
            WritePlain(terminal.Error);
    }

    private Table Render()
    {
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        if (Title is not null)
            table.Title = new TableTitle(Markup.Escape(Title), new Style(decoration: Decoration.Bold));
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(Color.Aqua)))
            {
                Alignment = column.IsNumeric ? Justify.Right : Justify.Left,
                NoWrap = column.IsNumeric,
            });
        }

        foreach (var (cells, emphasized) in _rows)
        {
            var style = emphasized ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(cells.Select(cell => new Text(cell, style)));
        }

        return table;
    }

    private void WritePlain(TextWriter output)
    {
        if (Title is not null)
            output.WriteLine(Title);
        var widths = columns
            .Select((column, i) => Math.Max(column.Title.Length, _rows.Max(row => (int?)row.Cells[i].Length) ?? 0))
            .ToArray();
        WriteLine(columns.Select(column => column.Title).ToArray());
        foreach (var (cells, _) in _rows)
            WriteLine(cells);

        void WriteLine(IReadOnlyList<string> cells)
        {
            var padded = cells.Select((cell, i) => columns[i].IsNumeric ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            output.WriteLine(string.Join("  ", padded).TrimEnd());
        }
    }
}
