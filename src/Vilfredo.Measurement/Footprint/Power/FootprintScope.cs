namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>What energy is counted.</summary>
public enum FootprintScope
{
    /// <summary>The share of the process and its children: power of the whole machine times their share of its busy processor time.</summary>
    Process,

    /// <summary>Everything that ran on the machine meanwhile.</summary>
    Machine,
}
