namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Observes what processes and their machine do.</summary>
public interface IActivitySource
{
    /// <summary>Logical processors of the machine.</summary>
    int Processors { get; }

    /// <summary>What is observed and what is not, in words.</summary>
    string Description { get; }

    /// <summary>The totals now. Not thread-safe.</summary>
    ActivityTotals Read();
}
