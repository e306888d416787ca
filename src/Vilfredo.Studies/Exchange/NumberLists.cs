using Vilfredo.IO;

namespace Vilfredo.Studies;

/// <summary>Rows of numbers within one cell: values separated by blanks, rows by semicolons.</summary>
internal static class NumberLists
{
    /// <summary>The rows as text that reads back to the last bit.</summary>
    public static string Format(double[][] rows) =>
        string.Join("; ", rows.Select(r => string.Join(' ', r.Select(NumberText.Format))));

    /// <summary>Reads the rows back.</summary>
    /// <exception cref="FormatException">A part is not a number.</exception>
    public static double[][] Parse(string text) =>
    [
        .. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(row =>
            row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()),
    ];

    private static double Number(string text) => NumberText.Parse(text, out var value) == NumberProblem.None
        ? value
        : throw new FormatException($"'{text}' is not a number.");
}
