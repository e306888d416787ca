namespace Vilfredo.Statistics;

/// <summary>Settings of <see cref="FrontierUnderNoise"/>.</summary>
public sealed record FrontierUnderNoiseOptions
{
    /// <summary>The resamples with which a probability near one half has a standard error of 1.6 %.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>The number of resamples, at least 1.</summary>
    public int Resamples { get; init; } = DefaultResamples;

    /// <summary>Where the noise comes from.</summary>
    public NoiseModel Noise { get; init; } = NoiseModel.ResampledElsePooled;
}
