namespace Vilfredo.Optimization.Evolutionary;

/// <summary>SMS-EMOA: survival by what each point adds to the hypervolume.</summary>
/// <remarks>
/// <para>Source: N. Beume, B. Naujoks, M. Emmerich, "SMS-EMOA: multiobjective selection based on dominated hypervolume",
/// European Journal of Operational Research 181(3), 2007. Parents are chosen by chance; with constraints a feasible one beats
/// an infeasible one, and of two infeasible ones the smaller violation wins.</para>
/// <para>The reference point is one range of the front (<see cref="SmsEmoaOptions.ReferenceOffset"/>) behind its worst values, in every objective, so
/// that the scale of an objective does not matter (the paper adds 1 where fronts have ranges of about 1); of two objectives the best points in
/// each are never dropped. A selection takes O(n log n) per dropped point for two and three objectives, and n exclusive
/// volumes beyond.</para>
/// </remarks>
public sealed class SmsEmoa : EvolutionaryOptimizer
{
    /// <summary>Creates the optimiser.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public SmsEmoa(DecisionSpace space, int objectiveCount, int constraintCount, ulong seed, SmsEmoaOptions? options = null)
        : base(space, objectiveCount, constraintCount, seed, options ?? new())
    {
    }

    /// <summary>SMS-EMOA for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="options">The settings; <see langword="null"/> for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static SmsEmoa For(IProblem problem, ulong seed, SmsEmoaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Space, problem.ObjectiveCount, problem.ConstraintCount, seed, options);
    }
}
