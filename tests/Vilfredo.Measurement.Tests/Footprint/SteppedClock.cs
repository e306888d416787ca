namespace Vilfredo.Measurement.Tests.Footprint;

/// <summary>A clock that a test moves; its timers never fire by themselves.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => ticks;

    /// <summary>The last timer that was made; it fires when a test says so.</summary>
    public ManualTimer? Timer { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Timer = new ManualTimer(callback, state, dueTime);

    public void Advance(double seconds)
    {
        ticks += TimeSpan.FromSeconds(seconds).Ticks;
        now += TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Sets the time of day without letting time pass.</summary>
    public void Set(DateTimeOffset time) => now = time;

    internal sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        /// <summary>When it would fire next.</summary>
        public TimeSpan Due { get; private set; } = due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
