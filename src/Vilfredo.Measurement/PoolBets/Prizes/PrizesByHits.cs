namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>The prizes of one round once its outcomes are known.</summary>
/// <param name="outcomes">One outcome per match.</param>
/// <param name="prizes">Receives what a column with 0, 1, … m hits is paid.</param>
public delegate void PrizesByHits(ReadOnlySpan<int> outcomes, Span<double> prizes);
