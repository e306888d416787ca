using System.Globalization;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>The command line of <see cref="QualityBenchmark"/>.</summary>
internal sealed record QualityOptions
{
    public int Seeds { get; private set; } = 31;

    public string[]? Algorithms { get; private set; }

    public string[]? Problems { get; private set; }

    public string? Runs { get; private set; }

    public string? Record { get; private set; }

    public bool Markdown { get; private set; }

    public static bool TryParse(string[] args, out QualityOptions options)
    {
        options = new QualityOptions();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seeds) && seeds > 0:
                    options.Seeds = seeds;
                    i++;
                    break;
                case "--algorithms" when i + 1 < args.Length:
                    options.Algorithms = args[++i].Split(',');
                    break;
                case "--problems" when i + 1 < args.Length:
                    options.Problems = args[++i].Split(',');
                    break;
                case "--runs" when i + 1 < args.Length:
                    options.Runs = args[++i];
                    break;
                case "--record" when i + 1 < args.Length:
                    options.Record = args[++i];
                    break;
                case "--markdown":
                    options.Markdown = true;
                    break;
                case "--smoke":
                    (options.Seeds, options.Algorithms, options.Problems) = (2, ["nsga2"], ["ZDT1"]);
                    break;
                default:
                    Console.Error.WriteLine(
                        $"unknown argument '{args[i]}'; usage: quality [--seeds N] [--algorithms NAME,NAME] [--problems NAME,NAME] [--runs FILE [--record FILE]] [--markdown] [--smoke]");
                    return false;
            }
        }

        return true;
    }
}
