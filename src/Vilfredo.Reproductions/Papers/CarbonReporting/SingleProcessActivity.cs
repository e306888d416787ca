using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Reproductions.Papers;

/// <summary>This process on a machine of two cores that does nothing else.</summary>
internal sealed class SingleProcessActivity : IActivitySource
{
    /// <inheritdoc/>
    public int Processors => FootprintEstimates.Cores;

    /// <inheritdoc/>
    public string Description => "processor time of this process, as if it were alone on the machine";

    /// <inheritdoc/>
    public ActivityTotals Read()
    {
        var seconds = Environment.CpuUsage.TotalTime.TotalSeconds;
        return new(seconds, seconds, Environment.WorkingSet, 1);
    }
}
