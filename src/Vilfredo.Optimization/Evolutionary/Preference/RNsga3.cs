namespace Vilfredo.Optimization.Evolutionary;

/// <summary>R-NSGA-III: NSGA-III that searches the part of the front near points that the user would like to reach.</summary>
/// <remarks>Source: Y. Vesikar, K. Deb, J. Blank, "Reference point based NSGA-III for preferred solutions", IEEE SSCI 2018. The extremes of the front stay in the population, so that its scale is known.</remarks>
public sealed class RNsga3 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The reference points and other settings.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public RNsga3(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, RNsga3Options options)
        : base(space, objectiveCount, constraintCount, seed, options)
    {
    }

    /// <summary>R-NSGA-III for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The reference points and other settings.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static RNsga3 For(IProblem problem, ulong seed, RNsga3Options options)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
