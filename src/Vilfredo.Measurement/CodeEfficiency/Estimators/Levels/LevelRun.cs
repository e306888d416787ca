namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

/// <summary>What one candidate program took on the tests of a problem, level by level.</summary>
/// <param name="Costs">
/// The costs of the tests in the order in which they were run, from level 0 on, as far as the run came; a test that was killed has
/// its limit as a lower bound. A run that ended early lists the level in which it ended, though it be empty.
/// </param>
/// <param name="End">Why it ended.</param>
public sealed record LevelRun(IReadOnlyList<IReadOnlyList<CensoredValue>> Costs, LevelRunEnd End = LevelRunEnd.Completed);
