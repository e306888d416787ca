namespace Vilfredo.Optimization.Evolutionary;

/// <summary>AGE-MOEA-II: survival by diversity and nearness on a front whose curvature is estimated.</summary>
/// <remarks>
/// <para>Source: A. Panichella, "An improved Pareto front modeling algorithm for large-scale many-objective optimization", GECCO 2022.</para>
/// <para>The scale of an objective does not matter. Parents meet in tournaments by front and then by the same score.</para>
/// </remarks>
public sealed class AgeMoea2 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public AgeMoea2(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, AgeMoea2Options? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>AGE-MOEA-II for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static AgeMoea2 For(IProblem problem, ulong seed, AgeMoea2Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
