using System.Globalization;
using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>
/// The problems of ENAMEL (arXiv 2406.06647) as CSV: either the benchmark's own file, whose column input_levels holds the sizes, or
/// one with columns size_level0, size_level1, … and, if wanted, in_enamel_set.
/// </summary>
public static class EnamelProblemFile
{
    /// <summary>Reads the problems.</summary>
    /// <param name="reader">The records; the first one names the columns.</param>
    /// <exception cref="InputFormatException">A column is missing, a record is wrong, or two have the same name.</exception>
    public static IReadOnlyList<CodeProblem> Read(CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        csv.Require("task_id", "entry_point");
        var levels = 0;
        while (csv.Has($"size_level{levels}")) levels++;
        if (levels == 0) csv.Require("task_id", "entry_point", "input_levels");
        List<CodeProblem> problems = [];
        HashSet<string> names = [];
        while (csv.Read())
        {
            var id = csv.Text("task_id");
            if (!names.Add(id)) throw csv.Problem($"task_id: \"{id}\" comes a second time");
            var sizes = levels > 0
                ? [.. Enumerable.Range(0, levels).Select(level => Size(csv, csv.Text($"size_level{level}")))]
                : csv.Text("input_levels").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Size(csv, text)).ToArray();
            if (sizes.Length == 0) throw csv.Problem("input_levels: no sizes", "Give one size per level, separated by spaces.");
            problems.Add(new CodeProblem(id, csv.Has("prompt") ? csv.Untrimmed("prompt") : "", "python")
            {
                EntryPoint = csv.Text("entry_point"),
                CanonicalSolution = csv.Has("reference_solution") ? csv.Untrimmed("reference_solution") : null,
                LevelSizes = sizes,
                IsCounted = !csv.Has("in_enamel_set") || csv.Integer("in_enamel_set") != 0,
            });
        }

        return problems;
    }

    private static long Size(HeaderedCsv csv, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw csv.Problem($"\"{text}\" is not a size", "Sizes are whole numbers above 0.");
}
