using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>A result over drawn inputs.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Median">The median.</param>
/// <param name="Low">The 5 % quantile.</param>
/// <param name="High">The 95 % quantile.</param>
public sealed record UncertainResult(double Mean, double Median, double Low, double High)
{
    internal static UncertainResult Of(double[] sample) =>
        new(Descriptive.Mean(sample), Descriptive.Median(sample), Descriptive.Quantile(sample, 0.05), Descriptive.Quantile(sample, 0.95));
}
