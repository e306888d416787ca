namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>A number of different columns that are bought together.</summary>
public interface IPoolBet
{
    /// <summary>How many columns there are.</summary>
    long Columns { get; }

    /// <summary>Counts the columns by their hits once the outcomes are known.</summary>
    /// <param name="outcomes">One outcome per match.</param>
    /// <param name="counts">Receives how many columns have 0, 1, … m hits.</param>
    void CountByHits(ReadOnlySpan<int> outcomes, Span<double> counts);
}
