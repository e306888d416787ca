namespace Vilfredo.Optimization.Bayesian;

/// <summary>The settings of Bayesian optimisation.</summary>
public sealed record BayesianOptions
{
    /// <summary>What the next point maximises.</summary>
    public AcquisitionFunction Acquisition { get; init; } = AcquisitionFunction.NoisyHypervolume;

    /// <summary>
    /// How many points of a scrambled Sobol sequence come first, at least 1; <see langword="null"/> for one more than there are
    /// variables, but at least 10.
    /// </summary>
    public int? InitialPoints { get; init; }

    /// <summary>
    /// The point that bounds the hypervolume, one finite value per objective; <see langword="null"/> for the worst values on the
    /// front plus a tenth of its range, or of two standard deviations of all values if that is more, anew for each proposal.
    /// </summary>
    public IReadOnlyList<double>? ReferencePoint { get; init; }

    /// <summary>
    /// The variance of the noise, one value of at least 0 per objective; <see langword="null"/> to learn it.
    /// </summary>
    public IReadOnlyList<double>? NoiseVariances { get; init; }

    /// <summary>The quasi-random samples of <see cref="AcquisitionFunction.NoisyHypervolume"/>, at least 2; best a power of two.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>The random points at which the acquisition function is looked at first, at least 1.</summary>
    public int Candidates { get; init; } = 256;

    /// <summary>From how many of the best of them local searches start, at least 1.</summary>
    public int LocalSearches { get; init; } = 4;

    internal int InitialPointsFor(DecisionSpace space) => InitialPoints ?? Math.Max(10, space.Count + 1);

    internal void Validate(int objectiveCount)
    {
        if (!Enum.IsDefined(Acquisition))
            throw new ArgumentException($"{nameof(Acquisition)} is {Acquisition}; choose one of {string.Join(", ", Enum.GetNames<AcquisitionFunction>())}.");
        if (Acquisition == AcquisitionFunction.Hypervolume && objectiveCount > 3)
        {
            throw new ArgumentException(
                $"The exact expected hypervolume improvement is for up to 3 objectives, not {objectiveCount}; use {nameof(AcquisitionFunction.NoisyHypervolume)}, {nameof(AcquisitionFunction.ParEgo)} or {nameof(AcquisitionFunction.ThompsonSampling)}.");
        }

        if (Acquisition == AcquisitionFunction.NoisyHypervolume && objectiveCount > 5)
        {
            throw new ArgumentException(
                $"The noisy expected hypervolume improvement is for up to 5 objectives, not {objectiveCount}; use {nameof(AcquisitionFunction.ParEgo)} or {nameof(AcquisitionFunction.ThompsonSampling)}.");
        }

        if (InitialPoints is < 1) throw new ArgumentException($"{nameof(InitialPoints)} is {InitialPoints}; it must be at least 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Samples, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LocalSearches, 1);
        CheckPerObjective(ReferencePoint, objectiveCount, nameof(ReferencePoint), double.IsFinite);
        CheckPerObjective(NoiseVariances, objectiveCount, nameof(NoiseVariances), v => double.IsFinite(v) && v >= 0);
    }

    private static void CheckPerObjective(IReadOnlyList<double>? values, int objectiveCount, string name, Predicate<double> isAllowed)
    {
        if (values is null) return;
        if (values.Count != objectiveCount)
            throw new ArgumentException($"{name} has {values.Count} values but there are {objectiveCount} objectives; give one per objective.");
        foreach (var value in values)
        {
            if (!isAllowed(value)) throw new ArgumentException($"{name} holds {value}, which is out of range.");
        }
    }
}
