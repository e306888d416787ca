namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>What a bet is paid, estimated from sampled outcomes.</summary>
/// <param name="Mean">The mean payout.</param>
/// <param name="StandardDeviation">The standard deviation of the payout of one round.</param>
/// <param name="Samples">How many rounds were sampled.</param>
public sealed record PayoutEstimate(double Mean, double StandardDeviation, int Samples)
{
    /// <summary>The standard error of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Samples);
}
