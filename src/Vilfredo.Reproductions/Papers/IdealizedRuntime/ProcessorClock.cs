namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Tells the processor time of this process plus the time that something only pretended to take. What else the machine does in the
/// meantime does not count, as if the process were alone on it (but for caches, which are shared).
/// </summary>
internal sealed class ProcessorClock : TimeProvider
{
    private long waited;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks + waited;

    /// <summary>Lets time pass.</summary>
    public void Wait(double seconds) => waited += (long)(seconds * TimeSpan.TicksPerSecond);
}
