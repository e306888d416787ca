namespace Vilfredo.Optimization.Evolutionary;

/// <summary>RVEA: survival by the angle to reference vectors and the distance from the ideal point, of which the angle counts more and more.</summary>
/// <remarks>
/// <para>Source: R. Cheng, Y. Jin, M. Olhofer, B. Sendhoff, "A reference vector guided evolutionary algorithm for many-objective optimization", IEEE Transactions on Evolutionary Computation 20(5), 2016.</para>
/// <para>Parents are chosen by chance. A vector that no point is near leaves a place, which goes to the best of the others by front and then by the same measure, so that the population keeps its size; in the paper it stays empty. Infeasible points follow by violation.</para>
/// </remarks>
public sealed class Rvea : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Rvea(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, RveaOptions? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>RVEA for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Rvea For(IProblem problem, ulong seed, RveaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
