namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>Layers that are passed several times, and by which tokens. An extension of this project to a Hugging Face <c>config.json</c> under the key "recursion"; num_hidden_layers stays the number of layers that a token passes through at most.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions: Learning Dynamic Recursive Depths for Adaptive Token-Level Computation, 2025.</remarks>
public sealed record RecursionConfig
{
    /// <summary>How often the shared layers are passed, R; 1 is an ordinary decoder.</summary>
    public int Recursions { get; init; } = 1;

    /// <summary>Which layers are the same.</summary>
    public LayerSharing Sharing { get; init; } = LayerSharing.MiddleCycle;

    /// <summary>Whose keys and values a recursion attends to.</summary>
    public KeyValueSharing KeyValues { get; init; }

    /// <summary>Routers that decide how many recursions a token takes; null means that every token takes all of them.</summary>
    public DepthRoutingConfig? Routing { get; init; }
}
