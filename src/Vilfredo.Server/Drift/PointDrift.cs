using Vilfredo.Inference.Serving;

namespace Vilfredo.Server.Drift;

/// <summary>Watches the cost and the latency of a point. Thread-safe.</summary>
/// <param name="point">What was measured.</param>
/// <param name="time">The clock.</param>
internal sealed class PointDrift(ServingPoint point, TimeProvider time)
{
    /// <summary>Values that come and go at the edge of their bands are told of no more often than this.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private bool _costIsTold;
    private bool _latencyIsTold;
    private long? _lastTold;

    public DriftChart? Cost { get; } = point.Cost is { } cost ? new(cost, point.Answers) : null;

    public DriftChart Latency { get; } = new(point.Latency, point.Answers);

    /// <summary>Takes an answer into account.</summary>
    /// <param name="cost">What it cost; null when that is not known.</param>
    /// <param name="seconds">How long it took.</param>
    /// <returns>The values to be told of: those that are out of their bands and were not told of since they left them. None within <see cref="TellEvery"/> of the last time; what left in between is told of afterwards, if it is still out then.</returns>
    public IReadOnlyList<string> Add(double? cost, double seconds)
    {
        if (cost is { } money)
            Cost?.Add(money);
        Latency.Add(seconds);
        var (costIsOut, latencyIsOut) = (Cost is { IsOut: true }, Latency.IsOut);
        lock (_lock)
        {
            _costIsTold &= costIsOut;
            _latencyIsTold &= latencyIsOut;
            if (costIsOut == _costIsTold && latencyIsOut == _latencyIsTold || _lastTold is { } last && time.GetElapsedTime(last) < TellEvery)
                return [];
            _lastTold = time.GetTimestamp();
            List<string> told = [];
            if (costIsOut && !_costIsTold)
                told.Add("cost");
            if (latencyIsOut && !_latencyIsTold)
                told.Add("latency");
            (_costIsTold, _latencyIsTold) = (costIsOut, latencyIsOut);
            return told;
        }
    }
}
