namespace Vilfredo.Neural.Experts;

/// <summary>The sizes and rules of a mixture of experts.</summary>
public sealed record ExpertShape
{
    /// <summary>The number of experts to choose from, E.</summary>
    public required int Routed { get; init; }

    /// <summary>How many of them a token is sent to, k.</summary>
    public required int PerToken { get; init; }

    /// <summary>The inner width of an expert.</summary>
    public required int Width { get; init; }

    /// <summary>The inner width of the expert that every token goes through; 0 means that there is none.</summary>
    public int SharedWidth { get; init; }

    /// <summary>Whether the shared expert's output is weighed by a sigmoid of the token, as in Qwen2-MoE.</summary>
    public bool SharedIsGated { get; init; }

    /// <summary>How logits become scores.</summary>
    public ScoringFunction Scoring { get; init; }

    /// <summary>Into how many groups of consecutive experts the choice is split; 1 means none.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>How many groups a token may choose from: those with the best experts.</summary>
    public int GroupsKept { get; init; } = 1;

    /// <summary>Whether the weights of the chosen experts are divided by their sum; without effect for k = 1, where it would hide the router from the gradient.</summary>
    public bool NormalizesWeights { get; init; }

    /// <summary>A factor on the weights of the routed experts.</summary>
    public double Scale { get; init; } = 1;
}
