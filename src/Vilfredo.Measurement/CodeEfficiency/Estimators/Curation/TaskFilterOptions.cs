using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>What a task needs to tell fast solutions from slow ones; the defaults are the published code's, in instructions.</summary>
public sealed record TaskFilterOptions
{
    /// <summary>The least number of profiled solutions.</summary>
    public int MinSolutions { get; init; } = 10;

    /// <summary>What the fastest solution must cost at least, in the unit of the costs.</summary>
    public double MinCost { get; init; } = 10_000;

    /// <summary>The largest 99th percentile, over solutions, of the coefficient of variation over repeats, in percent.</summary>
    public double MaxNoisePercent { get; init; } = 5;

    /// <summary>The least number of clusters of clearly different costs.</summary>
    public int MinClusters { get; init; } = 4;

    /// <summary>The cut that counts the clusters, wider than that of ladders.</summary>
    public CutOptions Cut { get; init; } = new() { BaseThreshold = 0.20 };
}
