namespace Vilfredo.Decisions;

/// <summary>What one priority did to a lexicographic choice.</summary>
/// <param name="Objective">The objective that counted.</param>
/// <param name="Best">Its smallest value among the points that were left.</param>
/// <param name="Threshold">The largest value that stayed in the choice.</param>
/// <param name="Remaining">How many points stayed.</param>
public sealed record LexicographicStage(int Objective, double Best, double Threshold, int Remaining);
