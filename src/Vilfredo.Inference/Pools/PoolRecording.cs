using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Pools;

/// <summary>How a pool is recorded.</summary>
public sealed record PoolRecording
{
    /// <summary>The samples of each problem, at least 1.</summary>
    public int Samples { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "A problem has at least 1 sample."); } = 64;

    /// <summary>The temperature, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <summary>The most output tokens of a sample; null for the model's own limit.</summary>
    public int? MaximumOutputTokens { get; init; }

    /// <summary>The seed of samples and problems.</summary>
    public ulong Seed { get; init; }

    /// <summary>The problems that are asked at once, at least 1; all samples of a problem are asked side by side, 64 at a time.</summary>
    public int Concurrency { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Concurrency), value, "At least one problem is asked at a time."); } = 1;

    /// <summary>Whether log-probabilities are asked for, which give the score <see cref="PooledSample.LogProbability"/>.</summary>
    public bool LogProbabilities { get; init; } = true;

    /// <summary>Finds answers.</summary>
    public IAnswerExtractor Answers { get; init; } = AnswerExtractors.Named("auto");
}
