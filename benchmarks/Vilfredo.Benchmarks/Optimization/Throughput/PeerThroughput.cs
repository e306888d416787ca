using System.Diagnostics;
using System.Globalization;
using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>
/// An algorithm end to end, one thread: evaluations per second, and the hypervolume of the final population over several seeds,
/// beside pagmo's with the same settings.
/// </summary>
/// <remarks>
/// <para><c>[--seeds N] [--peer FILE | --peer-command PROGRAM] [--markdown] [--smoke]</c>. A peer gives lines of problem,
/// settings, seed, evaluations, seconds, hypervolume (reference point 1.1 in each objective), separated by commas: read
/// from a file, or printed by <c>PROGRAM ALGORITHM SEED</c> (what <c>pagmo_runs.cpp</c> builds), which is then run between our own runs of
/// that seed. Without a peer, recorded figures are shown.</para>
/// <para>A run is the whole of it, first population included; the time of our first runs, while the just-in-time compiler
/// works, is left out. Time is that of the processor, so that other work on the machine counts little.</para>
/// </remarks>
internal sealed record PeerThroughput
{
    private const double ReferenceValue = 1.1;

    /// <summary>The command, which is also what the peer is asked for.</summary>
    public required string Algorithm { get; init; }

    public required IReadOnlyList<(TestProblem Problem, int Population, int Generations)> Cases { get; init; }

    /// <summary>Our settings, and those of the peer that they are compared with.</summary>
    public required IReadOnlyList<(string Name, string PeerName, Func<TestProblem, int, ulong, IOptimizer> Create)> Settings { get; init; }

    /// <summary>Figures of the peer that were measured before.</summary>
    public required IReadOnlyDictionary<(string Problem, string Settings), (double Speed, string Hypervolume)> Recorded { get; init; }

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public int Run(string[] args)
    {
        if (!ThroughputOptions.TryParse(Algorithm, args, out var options)) return 2;

        var ours = new Dictionary<(string Problem, string Settings), PeerSample>();
        var peers = options.PeerFile is null ? [] : PeerSample.Read(File.ReadLines(options.PeerFile));
        foreach (var quality in Cases)
        {
            foreach (var settings in Settings)
            {
                ours[(quality.Problem.Name, settings.Name)] = new PeerSample();
                for (var i = 0; i < options.WarmUps; i++) Measure(quality, settings.Create, 1);
            }
        }

        for (var seed = 1; seed <= options.Seeds; seed++)
        {
            if (options.PeerCommand is not null) PeerSample.Read(Output(options.PeerCommand, seed), peers);
            foreach (var quality in Cases)
            {
                foreach (var settings in Settings)
                    ours[(quality.Problem.Name, settings.Name)].Add(Measure(quality, settings.Create, (ulong)seed));
            }
        }

        Console.WriteLine($"{Algorithm}, {options.Seeds} seeds: median evaluations per second of processor time; median (smallest, largest) hypervolume of the final population");
        Print(ours, peers, options.Markdown);
        return 0;
    }

    private static (double Speed, double Hypervolume) Measure(
        (TestProblem Problem, int Population, int Generations) quality, Func<TestProblem, int, ulong, IOptimizer> create, ulong seed)
    {
        var (problem, population, generations) = quality;
        var evaluations = (long)population * generations;
        var start = Environment.CpuUsage.TotalTime;
        var optimizer = create(problem, population, seed);
        Minimize.Run(problem, optimizer, Termination.AfterEvaluations(evaluations));
        var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        double[] reference = [.. Enumerable.Repeat(ReferenceValue, problem.ObjectiveCount)];
        return (evaluations / seconds, Hypervolume.Compute(optimizer.Population.Objectives, problem.ObjectiveCount, reference));
    }

    private string[] Output(string program, int seed)
    {
        var start = new ProcessStartInfo(program, [Algorithm, seed.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Print(
        Dictionary<(string Problem, string Settings), PeerSample> ours, Dictionary<(string Problem, string Settings), PeerSample> peers, bool asMarkdown)
    {
        var table = new MarkdownTable(["problem", "settings", "Vilfredo", "pagmo", "ratio", "Vilfredo hypervolume", "pagmo hypervolume"], asMarkdown);
        foreach (var (problem, _, _) in Cases)
        {
            foreach (var (settings, peerSettings, _) in Settings)
            {
                var our = ours[(problem.Name, settings)];
                var peer = peers.GetValueOrDefault((problem.Name, peerSettings));
                var recorded = Recorded.GetValueOrDefault((problem.Name, peerSettings));
                var peerSpeed = peer?.Speed ?? recorded.Speed;
                table.Add(
                    problem.Name, settings, $"{our.Speed:N0}", $"{peerSpeed:N0}", $"{our.Speed / peerSpeed:F1}", our.Hypervolume,
                    peer?.Hypervolume ?? recorded.Hypervolume);
            }
        }

        table.Print();
    }
}
