namespace Vilfredo.Decisions;

/// <summary>The outcome of a lexicographic choice.</summary>
/// <param name="Index">The row of the chosen point.</param>
/// <param name="Stages">What each priority did, in order.</param>
/// <param name="RunnerUp">
/// What would have been chosen without points of the chosen values, its score being its value of the first priority;
/// <see langword="null"/> when there is nothing else.
/// </param>
public sealed record LexicographicDecision(int Index, IReadOnlyList<LexicographicStage> Stages, Alternative? RunnerUp);
