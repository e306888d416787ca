using System.Diagnostics;
using System.Globalization;
using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>
/// NSGA-II end to end, one thread: evaluations per second, and the hypervolume of the final population over several seeds,
/// beside pagmo's with the same settings.
/// </summary>
/// <remarks>
/// <para><c>nsga2 [--seeds N] [--peer FILE | --peer-command PROGRAM] [--markdown] [--smoke]</c>. A peer gives lines of problem,
/// settings, seed, evaluations, seconds, hypervolume (reference point 1.1 in each objective), separated by commas: read
/// from a file, or printed by <c>PROGRAM 1 SEED</c>, which is then run between our own runs of that seed. Without a peer,
/// recorded figures are shown.</para>
/// <para>A run is the whole of it, first population included; the time of our first runs, while the just-in-time compiler
/// works, is left out.</para>
/// </remarks>
internal static class Nsga2Benchmark
{
    private const double ReferenceValue = 1.1;

    private static readonly VariationOptions PagmoDefaults = new()
    {
        CrossoverProbability = 0.95,
        CrossoverDistributionIndex = 10,
        MutationProbability = 0.01,
        MutationDistributionIndex = 50,
    };

    // Both programs run with the settings of the paper and with pagmo's defaults; ours also with its finer truncation.
    private static readonly (string Name, string PeerName, Nsga2Options Options)[] Settings =
    [
        ("paper", "paper", new()),
        ("paper, one by one", "paper", new() { Truncation = CrowdingTruncation.OneByOne }),
        ("pagmo", "pagmo", new() { Variation = PagmoDefaults }),
        ("pagmo, one by one", "pagmo", new() { Variation = PagmoDefaults, Truncation = CrowdingTruncation.OneByOne }),
    ];

    private static readonly (TestProblem Problem, int Population, int Generations)[] Cases =
    [
        (new Zdt1(30), 100, 200),
        (new Dtlz2(3, 12), 200, 100),
    ];

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        if (!Options.TryParse(args, out var options)) return 2;

        var ours = new Dictionary<(string Problem, string Settings), Sample>();
        var peers = options.PeerFile is null ? [] : Sample.Read(File.ReadLines(options.PeerFile));
        foreach (var (problem, population, generations) in Cases)
        {
            foreach (var (settings, _, nsga2) in Settings)
            {
                ours[(problem.Name, settings)] = new Sample();
                for (var i = 0; i < options.WarmUps; i++) Measure(problem, nsga2 with { PopulationSize = population }, generations, 1);
            }
        }

        for (var seed = 1; seed <= options.Seeds; seed++)
        {
            if (options.PeerCommand is not null) Sample.Read(Output(options.PeerCommand, seed), peers);
            foreach (var (problem, population, generations) in Cases)
            {
                foreach (var (settings, _, nsga2) in Settings)
                    ours[(problem.Name, settings)].Add(Measure(problem, nsga2 with { PopulationSize = population }, generations, (ulong)seed));
            }
        }

        Print(ours, peers, options);
        return 0;
    }

    private static (double Speed, double Hypervolume) Measure(TestProblem problem, Nsga2Options options, int generations, ulong seed)
    {
        var termination = Termination.AfterGenerations(generations);
        var start = Stopwatch.GetTimestamp();
        var result = Minimize.Run(problem, Nsga2.For(problem, seed, options), termination);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] reference = [.. Enumerable.Repeat(ReferenceValue, problem.ObjectiveCount)];
        return (result.Evaluations / seconds, Hypervolume.Compute(result.Population.Objectives, problem.ObjectiveCount, reference));
    }

    private static string[] Output(string program, int seed)
    {
        var start = new ProcessStartInfo(program, ["1", seed.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Print(
        Dictionary<(string Problem, string Settings), Sample> ours, Dictionary<(string Problem, string Settings), Sample> peers, Options options)
    {
        Console.WriteLine($"NSGA-II, {options.Seeds} seeds: median evaluations/s; median (smallest, largest) hypervolume of the final population");
        string[] header = ["problem", "settings", "Vilfredo", "pagmo", "ratio", "Vilfredo hypervolume", "pagmo hypervolume"];
        var rows = new List<string[]> { header };
        foreach (var (problem, _, _) in Cases)
        {
            foreach (var (settings, peerSettings, _) in Settings)
            {
                var our = ours[(problem.Name, settings)];
                var peer = peers.GetValueOrDefault((problem.Name, peerSettings));
                var recorded = Recorded.GetValueOrDefault((problem.Name, peerSettings));
                var peerSpeed = peer?.Speed ?? recorded.Speed;
                rows.Add(
                [
                    problem.Name, settings, $"{our.Speed:N0}", $"{peerSpeed:N0}", $"{our.Speed / peerSpeed:F1}", our.Hypervolume,
                    peer?.Hypervolume ?? recorded.Hypervolume,
                ]);
            }
        }

        foreach (var row in rows)
        {
            Console.WriteLine(
                options.Markdown
                    ? $"| {string.Join(" | ", row)} |"
                    : $"{row[0],-8}{row[1],-20}{row[2],11}{row[3],11}{row[4],7}  {row[5],-26}{row[6]}");
            if (options.Markdown && row == header) Console.WriteLine("|---|---|--:|--:|--:|---|---|");
        }
    }

    /// <summary>
    /// Medians over 11 seeds of pagmo 2.18.0 (g++ 12.2 -O3 -march=native, libpagmo of Debian 12) on the machine of the project's
    /// published tables: 2 cores of an AMD EPYC with AVX-512.
    /// </summary>
    private static Dictionary<(string Problem, string Settings), (double Speed, string Hypervolume)> Recorded { get; } = new()
    {
        [("ZDT1", "paper")] = (157_878, "0.8683 (0.8672, 0.8690)"),
        [("ZDT1", "pagmo")] = (151_566, "0.8664 (0.8609, 0.8681)"),
        [("DTLZ2", "paper")] = (99_401, "0.7301 (0.7247, 0.7349)"),
        [("DTLZ2", "pagmo")] = (99_676, "0.7376 (0.7316, 0.7418)"),
    };

    /// <summary>Speed and hypervolume of the runs of one configuration.</summary>
    private sealed class Sample
    {
        private readonly List<double> speeds = [];
        private readonly List<double> hypervolumes = [];

        public double Speed => Median(speeds);

        public string Hypervolume => $"{Median(hypervolumes):F4} ({hypervolumes.Min():F4}, {hypervolumes.Max():F4})";

        public void Add((double Speed, double Hypervolume) run)
        {
            speeds.Add(run.Speed);
            hypervolumes.Add(run.Hypervolume);
        }

        public static Dictionary<(string Problem, string Settings), Sample> Read(
            IEnumerable<string> lines, Dictionary<(string Problem, string Settings), Sample>? into = null)
        {
            into ??= [];
            foreach (var cells in lines.Select(line => line.Split(',')).Where(cells => cells[0] != "problem"))
            {
                if (!into.TryGetValue((cells[0], cells[1]), out var sample)) into[(cells[0], cells[1])] = sample = new Sample();
                sample.Add((Number(cells[3]) / Number(cells[4]), Number(cells[5])));
            }

            return into;
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    /// <summary>The command line.</summary>
    private sealed record Options
    {
        public int Seeds { get; private set; } = 11;

        public int WarmUps { get; private set; } = 8;

        public string? PeerFile { get; private set; }

        public string? PeerCommand { get; private set; }

        public bool Markdown { get; private set; }

        public static bool TryParse(string[] args, out Options options)
        {
            options = new Options();
            for (var i = 0; i < args.Length; i++)
            {
                switch (args[i])
                {
                    case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], out var seeds) && seeds > 0:
                        options.Seeds = seeds;
                        i++;
                        break;
                    case "--peer" when i + 1 < args.Length:
                        options.PeerFile = args[++i];
                        break;
                    case "--peer-command" when i + 1 < args.Length:
                        options.PeerCommand = args[++i];
                        break;
                    case "--markdown":
                        options.Markdown = true;
                        break;
                    case "--smoke":
                        (options.Seeds, options.WarmUps) = (2, 1);
                        break;
                    default:
                        Console.Error.WriteLine(
                            $"unknown argument '{args[i]}'; usage: nsga2 [--seeds N] [--peer FILE | --peer-command PROGRAM] [--markdown] [--smoke]");
                        return false;
                }
            }

            return true;
        }
    }
}
