using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Server.Drift;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>A way to answer: a point of the frontier, or a strategy that a request names itself.</summary>
internal sealed record ServedPoint
{
    /// <summary>A measured point.</summary>
    public ServedPoint(ServingPoint measured, InferenceStrategy strategy, TimeProvider time)
        : this(measured.Name, measured.Model, measured.Strategy, strategy) => (Measured, Drift, Expected) = (measured, new(measured, time), [.. ExpectedOf(measured)]);

    /// <summary>A strategy over a model of which nothing was measured.</summary>
    public ServedPoint(string name, string model, string strategyName, InferenceStrategy strategy) =>
        (Name, Model, StrategyName, Strategy) = (name, model, strategyName, strategy);

    public string Name { get; init; }

    /// <summary>Its model, by its name in the frontier.</summary>
    public string Model { get; }

    public string StrategyName { get; }

    public InferenceStrategy Strategy { get; }

    /// <summary>Where requests can be passed on as they are, because the point is one plain call of an endpoint; null where it is more.</summary>
    public EndpointPassThrough? PassThrough { get; init; }

    /// <summary>What was measured of it; null for a strategy that a request names.</summary>
    public ServingPoint? Measured { get; }

    /// <summary>What headers say is expected of it.</summary>
    public (string Name, string Value)[] Expected { get; } = [];

    /// <summary>Whether it still behaves as measured; null where nothing was.</summary>
    public PointDrift? Drift { get; }

    private static IEnumerable<(string Name, string Value)> ExpectedOf(ServingPoint measured)
    {
        yield return ("x-vilfredo-expected-quality", CompletionWriter.Text(measured.Quality.Mean));
        yield return ("x-vilfredo-expected-latency", CompletionWriter.Text(measured.Latency.Mean));
        if (measured.Cost is { } cost)
            yield return ("x-vilfredo-expected-cost", CompletionWriter.Text(cost.Mean));
    }
}
