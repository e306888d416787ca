namespace Vilfredo.Statistics;

/// <summary>Size, mean, spread and five-number summary of a sample. Quartiles are of type 7.</summary>
public sealed record SampleSummary
{
    /// <summary>The number of values, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The arithmetic mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation with divisor n − 1; 0 for a single value.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The smallest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>The 0.25 quantile.</summary>
    public required double LowerQuartile { get; init; }

    /// <summary>The 0.5 quantile.</summary>
    public required double Median { get; init; }

    /// <summary>The 0.75 quantile.</summary>
    public required double UpperQuartile { get; init; }

    /// <summary>The largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>The standard error of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Count);

    /// <summary>The distance between the quartiles.</summary>
    public double InterquartileRange => UpperQuartile - LowerQuartile;
}
