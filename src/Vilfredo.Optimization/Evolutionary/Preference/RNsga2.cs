namespace Vilfredo.Optimization.Evolutionary;

/// <summary>R-NSGA-II: NSGA-II that searches the part of the front near points that the user would like to reach.</summary>
/// <remarks>Source: K. Deb, J. Sundar, "Reference point based multi-objective optimization using evolutionary algorithms", GECCO 2006.</remarks>
public sealed class RNsga2 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The reference points and other settings.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public RNsga2(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, RNsga2Options options)
        : base(space, objectiveCount, constraintCount, seed, options)
    {
    }

    /// <summary>R-NSGA-II for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The reference points and other settings.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static RNsga2 For(IProblem problem, ulong seed, RNsga2Options options)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
