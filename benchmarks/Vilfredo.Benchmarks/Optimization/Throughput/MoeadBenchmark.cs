using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>MOEA/D-DE end to end beside pagmo's; the command line is that of <see cref="PeerThroughput"/>.</summary>
internal static class MoeadBenchmark
{
    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(string[] args) => new PeerThroughput
    {
        Algorithm = "moead",
        Cases = [(new Zdt1(30), 100, 200), (new Dtlz2(3, 12), 210, 100)],

        // pagmo's defaults are the settings of Li and Zhang 2009; its points come and go one at a time.
        Settings =
        [
            ("paper", "paper", (p, size, seed) => Moead.For(p, seed, new()
            {
                Weights = MoeadOptions.LatticeOf(p.ObjectiveCount, size),
                Children = MoeadVariation.DifferentialEvolution,
            })),
        ],

        // As in Nsga2Benchmark, with other work on both cores.
        Recorded = new Dictionary<(string, string), (double, string)>
        {
            [("ZDT1", "paper")] = (308_119, "0.8163 (0.7906, 0.8385)"),
            [("DTLZ2", "paper")] = (266_065, "0.7225 (0.7157, 0.7295)"),
        },
    }.Run(args);
}
