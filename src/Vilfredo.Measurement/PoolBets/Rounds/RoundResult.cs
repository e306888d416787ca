namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>What a bet did in one round.</summary>
/// <param name="Start">The round.</param>
/// <param name="Columns">How many columns were bought.</param>
/// <param name="Fee">What they cost.</param>
/// <param name="Payout">What they were paid.</param>
/// <param name="BestHits">The hits of the best of them; −1 when none was bought.</param>
public sealed record RoundResult(DateOnly Start, long Columns, double Fee, double Payout, int BestHits)
{
    /// <summary>Payout minus fee.</summary>
    public double Profit => Payout - Fee;
}
