namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// The hyperparameters of a <see cref="GaussianProcess"/>. Variances are relative to the variance of the values, length
/// scales to the range of a variable.
/// </summary>
public sealed record GaussianProcessParameters
{
    /// <summary>
    /// One length scale above 0 per variable: the distance over which values stay alike, as a share of the variable's range. For
    /// a category, all others are at the distance 1.
    /// </summary>
    public required IReadOnlyList<double> LengthScales { get; init; }

    /// <summary>The variance of the function itself, above 0.</summary>
    public double SignalVariance { get; init; } = 1;

    /// <summary>The variance of the noise of a value, at least 0.</summary>
    public double NoiseVariance { get; init; } = 1e-4;

    internal void Validate(int variables)
    {
        if (LengthScales is null || LengthScales.Count != variables)
            throw new ArgumentException($"There are {LengthScales?.Count ?? 0} length scales but {variables} variables; give one per variable.");
        foreach (var scale in LengthScales)
        {
            if (!(scale > 0) || !double.IsFinite(scale)) throw new ArgumentException($"A length scale is {scale}; it must be a finite number above 0.");
        }

        if (!(SignalVariance > 0) || !double.IsFinite(SignalVariance)) throw new ArgumentException($"SignalVariance is {SignalVariance}; it must be a finite number above 0.");
        if (!(NoiseVariance >= 0) || !double.IsFinite(NoiseVariance)) throw new ArgumentException($"NoiseVariance is {NoiseVariance}; it must be a finite number of at least 0.");
    }
}
