namespace Vilfredo.Measurement.Tests.Footprint;

/// <summary>A clock that a test moves; its timers never fire by themselves.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    public void Advance(double seconds)
    {
        ticks += TimeSpan.FromSeconds(seconds).Ticks;
        now += TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Sets the time of day without letting time pass.</summary>
    public void Set(DateTimeOffset time) => now = time;

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
