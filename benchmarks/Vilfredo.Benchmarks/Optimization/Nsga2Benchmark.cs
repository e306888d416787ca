using System.Diagnostics;
using System.Globalization;
using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>
/// NSGA-II end to end, one thread: evaluations per second, and the hypervolume of the final population over several seeds,
/// beside pagmo's.
/// </summary>
/// <remarks>
/// <c>nsga2 [--seeds N] [--peer FILE] [--markdown]</c>. The peer's file has the columns problem, settings, seed,
/// evaluations, seconds, hypervolume (the same reference point and settings); without one, recorded figures are shown.
/// </remarks>
internal static class Nsga2Benchmark
{
    private static readonly VariationOptions PagmoDefaults = new()
    {
        CrossoverProbability = 0.95,
        CrossoverDistributionIndex = 10,
        MutationProbability = 0.01,
        MutationDistributionIndex = 50,
    };

    // Both programs run with the settings of the paper and with pagmo's defaults; ours also with its finer truncation.
    private static readonly (string Name, string PeerSettings, Nsga2Options Options)[] Settings =
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

    // pagmo 2.18.0, g++ -O3 -march=native, on the project's reference machine (2 cores of an AMD EPYC with AVX-512).
    private static readonly Peer[] Recorded =
    [
    ];

    public static int Run(string[] args)
    {
        var seeds = 11;
        var markdown = false;
        string? peerFile = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seeds" when i + 1 < args.Length:
                    seeds = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--peer" when i + 1 < args.Length:
                    peerFile = args[++i];
                    break;
                case "--markdown":
                    markdown = true;
                    break;
                default:
                    Console.Error.WriteLine($"Unknown argument '{args[i]}'. Usage: nsga2 [--seeds N] [--peer FILE] [--markdown]");
                    return 2;
            }
        }

        var peers = peerFile is null ? Recorded : ReadPeers(peerFile);
        Console.WriteLine(
            markdown
                ? "| problem | settings | Vilfredo evaluations/s | pagmo evaluations/s | ratio | Vilfredo hypervolume (median, min, max) | pagmo hypervolume |\n|---|---|--:|--:|--:|--:|--:|"
                : $"{"problem",-8}{"settings",-20}{"eval/s",12}{"pagmo",12}{"ratio",8}  {"hypervolume (median, min, max)",-34}{"pagmo",-30}");
        foreach (var (problem, population, generations) in Cases)
        {
            foreach (var (settings, peerSettings, options) in Settings)
            {
                var ours = Measure(problem, settings, options with { PopulationSize = population }, generations, seeds);
                Print(ours, Array.Find(peers, p => p.Problem == problem.Name && p.Settings == peerSettings), markdown);
            }
        }

        return 0;
    }

    private static Peer Measure(TestProblem problem, string settings, Nsga2Options options, int generations, int seeds)
    {
        var termination = Termination.AfterEvaluations((long)options.PopulationSize * generations);
        double[] reference = [.. Enumerable.Repeat(1.1, problem.ObjectiveCount)];

        // Until the just-in-time compiler has settled.
        for (var i = 0; i < 5; i++) Minimize.Run(problem, Nsga2.For(problem, 1, options), termination);

        var speeds = new double[seeds];
        var hypervolumes = new double[seeds];
        for (var seed = 1; seed <= seeds; seed++)
        {
            var watch = Stopwatch.StartNew();
            var result = Minimize.Run(problem, Nsga2.For(problem, (ulong)seed, options), termination);
            speeds[seed - 1] = result.Evaluations / watch.Elapsed.TotalSeconds;
            hypervolumes[seed - 1] = Hypervolume.Compute(result.Population.Objectives, problem.ObjectiveCount, reference);
        }

        return new(problem.Name, settings, Spread.Of(speeds), Spread.Of(hypervolumes));
    }

    private static void Print(Peer ours, Peer? peer, bool markdown)
    {
        var ratio = peer is null ? "" : $"{ours.Speed.Median / peer.Speed.Median:F1}";
        var speed = $"{ours.Speed.Median:N0}";
        var peerSpeed = peer is null ? "" : $"{peer.Speed.Median:N0}";
        Console.WriteLine(
            markdown
                ? $"| {ours.Problem} | {ours.Settings} | {speed} | {peerSpeed} | {ratio} | {ours.Hypervolume} | {peer?.Hypervolume} |"
                : $"{ours.Problem,-8}{ours.Settings,-20}{speed,12}{peerSpeed,12}{ratio,8}  {ours.Hypervolume,-34}{peer?.Hypervolume,-30}");
    }

    private static Peer[] ReadPeers(string file) =>
    [
        .. File.ReadLines(file)
            .Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(cells => (Problem: cells[0], Settings: cells[1]))
            .Select(rows => new Peer(
                rows.Key.Problem,
                rows.Key.Settings,
                Spread.Of([.. rows.Select(cells => Number(cells[3]) / Number(cells[4]))]),
                Spread.Of([.. rows.Select(cells => Number(cells[5]))]))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Peer(string Problem, string Settings, Spread Speed, Spread Hypervolume);

    private readonly record struct Spread(double Median, double Minimum, double Maximum)
    {
        public static Spread Of(double[] values)
        {
            Array.Sort(values);
            return new(values[values.Length / 2], values[0], values[^1]);
        }

        public override string ToString() => $"{Median:F4} ({Minimum:F4}, {Maximum:F4})";
    }
}
