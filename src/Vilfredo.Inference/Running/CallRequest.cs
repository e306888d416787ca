using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;

namespace Vilfredo.Inference.Running;

/// <summary>A call that a strategy wants to make.</summary>
public sealed record CallRequest
{
    /// <summary>What it is for; see <see cref="CallRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The round, from 0.</summary>
    public int Round { get; init; }

    /// <summary>Its place among the calls of the same role and round, from 0. Role, round and place decide the seed, so that the same call of a larger strategy is the same call.</summary>
    public int Sibling { get; init; }

    /// <summary>The chat; the caller's when null.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>The candidates whose texts it needs.</summary>
    public IReadOnlyList<Candidate> After { get; init; } = [];

    /// <summary>The model; the strategy's when null.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>The temperature where the caller has not set one, or always when <see cref="OverridesOptions"/>.</summary>
    public double? Temperature { get; init; }

    /// <summary>The most output tokens where the caller has not set them, or always when <see cref="OverridesOptions"/>.</summary>
    public int? MaximumOutputTokens { get; init; }

    /// <summary>Whether the call is about the question rather than an answer to it, such as a judgement: the caller's temperature, limits, stop sequences, tools and response format are then not passed on.</summary>
    public bool OverridesOptions { get; init; }

    /// <summary>Whether the response is read as a stream although nobody follows it, so that the tokens written before a cancellation are counted. For calls that are likely to be cancelled.</summary>
    public bool CountsPartial { get; init; }

    /// <summary>Changes the options last.</summary>
    public Action<ChatOptions>? Configure { get; init; }
}
