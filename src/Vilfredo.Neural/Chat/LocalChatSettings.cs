using Vilfredo.Neural.Generation;

namespace Vilfredo.Neural.Chat;

/// <summary>What holds for every call of a <see cref="LocalChatClient"/> unless the call says otherwise.</summary>
public sealed record LocalChatSettings
{
    /// <summary>The most tokens of an answer; at least 1. An answer never goes beyond the positions that the model was made for.</summary>
    public int MaxOutputTokens { get; init; } = 256;

    /// <summary>How tokens are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>The seed of calls that name none; each such call draws from a stream of its own, so that the same calls in the same order give the same answers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where the time of an answer comes from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
