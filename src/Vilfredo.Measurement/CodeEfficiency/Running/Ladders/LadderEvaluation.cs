using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

/// <summary>What a sample did on a ladder.</summary>
/// <param name="Score">Whether it passed, its efficiency e, and that of each level.</param>
/// <param name="Run">The costs behind it. <see cref="LevelScoring"/> takes them again with a smaller α or other weights.</param>
/// <param name="Verdict">How it ended: correct, or the verdict of the call that ended it.</param>
/// <param name="Message">What that call said, for people; <see langword="null"/> where nothing was said.</param>
/// <param name="Last">The last run of the sample, for its conditions and diagnostics.</param>
public sealed record LadderEvaluation(LevelScore Score, LevelRun Run, SampleVerdict Verdict, string? Message, SampleRun Last);
