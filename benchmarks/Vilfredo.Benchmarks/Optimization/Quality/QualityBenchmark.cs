using Vilfredo.Statistics;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>What evolutionary algorithms find beside pymoo's with the same population and generations: the hypervolume of the final population.</summary>
/// <remarks>
/// <para><c>quality [--seeds N] [--algorithms NAME,NAME] [--problems NAME,NAME] [--runs FILE [--record FILE]] [--markdown] [--smoke]</c>.</para>
/// <para>pymoo's figures are recorded in <c>pymoo.csv</c>. <c>--runs</c> takes what <c>pymoo_runs.py</c> printed instead, and
/// <c>--record</c> writes its hypervolumes to such a file.</para>
/// </remarks>
internal static class QualityBenchmark
{
    private const double Tolerance = 0.005;

    private static readonly string[] Header =
    [
        "problem", "algorithm", "Vilfredo, pymoo's settings", "Vilfredo, defaults", "pymoo", "ratio", "verdict", "ratio of defaults", "verdict of defaults", "speed, times pymoo's",
    ];

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        if (!QualityOptions.TryParse(args, out var options)) return 2;
        var peers = options.Runs is null ? PymooRuns.Read(Path.Combine(AppContext.BaseDirectory, "Optimization", "Quality", "pymoo.csv")) : PymooRuns.Measure(options.Runs);
        if (options.Record is not null) PymooRuns.Write(options.Record, peers);
        Console.Error.WriteLine(options.Runs is null ? "pymoo's figures are the recorded ones; --runs FILE takes new ones." : $"pymoo's figures are those of {options.Runs}.");

        Console.WriteLine($"Hypervolume of the final population, median (quartiles): {options.Seeds} seeds of ours, of pymoo as many as stand before its figures");
        var table = new MarkdownTable(Header, options.Markdown);
        var (misses, missesOfDefaults, count) = (0, 0, 0);
        foreach (var algorithm in QualityAlgorithm.All.Where(a => options.Algorithms is null || options.Algorithms.Contains(a.Name)))
        {
            foreach (var quality in QualityCase.All.Where(c => options.Problems is null || options.Problems.Contains(c.Name)))
            {
                if (peers.FirstOrDefault(r => r.Problem == quality.Name && r.Algorithm == algorithm.Name) is not { } peer) continue;
                Console.Error.WriteLine($"{quality.Name}, {algorithm.Name}");
                var (asPeer, speed) = Measure(quality, algorithm, true, options.Seeds);
                var (defaults, _) = Measure(quality, algorithm, false, options.Seeds);
                var (verdict, verdictOfDefaults) = (Verdict(asPeer, peer.Volumes), Verdict(defaults, peer.Volumes));
                count++;
                if (verdict != Holds) misses++;
                if (verdictOfDefaults != Holds) missesOfDefaults++;
                table.Add(
                    quality.Name, algorithm.Name, Summary(asPeer), Summary(defaults), $"{peer.Volumes.Length}: {Summary(peer.Volumes)}",
                    Ratio(asPeer, peer.Volumes), verdict, Ratio(defaults, peer.Volumes), verdictOfDefaults, $"{speed / (peer.Evaluations / peer.Seconds):F0}");
            }
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine($"Of {count} medians, {count - misses} are at least pymoo's less {Tolerance:P1} with its settings, {count - missesOfDefaults} with our defaults.");
        return 0;
    }

    private const string Holds = "holds";

    // Speed is evaluations per second of processor time over all seeds, as pymoo's is.
    private static (double[] Volumes, double Speed) Measure(QualityCase quality, QualityAlgorithm algorithm, bool asPeer, int seeds)
    {
        quality.Run(algorithm, asPeer, 1); // for the just-in-time compiler
        var (volumes, evaluations) = (new double[seeds], 0L);
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < seeds; i++)
        {
            (volumes[i], var count) = quality.Run(algorithm, asPeer, (ulong)(i + 1));
            evaluations += count;
        }

        return (volumes, evaluations / (Environment.CpuUsage.TotalTime - start).TotalSeconds);
    }

    // A miss says how likely such a difference is if both programs are the same.
    private static string Verdict(double[] ours, double[] peer) => Descriptive.Median(ours) >= (1 - Tolerance) * Descriptive.Median(peer)
        ? Holds
        : $"below, p {MannWhitney.Test(ours, peer).PValue:F3}";

    private static string Ratio(double[] ours, double[] peer) => $"{Descriptive.Median(ours) / Descriptive.Median(peer):F4}";

    private static string Summary(double[] volumes) =>
        $"{Descriptive.Median(volumes):F4} ({Descriptive.Quantile(volumes, 0.25):F4}, {Descriptive.Quantile(volumes, 0.75):F4})";
}
