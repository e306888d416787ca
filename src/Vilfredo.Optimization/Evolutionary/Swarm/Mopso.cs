namespace Vilfredo.Optimization.Evolutionary;

/// <summary>MOPSO: particles that fly towards the best places they have seen and towards non-dominated points, at limited speed (SMPSO).</summary>
/// <remarks>
/// Source: A. J. Nebro, J. J. Durillo, J. Garcia-Nieto, C. A. Coello Coello, F. Luna, E. Alba, "SMPSO: a new PSO-based metaheuristic for
/// multi-objective optimization", IEEE MCDM 2009.
/// <see cref="MopsoGeneration"/> is the form for studies.
/// </remarks>
public sealed class Mopso : GenerationalOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public Mopso(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, MopsoOptions? options = null)
        : base(space, MopsoGeneration.First(space, objectiveCount, constraintCount, seed, options))
    {
    }

    /// <summary>MOPSO for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Mopso For(IProblem problem, ulong seed, MopsoOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
