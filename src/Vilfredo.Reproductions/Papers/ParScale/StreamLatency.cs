using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>How long a larger model writes a token with parallel streams, at batch 1. Its weights are fresh: time does not depend on them.</summary>
internal static class StreamLatency
{
    private const int Prompt = 16;

    /// <summary>8.5 million parameters but for the vocabulary: more than the processor's inner caches hold.</summary>
    public static DecoderConfig Shape { get; } = new()
    {
        VocabSize = SmallModel.Vocabulary,
        HiddenSize = 256,
        IntermediateSize = 704,
        NumHiddenLayers = 12,
        NumAttentionHeads = 8,
        NumKeyValueHeads = 2,
        MaxPositionEmbeddings = 128,
        TieWordEmbeddings = true,
    };

    /// <summary>Processor seconds per further token: the least of several runs, less that of one that stops after the first token.</summary>
    public static double SecondsPerToken(DecoderConfig config, int tokens, int runs, long seed, CancellationToken cancellation)
    {
        using var model = new Decoder(config, seed);
        var generator = new TokenGenerator(model);
        var clock = new ProcessorClock();
        int[] prompt = [.. Enumerable.Range(0, Prompt)];
        Seconds(tokens + 1); // so that the code is compiled
        return Math.Max(1e-9, Least(tokens + 1) - Least(1)) / tokens;

        double Least(int count) => Enumerable.Range(0, runs).Min(_ => Seconds(count));

        double Seconds(int count)
        {
            var start = clock.GetTimestamp();
            generator.Generate([prompt], new GenerationOptions { MaxTokens = count, Sampling = SamplingOptions.Greedy }, new RandomGenerator(1), cancellation);
            return clock.GetElapsedTime(start).TotalSeconds;
        }
    }
}
