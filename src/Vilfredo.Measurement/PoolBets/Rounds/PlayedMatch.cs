namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>A match whose outcome is known.</summary>
/// <param name="Division">Its league, or an empty text.</param>
/// <param name="Date">The day it was played.</param>
/// <param name="Odds">Decimal odds before it began, in the order of the outcomes.</param>
/// <param name="Outcome">The index of what came: 0 home win, 1 draw, 2 away win.</param>
public sealed record PlayedMatch(string Division, DateOnly Date, DecimalOdds Odds, int Outcome);
