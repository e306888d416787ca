namespace Vilfredo.Studies;

/// <summary>A trial as a file of results holds it.</summary>
/// <param name="Number">Its number there, by which repeats name it.</param>
/// <param name="Configuration">The knobs.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Started">When its measurement began, if known.</param>
/// <param name="Finished">When its result was told, if known.</param>
/// <param name="RepeatOf">The number there of the trial that it measures again, if any.</param>
/// <param name="IsLate">Whether its result had come late.</param>
internal readonly record struct ImportedTrial(
    int Number, Configuration Configuration, TrialOutcome Outcome, DateTimeOffset? Started, DateTimeOffset? Finished, int? RepeatOf, bool IsLate);
