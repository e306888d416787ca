namespace Vilfredo.Optimization.Evolutionary;

/// <summary>MO-CMA-ES: every point has a normal distribution of its own, whose step size and covariance adapt to what survives.</summary>
/// <remarks>
/// <para>Source: C. Igel, N. Hansen, S. Roth, "Covariance matrix adaptation for multi-objective optimization", Evolutionary Computation 15(1), 2007, with its notion
/// of success: the child is better than its parent. On separable problems the one of T. Voss, N. Hansen, C. Igel (GECCO 2010), survival alone, left the steps too long with 100 points.</para>
/// <para>For real variables. It follows rotated and badly scaled problems that crossover along the axes does not; for separable ones NSGA-II is as good.
/// <see cref="MoCmaEsGeneration"/> is the form for studies.</para>
/// </remarks>
public sealed class MoCmaEs : GenerationalOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables, all real.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range, or a variable is not real.</exception>
    public MoCmaEs(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MoCmaEsOptions? options = null)
        : base(space, MoCmaEsGeneration.First(space, objectiveCount, constraintCount, seed, options))
    {
    }

    /// <summary>MO-CMA-ES for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or a variable is not real.</exception>
    public static MoCmaEs For(IProblem problem, ulong seed, MoCmaEsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
