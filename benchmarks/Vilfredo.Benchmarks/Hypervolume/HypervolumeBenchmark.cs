using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Benchmarks.Hypervolumes;

/// <summary>
/// Exact hypervolume beside moocore and pagmo: the same fronts in the same process, runs of all in turn, medians.
/// </summary>
public static class HypervolumeBenchmark
{
    private const double Reference = 1.1;

    /// <summary>A peer that needed longer than this is not called again for the case.</summary>
    private static readonly TimeSpan SlowRun = TimeSpan.FromSeconds(5);

    private static readonly (int Objectives, int Count)[] LinearCases =
        [(2, 100_000), (2, 1_000_000), (3, 10_000), (4, 2_000), (5, 600), (6, 300), (7, 200), (8, 150), (9, 120), (10, 100)];

    private static readonly (int Objectives, int Count)[] CurvedCases =
        [(2, 100_000), (3, 10_000), (4, 2_000), (5, 600), (6, 300), (8, 150), (10, 100)];

    /// <summary>Populations of evolutionary algorithms: what one generation asks for.</summary>
    private static readonly (int Objectives, int Count)[] SmallCases = [(2, 100), (3, 100), (4, 100), (5, 100), (6, 100), (8, 50), (16, 20)];

    /// <summary>Shorter runs are timed several at once.</summary>
    private static readonly TimeSpan TimedAtLeast = TimeSpan.FromMicroseconds(200);

    /// <summary>
    /// Best peer's time in ms on linear fronts, for machines without the peers: medians of this benchmark with moocore 0.20
    /// and pagmo 2.18, both built with GCC 12 -O3 -march=native, on a quiet 2-core AMD EPYC (Zen 4).
    /// </summary>
    private static readonly Dictionary<(int Objectives, int Count), (string Name, double Milliseconds)> Recorded = new()
    {
        [(2, 100_000)] = ("moocore", 12.2),
        [(2, 1_000_000)] = ("moocore", 189),
        [(3, 10_000)] = ("moocore", 1.92),
        [(4, 2_000)] = ("moocore", 3.77),
        [(5, 600)] = ("moocore", 5.02),
        [(6, 300)] = ("pagmo", 54.8),
        [(7, 200)] = ("pagmo", 148),
        [(8, 150)] = ("pagmo", 332),
        [(9, 120)] = ("pagmo", 850),
        [(10, 100)] = ("pagmo", 1506),
    };

    /// <summary>
    /// Runs the benchmark. Arguments: <c>--markdown</c> prints a table for the documentation, <c>--quick</c> measures each
    /// case for a fifth of the time, <c>--smoke</c> only checks that the cases of up to a tenth of a second agree,
    /// <c>--objectives D</c> keeps one number of objectives, <c>--linear</c> only the first series.
    /// </summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var markdown = args.Contains("--markdown");
        var smoke = args.Contains("--smoke");
        var budget = TimeSpan.FromSeconds(smoke ? 0.02 : args.Contains("--quick") ? 0.5 : 2.5);
        var position = Array.IndexOf(args, "--objectives");
        var only = position >= 0 && position + 1 < args.Length ? int.Parse(args[position + 1], CultureInfo.InvariantCulture) : 0;
        var peers = HypervolumePeer.Load();

        Console.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {Machine()}, {VectorWidth()}; {DateTime.UtcNow:yyyy-MM-dd}. "
            + "Medians of interleaved runs, one thread.");
        Console.WriteLine("Command: `dotnet run -c Release --project benchmarks/Vilfredo.Benchmarks -- hypervolume " + string.Join(' ', args).TrimEnd() + "`");
        Console.WriteLine();
        Header(markdown, peers);

        var agree = true;
        foreach (var (front, cases) in Series())
        {
            if (front.Name != "linear" && args.Contains("--linear"))
                continue;
            foreach (var (objectives, count) in cases)
            {
                if ((only == 0 || only == objectives) && !(smoke && objectives > 6))
                    agree &= Measure(front, objectives, count, peers, budget, markdown);
            }
        }

        if (!agree)
            Console.Error.WriteLine("Volumes differ by more than 1e-9: see the lines marked DIFFERS.");
        return agree ? 0 : 1;
    }

    private static ((string Name, Func<int, int, ulong, double[]> Make) Front, (int Objectives, int Count)[] Cases)[] Series() =>
    [
        (("linear", HypervolumeFronts.Linear), LinearCases),
        (("small linear", HypervolumeFronts.Linear), SmallCases),
        (("concave", HypervolumeFronts.Concave), CurvedCases),
        (("convex", HypervolumeFronts.Convex), CurvedCases),
    ];

    private static bool Measure(
        (string Name, Func<int, int, ulong, double[]> Make) front,
        int objectives,
        int count,
        IReadOnlyList<HypervolumePeer> peers,
        TimeSpan budget,
        bool markdown)
    {
        var points = front.Make(count, objectives, 1);
        var reference = Enumerable.Repeat(Reference, objectives).ToArray();
        double Ours() => Indicators.Hypervolume.Compute(points, objectives, reference);

        // Ours runs until the just-in-time compiler has settled. The peers' first run fills the caches; its time counts only
        // for peers that are too slow for a second.
        var value = 0.0;
        var warming = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3 || Stopwatch.GetElapsedTime(warming) < budget / 2; i++)
            value = Ours();

        var agree = true;
        var ours = new List<double>();
        var theirs = peers.Select(_ => new List<double>()).ToArray();
        var slow = new bool[peers.Count];
        for (var i = 0; i < peers.Count; i++)
        {
            // moocore's time grows about sixfold per objective from d = 7 on; it takes minutes from here.
            slow[i] = peers[i].Name == "moocore" && objectives >= 9;
            if (slow[i])
                continue;

            var start = Stopwatch.GetTimestamp();
            var other = peers[i].Compute(points, objectives, reference);
            var elapsed = Stopwatch.GetElapsedTime(start);
            agree &= Math.Abs(other - value) <= 1e-9 * Math.Abs(value);
            slow[i] = elapsed > SlowRun;
            if (slow[i])
                theirs[i].Add(elapsed.TotalMilliseconds);
        }

        var single = Stopwatch.GetTimestamp();
        Ours();
        var batch = (int)Math.Ceiling(TimedAtLeast / Stopwatch.GetElapsedTime(single));
        var begin = Stopwatch.GetTimestamp();
        do
        {
            ours.Add(Time(batch, Ours));
            for (var i = 0; i < peers.Count; i++)
            {
                var peer = peers[i];
                if (!slow[i])
                    theirs[i].Add(Time(batch, () => peer.Compute(points, objectives, reference)));
            }
        }
        while (ours.Count < 5 || Stopwatch.GetElapsedTime(begin) < budget);

        var peerTimes = theirs.Select(times => times.Count == 0 ? double.NaN : Median(times)).ToArray();
        var best = peerTimes.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        var note = "";
        if (peers.Count == 0 && front.Name == "linear" && Recorded.TryGetValue((objectives, count), out var recorded))
        {
            best = recorded.Milliseconds;
            note = $"recorded: {recorded.Name} {recorded.Milliseconds} ms";
        }

        if (!agree)
            note = "DIFFERS";
        var median = Median(ours);
        var cells = new List<string> { front.Name, $"{objectives}", $"{count:N0}", Format(median) };
        cells.AddRange(peerTimes.Select(time => double.IsNaN(time) ? "-" : Format(time)));
        cells.Add(double.IsNaN(best) ? "-" : $"{median / best:0.000}");
        cells.Add(note);
        Row(markdown, cells);
        return agree;
    }

    private static void Header(bool markdown, IReadOnlyList<HypervolumePeer> peers)
    {
        var cells = new List<string> { "front", "objectives", "points", "Vilfredo [ms]" };
        cells.AddRange(peers.Select(peer => $"{peer.Name} [ms]"));
        cells.AddRange(["ratio to best", ""]);
        Row(markdown, cells);
        if (markdown)
            Console.WriteLine("|---" + string.Concat(Enumerable.Repeat("|--:", cells.Count - 2)) + "|---|");
    }

    private static void Row(bool markdown, IEnumerable<string> cells) =>
        Console.WriteLine(markdown ? $"| {string.Join(" | ", cells)} |" : string.Concat(cells.Select(cell => cell.PadRight(15))).TrimEnd());

    /// <summary>Milliseconds per run of a batch.</summary>
    private static double Time(int batch, Func<double> run)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < batch; i++)
            run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / batch;
    }

    private static string Format(double milliseconds) => milliseconds switch
    {
        < 0.1 => milliseconds.ToString("0.0000", CultureInfo.InvariantCulture),
        < 10 => milliseconds.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => milliseconds.ToString("0.0", CultureInfo.InvariantCulture),
        _ => milliseconds.ToString("0", CultureInfo.InvariantCulture),
    };

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static string VectorWidth() => Vector512.IsHardwareAccelerated ? "512-bit vectors" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : "128-bit vectors";

    private static string Machine()
    {
        const string Path = "/proc/cpuinfo";
        var model = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()} with {Environment.ProcessorCount} cores";
    }
}
