using System.Diagnostics;

namespace Vilfredo.Benchmarks.Sorting;

/// <summary>Medians of the time of one or two actions that run in turn.</summary>
internal static class Timing
{
    private const double ShortestSample = 0.0002; // seconds; quicker actions are repeated within a sample

    /// <summary>Milliseconds per call of both; the second is NaN when there is none.</summary>
    public static (double First, double Second) Interleaved(TimeSpan budget, Action first, Action? second = null)
    {
        var (firstRepeats, secondRepeats) = (WarmUp(first, budget), second is null ? 0 : WarmUp(second, budget));
        List<double> firstTimes = [], secondTimes = [];
        var begin = Stopwatch.GetTimestamp();
        do
        {
            firstTimes.Add(Sample(first, firstRepeats));
            if (second is not null) secondTimes.Add(Sample(second, secondRepeats));
        }
        while (budget > TimeSpan.Zero && (firstTimes.Count < 5 || Stopwatch.GetElapsedTime(begin) < budget));

        return (Median(firstTimes), secondTimes.Count == 0 ? double.NaN : Median(secondTimes));
    }

    /// <summary>Runs until the just-in-time compiler has settled, and returns how many calls make a sample.</summary>
    private static int WarmUp(Action action, TimeSpan budget)
    {
        var begin = Stopwatch.GetTimestamp();
        var calls = 0;
        do
        {
            action();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < Math.Min(0.3, budget.TotalSeconds));

        return Math.Max(1, (int)(ShortestSample / (Sample(action, 1) / 1000)));
    }

    private static double Sample(Action action, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / repeats;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
