namespace Vilfredo.Statistics;

/// <summary>Settings of a bootstrap interval.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The resamples that a 95 % interval of two stable digits wants.</summary>
    public const int DefaultResamples = 10_000;

    /// <summary>The probability with which the interval shall cover the true value, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the interval is read from the bootstrap distribution.</summary>
    public BootstrapMethod Method { get; init; } = BootstrapMethod.BiasCorrectedAccelerated;

    /// <summary>The number of resamples, at least 2.</summary>
    public int Resamples { get; init; } = DefaultResamples;
}
