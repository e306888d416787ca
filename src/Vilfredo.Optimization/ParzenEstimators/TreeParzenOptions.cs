namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>The settings of the tree-structured Parzen estimator.</summary>
public sealed record TreeParzenOptions
{
    /// <summary>How many points of a scrambled Sobol sequence come first, at least 1.</summary>
    public int InitialPoints { get; init; } = 10;

    /// <summary>The candidates drawn from the density of good points for each suggestion, of which the best ratio wins; at least 1.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary>The share of the told points that counts as good, in (0, 1); rounded up.</summary>
    public double GoodShare { get; init; } = 0.1;

    /// <summary>The largest number of good points, at least 1.</summary>
    public int LargestGoodCount { get; init; } = 25;

    /// <summary>
    /// Whether variables that are always active together share one joint density, so that interactions are seen; else each
    /// variable has a density of its own.
    /// </summary>
    public bool Multivariate { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InitialPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestGoodCount, 1);
        if (!(GoodShare > 0 && GoodShare < 1))
            throw new ArgumentOutOfRangeException(nameof(GoodShare), GoodShare, "GoodShare must lie between 0 and 1, both excluded.");
    }
}
