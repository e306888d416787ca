using Vilfredo.Inference.Serving;

namespace Vilfredo.Server.Drift;

/// <summary>Watches the cost and the latency of a point.</summary>
internal sealed class PointDrift(ServingPoint point)
{
    public DriftChart? Cost { get; } = point.Cost is { } cost ? new(cost, point.Answers) : null;

    public DriftChart Latency { get; } = new(point.Latency, point.Answers);

    /// <summary>Takes an answer into account; names what has just left its band.</summary>
    public IEnumerable<string> Add(double? cost, double seconds)
    {
        if (cost is { } money && Cost?.Add(money) == true)
            yield return "cost";
        if (Latency.Add(seconds))
            yield return "latency";
    }
}
