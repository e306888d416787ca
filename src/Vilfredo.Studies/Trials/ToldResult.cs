namespace Vilfredo.Studies;

/// <summary>A result as it was told for an attempt of a trial, and what became of it.</summary>
/// <param name="Attempt">The attempt, counted from 1.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Status">Whether it counts.</param>
/// <param name="Time">When it was told.</param>
public sealed record ToldResult(int Attempt, TrialOutcome Outcome, TellStatus Status, DateTimeOffset Time);
