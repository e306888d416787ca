namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>What a computer did between two samples.</summary>
public readonly record struct ActivityInterval
{
    /// <summary>Describes an interval.</summary>
    /// <param name="seconds">Its length on a monotonic clock, at least 0.</param>
    /// <param name="processCpuSeconds">Processor time of the observed processes, over all threads.</param>
    /// <param name="machineCpuSeconds">Processor time of everything on the machine; taken as at least that of the processes.</param>
    /// <param name="residentBytes">Mean memory that the processes held.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public ActivityInterval(double seconds, double processCpuSeconds, double machineCpuSeconds, double residentBytes)
    {
        Seconds = Quantity.NotNegative(seconds, nameof(seconds), "s");
        ProcessCpuSeconds = Quantity.NotNegative(processCpuSeconds, nameof(processCpuSeconds), "s");
        MachineCpuSeconds = Math.Max(processCpuSeconds, Quantity.NotNegative(machineCpuSeconds, nameof(machineCpuSeconds), "s"));
        ResidentBytes = Quantity.NotNegative(residentBytes, nameof(residentBytes), "bytes");
    }

    /// <summary>Length in seconds.</summary>
    public double Seconds { get; }

    /// <summary>Processor seconds of the observed processes.</summary>
    public double ProcessCpuSeconds { get; }

    /// <summary>Processor seconds of the machine.</summary>
    public double MachineCpuSeconds { get; }

    /// <summary>Mean resident bytes of the observed processes.</summary>
    public double ResidentBytes { get; }

    /// <summary>The processes' share of the busy processor time, 0 when nothing was busy.</summary>
    public double ProcessShare => MachineCpuSeconds > 0 ? ProcessCpuSeconds / MachineCpuSeconds : 0;

    /// <summary>The share to count in a scope: 1 for the machine, <see cref="ProcessShare"/> for the process.</summary>
    public double Share(FootprintScope scope) => scope == FootprintScope.Machine ? 1 : ProcessShare;
}
