using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Server.Drift;

namespace Vilfredo.Server.Chat;

/// <summary>A way to answer: a point of the frontier, or a strategy that a request names itself.</summary>
internal sealed record ServedPoint
{
    /// <summary>A measured point.</summary>
    public ServedPoint(ServingPoint measured, InferenceStrategy strategy, TimeProvider time)
        : this(measured.Name, measured.Model, measured.Strategy, strategy) => (Measured, Drift) = (measured, new(measured, time));

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

    /// <summary>Whether it still behaves as measured; null where nothing was.</summary>
    public PointDrift? Drift { get; }
}
