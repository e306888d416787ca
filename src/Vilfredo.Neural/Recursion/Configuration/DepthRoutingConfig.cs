using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>The routers of a mixture of recursions.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, sections 2.2 and 4; defaults are those of its main setting.</remarks>
public sealed record DepthRoutingConfig
{
    /// <summary>Who decides.</summary>
    public RoutingChoice Choice { get; init; }

    /// <summary>The network that scores tokens.</summary>
    public RouterForm Router { get; init; }

    /// <summary>How a logit becomes the factor of a recursion's output; null means a sigmoid for recursions that pick tokens and a softmax for tokens that pick recursions.</summary>
    public GateFunction? Gate { get; init; }

    /// <summary>The factor of the gate, where it is no softmax; positive. The published 0.1 scales every update of the shared block by at most that and needs long training; short ones want 1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>Divides what the router reads; positive.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>What becomes of a token's state.</summary>
    public RoutedUpdate Update { get; init; }

    /// <summary>The share of a sequence's tokens that each recursion may pick, in (0, 1] and none above the one before; null means (R - r + 1) / R for the r-th.</summary>
    public IReadOnlyList<double>? Capacities { get; init; }

    /// <summary>Whether a small network of its own, trained on states from which no gradient flows back, decides in use which tokens go on; else the router does, trained to by the sampling loss.</summary>
    public bool AuxiliaryRouter { get; init; }

    /// <summary>Whether a bias that no gradient moves helps tokens to pick their number of recursions; see <see cref="Experts.BiasBalancer"/>.</summary>
    public bool BalancesByBias { get; init; }

    /// <summary>Whether the recursions before a token's last one are weighed too, as in the paper's equation but not in its code.</summary>
    public bool WeighsEveryRecursion { get; init; }

    /// <summary>The gate in force.</summary>
    [JsonIgnore]
    public GateFunction GateInForce => Gate ?? (Choice == RoutingChoice.Token ? GateFunction.Softmax : GateFunction.Sigmoid);
}
