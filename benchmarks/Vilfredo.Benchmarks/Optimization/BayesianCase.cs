using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>A problem with a reference point and the hypervolume of its front.</summary>
/// <remarks>
/// The fronts of RE21, RE24 and RE33 are not known. Their objectives are scaled so that the published ideal point is 0 and the nadir 1, the
/// reference point is 1.1 in each, and the hypervolume is the largest that <see cref="Search"/> finds.
/// </remarks>
internal sealed record BayesianCase(TestProblem Problem, double[] Reference, double Maximum, bool IsScaled)
{
    private const double ScaledReference = 1.1;

    public static IReadOnlyList<BayesianCase> All { get; } =
    [
        new(new BraninCurrin(), [18, 6], BraninCurrin.MaximumHypervolume, false),
        new(new Dtlz2(2, 6), [1.1, 1.1], 1.1 * 1.1 - Math.PI / 4, false),
        Design("RE21", 0.888205),
        Design("RE24", 1.171234),
        Design("RE33", 1.019799),
    ];

    /// <summary>The hypervolume of objective values, one row a point.</summary>
    public double VolumeOf(ReadOnlySpan<double> objectives)
    {
        if (!IsScaled) return Hypervolume.Compute(objectives, Reference.Length, Reference);
        var m = Reference.Length;
        var scaled = new double[objectives.Length];
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] = (objectives[i] - Problem.Ideal[i % m]) / (Problem.Nadir[i % m] - Problem.Ideal[i % m]);
        return Hypervolume.Compute(scaled, m, Reference);
    }

    /// <summary>The largest hypervolume of three long runs of SMS-EMOA and NSGA-II: half a million evaluations each, 500 points kept.</summary>
    public double Search()
    {
        const int Points = 500;
        var largest = 0.0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            IOptimizer[] optimizers =
            [
                SmsEmoa.For(Problem, seed, new() { PopulationSize = Points, Children = Points }),
                Nsga2.For(Problem, seed, new() { PopulationSize = Points, Truncation = CrowdingTruncation.OneByOne }),
            ];
            foreach (var optimizer in optimizers)
            {
                var result = Minimize.Run(Problem, optimizer, Termination.AfterEvaluations(500_000));
                largest = Math.Max(largest, VolumeOf(result.Population.Objectives));
            }
        }

        return largest;
    }

    private static BayesianCase Design(string name, double maximum)
    {
        var problem = new RealWorldProblem(name);
        return new(problem, [.. Enumerable.Repeat(ScaledReference, problem.ObjectiveCount)], maximum, true);
    }
}
