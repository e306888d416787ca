using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>A problem with the population and the generations that both programs run it with, and the hypervolume of what they find.</summary>
/// <remarks>
/// The hypervolume is that of the final population, objectives scaled so that the ideal point of the front (for RE the published one) is 0
/// and its nadir 1; the reference point is 1.1 in every objective.
/// </remarks>
internal sealed record QualityCase(TestProblem Problem, int Generations)
{
    private const double ReferenceValue = 1.1;
    private const int DefaultGenerations = 200;

    /// <summary>All problems: two objectives, then three.</summary>
    public static IReadOnlyList<QualityCase> All { get; } =
    [
        new(new Zdt1(), DefaultGenerations), new(new Zdt2(), DefaultGenerations), new(new Zdt3(), DefaultGenerations),
        new(new Zdt4(), DefaultGenerations), new(new Zdt6(), DefaultGenerations),
        new(new Wfg1(2), DefaultGenerations), new(new Wfg2(2), DefaultGenerations), new(new Wfg3(2), DefaultGenerations),
        new(new Wfg4(2), DefaultGenerations), new(new Wfg5(2), DefaultGenerations), new(new Wfg6(2), DefaultGenerations),
        new(new Wfg7(2), DefaultGenerations), new(new Wfg8(2), DefaultGenerations), new(new Wfg9(2), DefaultGenerations),
        new(new RealWorldProblem("RE21"), DefaultGenerations), new(new RealWorldProblem("RE24"), DefaultGenerations),
        new(new Dtlz1(3), 400), new(new Dtlz2(3), 250), new(new Dtlz3(3), 600), new(new Dtlz4(3), 250),
        new(new Dtlz5(3), DefaultGenerations), new(new Dtlz6(3), 400), new(new Dtlz7(3), 250),
        new(new RealWorldProblem("RE33"), DefaultGenerations), new(new RealWorldProblem("RE34"), DefaultGenerations),
    ];

    public string Name => Problem.Name;

    public int PopulationSize => Problem.ObjectiveCount == 2 ? 100 : 92;

    /// <summary>The divisions of the lattice of reference directions: 100 directions for two objectives, 91 for three.</summary>
    public int Divisions => Problem.ObjectiveCount == 2 ? 99 : 12;

    /// <summary>The hypervolume of objective values, one row a point.</summary>
    public double VolumeOf(ReadOnlySpan<double> objectives)
    {
        var m = Problem.ObjectiveCount;
        var scaled = new double[objectives.Length];
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] = (objectives[i] - Problem.Ideal[i % m]) / (Problem.Nadir[i % m] - Problem.Ideal[i % m]);
        return Hypervolume.Compute(scaled, m, [.. Enumerable.Repeat(ReferenceValue, m)]);
    }

    /// <summary>Runs an algorithm once.</summary>
    /// <returns>The hypervolume, and the evaluations.</returns>
    public (double Volume, long Evaluations) Run(QualityAlgorithm algorithm, bool asPeer, ulong seed)
    {
        var optimizer = algorithm.Create(this, asPeer, seed);
        // MOEA/D, and SMS-EMOA by default, make one child at a time: the evaluations are those of as many generations.
        var evaluations = (long)Generations * algorithm.ChildrenOf(this);
        Minimize.Run(Problem, optimizer, Termination.AfterEvaluations(evaluations));
        return (VolumeOf(optimizer.Population.Objectives), evaluations);
    }
}
