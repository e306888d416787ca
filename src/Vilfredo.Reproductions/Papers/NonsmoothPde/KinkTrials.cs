using Vilfredo.Optimization.Nonsmooth;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Descent on all pairs of the classical functions with kinks from random starts.</summary>
internal static class KinkTrials
{
    private static readonly CriticalityLevel Goal = new(1e-3, 1e-3);

    private static readonly ILipschitzObjective[] Functions =
    [
        NonsmoothProblems.Cb3, NonsmoothProblems.Dem, NonsmoothProblems.Ql, NonsmoothProblems.Lq,
        NonsmoothProblems.Mifflin1, NonsmoothProblems.Mifflin2, NonsmoothProblems.Crescent,
    ];

    /// <summary>The share of runs that end critical at 10^-3, and the mean of their evaluations and subgradients.</summary>
    /// <param name="kinks">Whether subgradients around the point are sought; else steepest descent as if there were no kinks.</param>
    /// <param name="starts">For each of the 21 pairs.</param>
    /// <param name="random">Draws the starts: the same ones for both methods.</param>
    public static (double Share, double Evaluations) Run(bool kinks, int starts, RandomGenerator random)
    {
        var options = kinks
            ? new NonsmoothDescentOptions { Levels = [new(1e-1, 1e-1), new(1e-2, 1e-2), Goal] }
            : new NonsmoothDescentOptions { Levels = [new(1e-9, 1e-3)], MaximumSubgradients = 2 };
        var (runs, critical, evaluations) = (0, 0, 0L);
        for (var i = 0; i < Functions.Length; i++)
        {
            for (var j = i + 1; j < Functions.Length; j++)
            {
                for (var start = 0; start < starts; start++)
                {
                    ILipschitzObjective[] pair = [Functions[i], Functions[j]];
                    var result = NonsmoothDescent.Minimize(pair, [random.NextDouble(-3, 3), random.NextDouble(-3, 3)], options);

                    // The same judge for both: is the end critical, without a further step?
                    var judged = NonsmoothDescent.Minimize(pair, [.. result.Point], new NonsmoothDescentOptions { Levels = [Goal], MaximumSteps = 0 });
                    runs++;
                    critical += judged.Critical ? 1 : 0;
                    evaluations += result.Evaluations + result.Subgradients;
                }
            }
        }

        return ((double)critical / runs, (double)evaluations / runs);
    }
}
