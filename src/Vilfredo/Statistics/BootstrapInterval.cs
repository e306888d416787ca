namespace Vilfredo.Statistics;

/// <summary>A confidence interval from the bootstrap.</summary>
public sealed record BootstrapInterval
{
    /// <summary>The statistic of the sample itself.</summary>
    public required double Estimate { get; init; }

    /// <summary>The lower end.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>The probability with which such intervals cover the true value.</summary>
    public required double Level { get; init; }

    /// <summary>How the interval was read from the bootstrap distribution.</summary>
    public required BootstrapMethod Method { get; init; }

    /// <summary>The number of resamples.</summary>
    public required int Resamples { get; init; }

    /// <summary>The standard deviation of the statistic over the resamples.</summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// Whether the statistic was the same in every resample (one value, or equal values): the ends then equal that number, and
    /// the width says nothing about the uncertainty.
    /// </summary>
    public bool IsDegenerate { get; init; }

    /// <summary>The distance between the ends.</summary>
    public double Width => Upper - Lower;

    /// <summary>Whether a value lies in the interval, ends included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>For example <c>3.2 [2.9, 3.6] (95 % BCa, 10000 resamples)</c>.</summary>
    public override string ToString()
    {
        var method = Method == BootstrapMethod.Percentile ? "percentile" : "BCa";
        return FormattableString.Invariant(
            $"{Estimate:G6} [{Lower:G6}, {Upper:G6}] ({Level * 100:G4} % {method}, {Resamples} resamples)");
    }
}
