namespace Vilfredo.Studies;

/// <summary>What trials had reported when they came to a step.</summary>
internal static class Rungs
{
    /// <summary>The values of a trial's first report at or after a step; null when it never came so far.</summary>
    public static IReadOnlyList<double>? At(TrialRecord trial, long step)
    {
        foreach (var report in trial.Reports)
        {
            if (report.Step >= step) return report.Values;
        }

        return null;
    }
}
