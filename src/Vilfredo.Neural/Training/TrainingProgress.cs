namespace Vilfredo.Neural.Training;

/// <summary>How far a training is.</summary>
/// <param name="Step">The steps taken.</param>
/// <param name="Steps">The steps in all.</param>
/// <param name="ResumedAt">The steps taken by earlier runs.</param>
/// <param name="Elapsed">The time of this run.</param>
/// <param name="TokensPerSecond">The tokens that this run reads per second, evaluations included; 0 before its first step.</param>
/// <param name="Records">The log so far, earlier runs included.</param>
public sealed record TrainingProgress(
    long Step, long Steps, long ResumedAt, TimeSpan Elapsed, double TokensPerSecond, IReadOnlyList<TrainingRecord> Records)
{
    /// <summary>The time left at the present rate; null before the first step.</summary>
    public TimeSpan? Remaining => Step > ResumedAt ? Elapsed / (Step - ResumedAt) * (Steps - Step) : null;
}
