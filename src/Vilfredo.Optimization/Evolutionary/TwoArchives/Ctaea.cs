namespace Vilfredo.Optimization.Evolutionary;

/// <summary>C-TAEA: two archives for constrained problems, one of which looks where the constraints forbid, so that feasible regions behind infeasible ones are found.</summary>
/// <remarks>
/// Source: K. Li, R. Chen, G. Fu, X. Yao, "Two-archive evolutionary algorithm for constrained multiobjective optimization", IEEE Transactions on Evolutionary Computation 23(2), 2019.
/// <see cref="CtaeaGeneration"/> is the form for studies.
/// </remarks>
public sealed class Ctaea : GenerationalOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Ctaea(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, CtaeaOptions? options = null)
        : base(space, CtaeaGeneration.First(space, objectiveCount, constraintCount, seed, options))
    {
    }

    /// <summary>C-TAEA for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Ctaea For(IProblem problem, ulong seed, CtaeaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
