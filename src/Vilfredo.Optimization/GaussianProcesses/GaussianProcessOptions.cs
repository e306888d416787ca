namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>How the hyperparameters of a <see cref="GaussianProcess"/> are found.</summary>
public sealed record GaussianProcessOptions
{
    /// <summary>
    /// The variance of the noise in the values, in the square of their unit, at least 0; <see langword="null"/> to learn it.
    /// </summary>
    public double? NoiseVariance { get; init; }

    /// <summary>The largest number of steps of the search for hyperparameters, at least 0.</summary>
    public int MaximumIterations { get; init; } = 40;

    /// <summary>
    /// The largest number of points from which hyperparameters are learned, at least 2: with more, every k-th one. The posterior
    /// uses all points.
    /// </summary>
    public int LargestFit { get; init; } = 300;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestFit, 2);
        if (NoiseVariance is { } noise && (!(noise >= 0) || !double.IsFinite(noise)))
            throw new ArgumentOutOfRangeException(nameof(NoiseVariance), noise, "The noise variance must be a finite number of at least 0.");
    }
}
