namespace Vilfredo.Optimization.Evolutionary;

/// <summary>NSGA-III for many objectives: non-dominated sorting with niches around reference directions.</summary>
/// <remarks>
/// <para>Sources: K. Deb, H. Jain, "An evolutionary many-objective optimization algorithm using reference-point-based
/// nondominated sorting approach, part I", IEEE Transactions on Evolutionary Computation 18(4), 2014; constraints as in
/// H. Jain, K. Deb, part II, the same issue: a feasible parent beats an infeasible one, of two infeasible ones the smaller
/// violation wins, and chance decides otherwise.</para>
/// <para>The scale of an objective does not matter, unless <see cref="Nsga3Options.ExtremePoints"/> says so. Survival takes O(points^2 * objectives + points * directions *
/// objectives) at most per generation.</para>
/// </remarks>
public sealed class Nsga3 : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Nsga3(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, Nsga3Options? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>NSGA-III for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Nsga3 For(IProblem problem, ulong seed, Nsga3Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
