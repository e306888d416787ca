namespace Vilfredo.Optimization.Evolutionary;

/// <summary>SPEA2: survival by how many dominate a point, and how strong they are, then by how near its neighbours are.</summary>
/// <remarks>
/// <para>Source: E. Zitzler, M. Laumanns, L. Thiele, "SPEA2: improving the strength Pareto evolutionary algorithm", TIK-Report 103, ETH Zurich, 2001.</para>
/// <para>The archive of the paper is the population of survivors. Constraints are those of NSGA-II: feasible points come first, infeasible ones by violation. The scale of an objective does not matter.</para>
/// </remarks>
public sealed class Spea2 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Spea2(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, Spea2Options? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>SPEA2 for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Spea2 For(IProblem problem, ulong seed, Spea2Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
