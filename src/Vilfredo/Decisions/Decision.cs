namespace Vilfredo.Decisions;

/// <summary>A chosen point and why.</summary>
/// <param name="Index">The row of the chosen point.</param>
/// <param name="Score">The number by which it was chosen; the method says what it means and whether small or large is good.</param>
/// <param name="RunnerUp">The next choice among points with other values; <see langword="null"/> when there is none.</param>
public sealed record Decision(int Index, double Score, Alternative? RunnerUp);
