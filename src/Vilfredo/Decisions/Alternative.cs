namespace Vilfredo.Decisions;

/// <summary>A point that was not chosen, and what choosing it instead would change.</summary>
/// <param name="Index">The row of the point.</param>
/// <param name="Score">Its score by the same method.</param>
/// <param name="Change">
/// Its objectives minus those of the chosen point, all minimised: negative numbers are what it gains, positive ones its price.
/// </param>
public sealed record Alternative(int Index, double Score, IReadOnlyList<double> Change);
