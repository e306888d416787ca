namespace Vilfredo.Benchmarks.Optimization;

/// <summary>Rows of cells, printed in columns or as a table in Markdown.</summary>
internal sealed class MarkdownTable(string[] header, bool asMarkdown)
{
    private readonly List<string[]> rows = [header];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Print()
    {
        var widths = Enumerable.Range(0, header.Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = rows[i].Select((cell, c) => cell.PadRight(widths[c]));
            Console.WriteLine(asMarkdown ? $"| {string.Join(" | ", rows[i])} |" : string.Join("  ", cells).TrimEnd());
            if (asMarkdown && i == 0) Console.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", widths.Length)));
        }
    }
}
