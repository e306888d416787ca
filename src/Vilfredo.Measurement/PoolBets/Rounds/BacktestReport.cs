using Vilfredo.Statistics;

namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>What a way to bet would have done in past rounds.</summary>
/// <param name="Rounds">Round by round.</param>
/// <param name="MeanProfit">Mean profit per round with a bootstrap interval over rounds.</param>
public sealed record BacktestReport(IReadOnlyList<RoundResult> Rounds, BootstrapInterval MeanProfit)
{
    /// <summary>The sum of the fees.</summary>
    public double TotalFee => Rounds.Sum(round => round.Fee);

    /// <summary>The sum of the payouts.</summary>
    public double TotalPayout => Rounds.Sum(round => round.Payout);

    /// <summary>The rounds in which the best column had at least so many hits.</summary>
    public int RoundsWith(int minHits) => Rounds.Count(round => round.BestHits >= minHits);
}
