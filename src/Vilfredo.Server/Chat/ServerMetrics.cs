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
        _requests.WithLabels(point.Name, "answered").Inc();
        _seconds.WithLabels(point.Name).Observe(seconds);
    }

    /// <summary>Counts what calls used, of answers that failed too.</summary>
    public void Used(ServedPoint point, string? key, MeterReading reading)
    {
        var name = point.Name;
        _tokens.WithLabels(name, "input").Inc(reading.InputTokens);
        _tokens.WithLabels(name, "output").Inc(reading.OutputTokens);
        if (reading.Cost > 0)
            _cost.WithLabels(name, key ?? "").Inc(reading.Cost);
    }

    public void Drifted(ServedPoint point)
    {
        if (point.Drift?.Cost is { } cost)
            _drift.WithLabels(point.Name, "cost").Set(cost.IsOut ? 1 : 0);
        if (point.Drift?.Latency is { } latency)
            _drift.WithLabels(point.Name, "latency").Set(latency.IsOut ? 1 : 0);
    }

    public void Failed(string point, string outcome) => _requests.WithLabels(point, outcome).Inc();

    public void FellBack(string point) => _fallbacks.WithLabels(point).Inc();
}
