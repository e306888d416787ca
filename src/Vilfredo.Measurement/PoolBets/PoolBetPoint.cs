using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Measurement.PoolBets;

/// <summary>What one budget buys.</summary>
/// <param name="Budget">The most columns that were allowed.</param>
/// <param name="System">The best system within it.</param>
/// <param name="Fee">What its columns cost.</param>
/// <param name="Safety">The chance that its best column reaches the hits aimed at.</param>
/// <param name="ExpectedProfit">Mean payout minus fee.</param>
/// <param name="StandardDeviation">The standard deviation of the profit of one round.</param>
/// <param name="StandardError">The sampling error of the expected profit.</param>
public sealed record PoolBetPoint(
    long Budget, SystemBet System, double Fee, double Safety, double ExpectedProfit, double StandardDeviation, double StandardError)
{
    /// <summary>Expected profit per unit of its spread; NaN when there is none.</summary>
    public double SharpeRatio => ExpectedProfit / StandardDeviation;
}
