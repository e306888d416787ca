namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>Where a solution stands on a ladder of references.</summary>
/// <param name="Rung">The matched reference, 0 for the slowest; −1 for a solution slower than all of them, cut off or broken.</param>
/// <param name="Score">The differential performance score: the percentage of the pool that is no faster, 0 to 100.</param>
/// <param name="Normalized">100 · (rung + 1) / number of rungs, 0 to 100.</param>
/// <param name="IsCertain">
/// Whether the score is known: a run that was cut off below the slowest reference's cost scores 0 by convention, but might have
/// matched.
/// </param>
public readonly record struct LadderMatch(int Rung, double Score, double Normalized, bool IsCertain);
