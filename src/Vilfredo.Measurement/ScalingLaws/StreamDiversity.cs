namespace Vilfredo.Measurement.ScalingLaws;

/// <summary>What mixing streams can gain if the errors of any two of them correlate by rho: the reducible loss shrinks to ((P - 1) rho + 1) / P of itself (Chen et al., ParScale, 2025, the theory behind their law).</summary>
public static class StreamDiversity
{
    /// <summary>The share of the reducible loss that P streams leave: 1 / P at rho = 0, all of it at rho = 1.</summary>
    /// <param name="streams">P, at least 1.</param>
    /// <param name="correlation">rho, in [0, 1].</param>
    public static double Remaining(int streams, double correlation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        if (!(correlation is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "The correlation must be in [0, 1].");
        return ((streams - 1) * correlation + 1) / streams;
    }

    /// <summary>The correlation under which P streams leave a share of the reducible loss; the inverse of <see cref="Remaining"/>.</summary>
    /// <param name="streams">P, at least 2.</param>
    /// <param name="remaining">In [1 / P, 1].</param>
    public static double Correlation(int streams, double remaining)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 2);
        if (!(remaining >= 1.0 / streams && remaining <= 1))
            throw new ArgumentOutOfRangeException(nameof(remaining), remaining, $"{streams} streams leave a share in [{1.0 / streams}, 1].");
        return (remaining * streams - 1) / (streams - 1);
    }
}
