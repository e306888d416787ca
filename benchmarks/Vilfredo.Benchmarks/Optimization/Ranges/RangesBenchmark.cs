using System.Globalization;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>The ideal and nadir points of problems whose front has no closed form, as far as long searches find them.</summary>
/// <remarks>
/// <c>ranges [--problems NAME,NAME] [--evaluations N] [--seeds N] [--markdown] [--smoke]</c>: for each seed NSGA-II (and GDE3, for variables that are numbers)
/// over the whole front and, from three objectives on, over all objectives but one; GDE3 or NSGA-II on each objective alone; with so many evaluations each. What is
/// printed is the range of the feasible non-dominated points of all together.
/// </remarks>
internal static class RangesBenchmark
{
    private static readonly string[] Computed =
        ["WeldedBeam", "CRE21", "CRE22", "CRE23", "CRE24", "CRE25", "CRE31", "CRE32", "CRE51", "Knapsack", "TravelingSalesman", "NK"];

    /// <summary>Runs the searches; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        var (names, evaluations, seeds, markdown) = (Computed, 300_000, 5, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--problems" when i + 1 < args.Length:
                    names = args[++i].Split(',');
                    break;
                case "--evaluations" when i + 1 < args.Length && TryCount(args[i + 1], out evaluations):
                case "--seeds" when i + 1 < args.Length && TryCount(args[i + 1], out seeds):
                    i++;
                    break;
                case "--markdown":
                    markdown = true;
                    break;
                case "--smoke":
                    (names, evaluations, seeds) = (["CRE23"], 3_000, 1);
                    break;
                default:
                    Console.Error.WriteLine($"unknown argument '{args[i]}'; usage: ranges [--problems NAME,NAME] [--evaluations N] [--seeds N] [--markdown] [--smoke]");
                    return 2;
            }
        }

        Console.WriteLine($"Ranges of the feasible non-dominated points of {seeds} seeds, {evaluations} evaluations a search");
        var table = new MarkdownTable(["problem", "points", "ideal", "nadir"], markdown);
        foreach (var name in names)
        {
            Console.Error.WriteLine(name);
            var range = new FrontRange(TestProblems.Named(name), evaluations);
            for (var seed = 1; seed <= seeds; seed++) range.Search((ulong)seed);
            table.Add(name, range.Count.ToString(CultureInfo.InvariantCulture), range.Ideal(), range.Nadir());
        }

        table.Print();
        return 0;
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
