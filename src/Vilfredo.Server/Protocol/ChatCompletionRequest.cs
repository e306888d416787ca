using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Server.Choosing;

namespace Vilfredo.Server.Protocol;

/// <summary>A request for a chat completion, read and checked.</summary>
internal sealed record ChatCompletionRequest
{
    public required string Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required ChatOptions Options { get; init; }

    /// <summary>The body as it came, valid while the request is being answered.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>The first field that is not known here, which only a call that passes the body on can honour; null when all are known.</summary>
    public string? UnknownField { get; init; }

    public bool Streams { get; init; }

    public bool IncludesUsage { get; init; }

    public int Choices { get; init; } = 1;

    public bool IsDryRun { get; init; }

    /// <summary>The number of samples of the strategy (<c>budget</c>, as its_hub's server takes it); null where the strategy's own holds.</summary>
    public int? Samples { get; init; }

    /// <summary>Whether the answer comes with what it was chosen from.</summary>
    public bool ReturnsCandidates { get; init; }

    public Budget Budget { get; init; } = Budget.Unlimited;

    public RequestPreference Preference { get; init; } = new();

    /// <summary>The strategy that the request names; null where the model's name decides.</summary>
    public RequestedStrategy? Strategy { get; init; }
}
