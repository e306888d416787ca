namespace Vilfredo.Neural.Generation;

/// <summary>How long sequences are continued, and how their tokens are drawn.</summary>
public sealed record GenerationOptions
{
    /// <summary>The most tokens of a continuation; at least 1.</summary>
    public int MaxTokens { get; init; } = 64;

    /// <summary>A continuation ends when it draws one of these; the token is part of it.</summary>
    public IReadOnlyCollection<int> StopTokens { get; init; } = [];

    /// <summary>How tokens are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Called with the logits of the next tokens, float [rows, V], and the sequences so far, prompt included, in the same order; what it returns is drawn from. It comes before everything in <see cref="Sampling"/>.</summary>
    public Func<TorchSharp.torch.Tensor, IReadOnlyList<IReadOnlyList<int>>, TorchSharp.torch.Tensor>? LogitsProcessor { get; init; }

    /// <summary>Called with the number of the prompt and each token as soon as it is drawn.</summary>
    public Action<int, int>? OnToken { get; init; }

    /// <summary>Called with the number of the prompt, each token and its log-probability, after <see cref="OnToken"/>; true ends the continuation with that token, as a stop token does.</summary>
    public Func<int, int, double, bool>? StopsAfter { get; init; }
}
