namespace Vilfredo.Optimization.Evolutionary;

/// <summary>NSGA-II as an ask/tell optimiser over whole generations, for any mix of variables, with constraints.</summary>
/// <remarks>
/// <para>Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II",
/// IEEE Transactions on Evolutionary Computation 6(2), 2002.</para>
/// <para>Does not allocate after the first two generations.</para>
/// </remarks>
public sealed class Nsga2 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Nsga2(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, Nsga2Options? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>NSGA-II for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Nsga2 For(IProblem problem, ulong seed, Nsga2Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
