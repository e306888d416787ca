using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What depths as measured would be worth in serving a model of the published shape: 360 million parameters, three recursions of ten layers between a first and a last one, 32 sequences at a time, or the 48 that the authors had in the same memory with the smaller cache.</summary>
/// <remarks>A stage takes the longer of reading its 16-bit weights and of computing on an A100. As in the paper the time of caches is left out.</remarks>
internal static class DepthServing
{
    /// <summary>SmolLM-360M.</summary>
    public static DecoderConfig Shape { get; } = new()
    {
        VocabSize = 49_152,
        HiddenSize = 960,
        IntermediateSize = 2560,
        NumHiddenLayers = 32,
        NumAttentionHeads = 15,
        NumKeyValueHeads = 5,
        TieWordEmbeddings = true,
    };

    /// <summary>How many times more tokens per second than the same stages without recursions left out: with tokens at any depth in one batch, the same with 48 sequences against 32, and with batches that wait for their deepest token.</summary>
    /// <param name="depths">The recursions of each token of each sequence, 1 to 3.</param>
    public static (double Continuous, double Larger, double Synchronous) Speedups(IReadOnlyList<IReadOnlyList<int>> depths)
    {
        var costs = new DecoderCosts(Shape);
        var layer = (double)costs.Parameters.TotalWithoutVocabulary / Shape.NumHiddenLayers;
        var head = (double)Shape.VocabSize * Shape.HiddenSize;
        var batching = new DepthwiseBatching { Slots = 32, EntrySeconds = Seconds(layer), BlockSeconds = Seconds(10 * layer), ExitSeconds = Seconds(layer + head) };
        depths = [.. Enumerable.Repeat(depths, 6).SelectMany(sequences => sequences)]; // so that the end, where slots stay empty, counts little
        var vanilla = batching.Synchronous([.. depths.Select(sequence => sequence.Select(_ => 3).ToArray())]).Throughput;
        return (batching.Continuous(depths).Throughput / vanilla, (batching with { Slots = 48 }).Continuous(depths).Throughput / vanilla, batching.Synchronous(depths).Throughput / vanilla);

        static Func<int, double> Seconds(double weights) => tokens => RooflineHardware.A100.Seconds(2 * weights * tokens, 2 * weights);
    }
}
