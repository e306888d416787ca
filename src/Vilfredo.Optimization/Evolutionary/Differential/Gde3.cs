namespace Vilfredo.Optimization.Evolutionary;

/// <summary>GDE3: differential evolution in which a child competes with its target, and both stay when neither is better.</summary>
/// <remarks>
/// Source: S. Kukkonen, J. Lampinen, "GDE3: the third evolution step of generalized differential evolution", IEEE CEC 2005.
/// <see cref="Gde3Generation"/> is the form for studies.
/// </remarks>
public sealed class Gde3 : GenerationalOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Gde3(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, Gde3Options? options = null)
        : base(space, Gde3Generation.First(space, objectiveCount, constraintCount, seed, options))
    {
    }

    /// <summary>GDE3 for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Gde3 For(IProblem problem, ulong seed, Gde3Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
