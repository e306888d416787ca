using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Measurement.Tests.Footprint;

/// <summary>Activity that a test writes down.</summary>
internal sealed class ReplayActivity(int processors, params ActivityTotals[] totals) : IActivitySource
{
    private int next;

    public int Processors => processors;

    public string Description => "a replayed trace";

    public ActivityTotals Read() => totals[Math.Min(next++, totals.Length - 1)];
}
