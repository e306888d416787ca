using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>NSGA-II end to end beside pagmo's; the command line is that of <see cref="PeerThroughput"/>.</summary>
internal static class Nsga2Benchmark
{
    private static readonly VariationOptions PagmoDefaults = new()
    {
        CrossoverProbability = 0.95,
        CrossoverDistributionIndex = 10,
        MutationProbability = 0.01,
        MutationDistributionIndex = 50,
    };

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(string[] args) => new PeerThroughput
    {
        Algorithm = "nsga2",
        Cases = [(new Zdt1(30), 100, 200), (new Dtlz2(3, 12), 200, 100)],

        // Both programs run with the settings of the paper and with pagmo's defaults; ours also with its finer truncation.
        Settings =
        [
            ("paper", "paper", (p, size, seed) => Nsga2.For(p, seed, new() { PopulationSize = size })),
            ("paper, one by one", "paper", (p, size, seed) => Nsga2.For(p, seed, new() { PopulationSize = size, Truncation = CrowdingTruncation.OneByOne })),
            ("pagmo", "pagmo", (p, size, seed) => Nsga2.For(p, seed, new() { PopulationSize = size, Variation = PagmoDefaults })),
            ("pagmo, one by one", "pagmo", (p, size, seed) => Nsga2.For(p, seed, new() { PopulationSize = size, Variation = PagmoDefaults, Truncation = CrowdingTruncation.OneByOne })),
        ],

        // Medians over 11 seeds of pagmo 2.18.0 (g++ 12.2 -O3 -march=native, libpagmo of Debian 12) on the machine of the project's
        // published tables: 2 cores of an AMD EPYC with AVX-512.
        Recorded = new Dictionary<(string, string), (double, string)>
        {
            [("ZDT1", "paper")] = (205_246, "0.8683 (0.8672, 0.8690)"),
            [("ZDT1", "pagmo")] = (197_619, "0.8664 (0.8609, 0.8681)"),
            [("DTLZ2", "paper")] = (127_246, "0.7301 (0.7247, 0.7349)"),
            [("DTLZ2", "pagmo")] = (124_016, "0.7376 (0.7316, 0.7418)"),
        },
    }.Run(args);
}
