using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Server.Choosing;

namespace Vilfredo.Server.Protocol;

/// <summary>A request for a chat completion, read and checked.</summary>
internal sealed record ChatCompletionRequest
{
    public required string Model { get; init; }

    /// <summary>The messages: read and checked already, or read when first asked for where nothing can be wrong with them. While the request is being answered.</summary>
    [AllowNull]
    public IReadOnlyList<ChatMessage> Messages { get => field ??= MessageReader.Read(MessagesAsWritten); init; }

    /// <summary>The messages as they came, a part of <see cref="Body"/>.</summary>
    public required ReadOnlyMemory<byte> MessagesAsWritten { get; init; }

    public required ChatOptions Options { get; init; }

    /// <summary>The body as it came, valid while the request is being answered.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

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

    public RequestPreference Preference { get; init; } = RequestPreference.None;

    /// <summary>The strategy that the request names; null where the model's name decides.</summary>
    public RequestedStrategy? Strategy { get; init; }
}
