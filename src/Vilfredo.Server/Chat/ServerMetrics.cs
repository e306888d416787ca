using System.Collections.Concurrent;
using Prometheus;

namespace Vilfredo.Server.Chat;

/// <summary>What the server tells Prometheus.</summary>
internal sealed class ServerMetrics
{
    private readonly Counter _requests;
    private readonly Counter _tokens;
    private readonly Counter _cost;
    private readonly Counter _fallbacks;
    private readonly Histogram _seconds;
    private readonly Gauge _drift;
    private readonly ConcurrentDictionary<string, OfPoint> _points = new(StringComparer.Ordinal);

    public ServerMetrics()
    {
        var factory = Metrics.WithCustomRegistry(Registry);
        _requests = factory.CreateCounter("vilfredo_requests_total", "Requests for completions.", "point", "outcome");
        _tokens = factory.CreateCounter("vilfredo_tokens_total", "Tokens of all calls of models.", "point", "direction");
        _cost = factory.CreateCounter("vilfredo_cost_total", "Money, in the currency of the frontier.", "point", "key");
        _fallbacks = factory.CreateCounter("vilfredo_fallbacks_total", "Requests that another point had to answer because this one failed.", "point");
        _seconds = factory.CreateHistogram("vilfredo_request_seconds", "Time to the end of an answer.", ["point"], new() { Buckets = Histogram.ExponentialBuckets(0.005, 2, 16) });
        _drift = factory.CreateGauge("vilfredo_drift", "1 where the recent average has left the band of what was measured.", "point", "value");
        Running = factory.CreateGauge("vilfredo_running_requests", "Requests being answered.");
        Waiting = factory.CreateGauge("vilfredo_waiting_requests", "Requests waiting for a place.");
    }

    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public Gauge Running { get; }

    public Gauge Waiting { get; }

    public void Answered(ServedPoint point, double seconds)
    {
        var own = Of(point.Name);
        own.Answered.Inc();
        own.Seconds.Observe(seconds);
    }

    /// <summary>Counts what calls used, of answers that failed too.</summary>
    public void Used(ServedPoint point, string? key, MeterReading reading)
    {
        var own = Of(point.Name);
        own.InputTokens.Inc(reading.InputTokens);
        own.OutputTokens.Inc(reading.OutputTokens);
        if (reading.Cost > 0)
            own.Cost(key ?? "").Inc(reading.Cost);
    }

    public void Drifted(ServedPoint point)
    {
        if (point.Drift?.Cost is { } cost)
            Of(point.Name).CostDrift.Set(cost.IsOut ? 1 : 0);
        if (point.Drift?.Latency is { } latency)
            Of(point.Name).LatencyDrift.Set(latency.IsOut ? 1 : 0);
    }

    public void Failed(string point, string outcome) => _requests.WithLabels(point, outcome).Inc();

    public void FellBack(string point) => _fallbacks.WithLabels(point).Inc();

    private OfPoint Of(string point) => _points.GetOrAdd(point, static (name, own) => new(own, name), this);

    // Looked up by their labels once, and there from the first time that they count something.
    private sealed class OfPoint(ServerMetrics metrics, string point)
    {
        private readonly ConcurrentDictionary<string, Counter.Child> _costs = new(StringComparer.Ordinal);

        public Counter.Child Answered => field ??= metrics._requests.WithLabels(point, "answered");

        public Histogram.Child Seconds => field ??= metrics._seconds.WithLabels(point);

        public Counter.Child InputTokens => field ??= metrics._tokens.WithLabels(point, "input");

        public Counter.Child OutputTokens => field ??= metrics._tokens.WithLabels(point, "output");

        public Gauge.Child CostDrift => field ??= metrics._drift.WithLabels(point, "cost");

        public Gauge.Child LatencyDrift => field ??= metrics._drift.WithLabels(point, "latency");

        public Counter.Child Cost(string key) => _costs.GetOrAdd(key, static (name, of) => of.Counter.WithLabels(of.Point, name), (Counter: metrics._cost, Point: point));
    }
}
