namespace Vilfredo.Decisions;

/// <summary>One step of a lexicographic choice.</summary>
/// <param name="Objective">The objective that counts in this step, from 0.</param>
/// <param name="Tolerance">How much worse than the best a point may be and stay in the choice; not negative, in units of the objective.</param>
public readonly record struct LexicographicPriority(int Objective, double Tolerance = 0);
