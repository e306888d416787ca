using Microsoft.Extensions.AI;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>A call of a model as it is recorded.</summary>
public sealed record CallEntry
{
    /// <summary>The fingerprint of the call; null for one that failed, which is never replayed.</summary>
    public string? Key { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Its tokens.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>What it cost; null where the price is not known.</summary>
    public double? Cost { get; init; }

    /// <summary>The response; null for one that failed.</summary>
    public ChatResponse? Response { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
