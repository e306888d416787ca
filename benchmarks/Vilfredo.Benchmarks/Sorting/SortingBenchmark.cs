using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vilfredo.Sorting;

namespace Vilfredo.Benchmarks.Sorting;

/// <summary>
/// Non-dominated sorting beside moocore, the same points in the same process, runs of both in turn, medians; then the
/// throughput of the filter, the crowding distance and the archives, which have no peer that can be called.
/// </summary>
public static class SortingBenchmark
{
    private const int SampleValues = 100_000;

    private static readonly (string Shape, int Objectives, int Count)[] Cases =
    [
        ("uniform", 2, 200_000), ("uniform", 3, 20_000), ("uniform", 4, 5_000), ("uniform", 6, 5_000), ("uniform", 10, 5_000),
        ("uniform", 2, 200), ("uniform", 2, 400), ("uniform", 3, 200), ("uniform", 3, 400), ("uniform", 5, 400),
        ("integers", 2, 200_000), ("integers", 3, 20_000), ("integers", 4, 5_000),
        ("front", 2, 200_000), ("front", 3, 20_000), ("front", 4, 5_000), ("front", 10, 5_000),
        ("chain", 2, 20_000), ("chain", 3, 2_000), ("uniform", 3, 200_000), ("uniform", 4, 50_000),
    ];

    /// <summary>
    /// moocore's time in ms on uniform points, for machines without it: moocore 0.20, GCC 12 -O3 -march=native, on a 2-core
    /// AMD EPYC (Zen 4).
    /// </summary>
    private static readonly Dictionary<(int Objectives, int Count), double> Recorded = new()
    {
        [(2, 200_000)] = 58,
        [(3, 20_000)] = 28,
        [(4, 5_000)] = 13,
        [(6, 5_000)] = 17,
        [(10, 5_000)] = 15,
    };

    /// <summary>
    /// Runs the benchmark. Arguments: <c>--markdown</c> prints tables for the documentation, <c>--quick</c> measures each
    /// case for a fifth of the time, <c>--smoke</c> for one run only.
    /// </summary>
    /// <returns>0, or 1 when ranks differ from the peer's.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var markdown = args.Contains("--markdown");
        var budget = TimeSpan.FromSeconds(args.Contains("--smoke") ? 0 : args.Contains("--quick") ? 0.4 : 2);
        var peer = SortingPeer.Load();

        Console.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {Machine()}, "
            + $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors; "
            + $"{DateTime.UtcNow:yyyy-MM-dd}. Medians of interleaved runs, one thread.");
        Console.WriteLine("Command: `dotnet run -c Release --project benchmarks/Vilfredo.Benchmarks -- sorting " + string.Join(' ', args) + "`");
        Console.WriteLine();

        Header(markdown, "points", "objectives", "count", "fronts", "Vilfredo [ms]", "moocore [ms]", "ratio", "");
        var agree = true;
        foreach (var (shape, objectives, count) in Cases)
            agree &= MeasureRanks(shape, objectives, count, peer, budget, markdown);

        Console.WriteLine();
        Header(markdown, "operation", "objectives", "count", "result", "time [ms]", "points per second");
        foreach (var row in Throughput.Measure(budget))
            Row(markdown, row);

        if (!agree)
            Console.Error.WriteLine("Ranks differ: see the lines marked DIFFERS.");
        return agree ? 0 : 1;
    }

    private static bool MeasureRanks(
        string shape, int objectives, int count, SortingPeer? peer, TimeSpan budget, bool markdown)
    {
        // Small sets are sorted many different ones in turn: of a single one the branch predictor would learn the outcome of
        // every comparison by heart, which no optimizer's population grants.
        var sets = Enumerable.Range(0, Math.Max(1, SampleValues / (objectives * count)))
            .Select(stream => SortingPoints.Create(shape, objectives, count, stream)).ToArray();
        int[] ours = new int[count], theirs = new int[count];
        var sorter = new NonDominatedSorter();
        var timing = Timing.Interleaved(
            budget,
            () =>
            {
                foreach (var points in sets)
                    sorter.Rank(points, objectives, ours);
            },
            peer is null ? null : () =>
            {
                foreach (var points in sets)
                    peer.Rank(points, objectives, theirs);
            });

        var agree = peer is null || ours.AsSpan().SequenceEqual(theirs);
        var (own, other) = (timing.First / sets.Length, timing.Second / sets.Length);
        var note = agree ? "" : "DIFFERS";
        if (peer is null && shape == "uniform" && Recorded.TryGetValue((objectives, count), out var recorded))
            (other, note) = (recorded, "recorded");
        Row(
            markdown,
            shape, $"{objectives}", $"{count:N0}", $"{sorter.FrontCount:N0}", Format(own),
            double.IsNaN(other) ? "-" : Format(other), double.IsNaN(other) ? "-" : $"{own / other:0.000}", note);
        return agree;
    }

    private static void Header(bool markdown, params string[] cells)
    {
        Row(markdown, cells);
        if (markdown)
            Console.WriteLine("|---" + string.Concat(Enumerable.Repeat("|--:", cells.Length - 1)) + "|");
    }

    private static void Row(bool markdown, params string[] cells) =>
        Console.WriteLine(markdown ? $"| {string.Join(" | ", cells)} |" : string.Concat(cells.Select(cell => cell.PadRight(16))).TrimEnd());

    internal static string Format(double milliseconds) => milliseconds switch
    {
        < 0.1 => milliseconds.ToString("0.00000", CultureInfo.InvariantCulture),
        < 10 => milliseconds.ToString("0.000", CultureInfo.InvariantCulture),
        _ => milliseconds.ToString("0.0", CultureInfo.InvariantCulture),
    };

    private static string Machine()
    {
        const string Path = "/proc/cpuinfo";
        var model = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()} with {Environment.ProcessorCount} cores";
    }
}
