using Vilfredo.Measurement.ScalingLaws;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What Chen et al. (arXiv 2505.10475) and their repository print, against what the library computes.</summary>
internal static class PublishedStreams
{
    private static readonly int[] Lengths = [64, 128, 256, 512]; // of prompt and output each

    private static readonly Lazy<ParallelScalingLaw> Stack = new(() => ParallelScalingLaw.Fit(PublishedStreamLosses.StackPython)), Pile = new(() => ParallelScalingLaw.Fit(PublishedStreamLosses.Pile));

    // 1.6 billion parameters: width and feed-forward width follow from the printed numbers of parameters (1,571,472,384 and 6,050,306 more with two streams).
    private static readonly DecoderConfig Middle = Wide(1536, 8320);

    /// <summary>The law's gain by streams; the range is the study's.</summary>
    public static ExactValue[] Gains() =>
    [
        new("k on Stack-V2 Python", 0.39, Stack.Value.StreamGain, 0.01),
        new("k on the Pile", 0.335, Pile.Value.StreamGain, 0.01),
    ];

    /// <summary>How well the law fits, to the printed digits.</summary>
    public static ExactValue[] Fits() =>
    [
        new("R^2 on Stack-V2 Python", 0.9978, Stack.Value.RSquared(PublishedStreamLosses.StackPython), 0.00005),
        new("R^2 on the Pile", 0.9987, Pile.Value.RSquared(PublishedStreamLosses.Pile), 0.00005),
    ];

    /// <summary>Printed numbers of parameters of the smallest and the middle model.</summary>
    public static ExactValue[] Parameters() =>
    [
        .. from size in new[] { (Config: Wide(896, 4864), Numbers: new[] { 535_813_376.0, 538_195_842, 540_577_412, 545_340_552 }), (Config: Middle, Numbers: [1_571_472_384, 1_577_522_690, 1_583_571_460, 1_595_669_000]) }
           from power in Enumerable.Range(0, 4)
           select new ExactValue($"width {size.Config.HiddenSize}, {1 << power} streams", size.Numbers[power], new DecoderCosts(Streams(size.Config, 1 << power)).Parameters.TotalWithoutVocabulary, 0.5),
    ];

    /// <summary>How many times more memory and time than eight streams a model takes that is wider instead, with equal loss by the law on Stack-V2 Python: 1.6 billion parameters, batch 1. Within a factor of two of the printed ones, on a logarithmic scale.</summary>
    public static ExactValue[] AgainstWidth()
    {
        var parameters = new DecoderCosts(Middle).Parameters.TotalWithoutVocabulary;
        var wanted = Stack.Value.EquivalentParameters(parameters, 8);
        var wider = Enumerable.Range(48, 49).Select(heads => Wide(32 * heads, 32 * heads * 65 / 12)).MinBy(config => Math.Abs(new DecoderCosts(config).Parameters.TotalWithoutVocabulary - wanted))!;
        InferenceRoofline one = new(Middle, RooflineHardware.A100), eight = new(Streams(Middle, 8), RooflineHardware.A100), wide = new(wider, RooflineHardware.A100);
        return
        [
            Factor("memory", 22, model => Lengths.Average(length => (double)model.MemoryBytes(2 * length))),
            Factor("time", 6, model => Lengths.Average(length => model.GenerationSeconds(length, length))),
        ];

        ExactValue Factor(string name, double printed, Func<InferenceRoofline, double> cost)
        {
            var ours = (cost(wide) - cost(one)) / (cost(eight) - cost(one));
            return new(FormattableString.Invariant($"log2 of the ratio of {name} ({ours:0.0} here)"), Math.Log2(printed), Math.Log2(ours), 1);
        }
    }

    private static DecoderConfig Streams(DecoderConfig config, int streams) => streams == 1 ? config : config with { ParscaleN = streams };

    private static DecoderConfig Wide(int width, int feedForward) => new()
    {
        ModelType = "qwen2_parscale",
        VocabSize = 151_936,
        HiddenSize = width,
        IntermediateSize = feedForward,
        NumHiddenLayers = 36,
        NumAttentionHeads = 16,
        NumKeyValueHeads = 2,
        TieWordEmbeddings = true,
    };
}
