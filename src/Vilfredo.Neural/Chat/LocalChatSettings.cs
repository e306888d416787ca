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

    /// <summary>The most calls that are decoded together; at least 1, which answers one after another. On two processor cores 64 small answers at once take about a tenth of the time that they take one by one.</summary>
    public int MaximumBatch { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumBatch), value, "A batch has at least one call."); } = 1;

    /// <summary>How long the model waits for more calls before it begins a batch that is not full; not negative. Not waited with a <see cref="MaximumBatch"/> of 1.</summary>
    public TimeSpan BatchWait { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(BatchWait), value, "A wait is not negative."); } = TimeSpan.FromMilliseconds(2);
}
