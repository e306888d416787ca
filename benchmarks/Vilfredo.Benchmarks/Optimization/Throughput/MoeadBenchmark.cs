using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>MOEA/D-DE end to end beside pagmo's; the command line is that of <see cref="PeerThroughput"/>.</summary>
internal static class MoeadBenchmark
{
    private static readonly Dictionary<(string Problem, string Settings), (double Speed, string Hypervolume)> Recorded = [];

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
        Recorded = Recorded,
    }.Run(args);
}
