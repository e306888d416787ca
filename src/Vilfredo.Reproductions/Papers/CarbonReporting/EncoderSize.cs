using Vilfredo.Neural.SequenceToSequence;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A size of the encoder-decoder, with its peak learning rates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Width">d; heads have 16, feed-forward layers 2 d.</param>
/// <param name="InfusionRate">Of the first stage.</param>
/// <param name="QuestionRate">Of the second stage after the first.</param>
/// <param name="QuestionRateAlone">Of the second stage without the first.</param>
internal sealed record EncoderSize(string Name, int Width, double InfusionRate, double QuestionRate, double QuestionRateAlone)
{
    /// <summary>From small to large. The rates were tuned on seed 101.</summary>
    public static IReadOnlyList<EncoderSize> All { get; } =
    [
        new("0.05M", 48, 0.004, 0.00025, 0.004),
        new("0.14M", 80, 0.002, 0.001, 0.002),
        new("0.43M", 144, 0.002, 0.0005, 0.001),
    ];

    /// <summary>The model's configuration: one block to read, one to write.</summary>
    public EncoderDecoderConfig Config(int vocabulary) => new()
    {
        VocabSize = vocabulary,
        DModel = Width,
        DKv = 16,
        NumHeads = Width / 16,
        DFf = 2 * Width,
        NumLayers = 1,
        NumDecoderLayers = 1,
        RelativeAttentionNumBuckets = 16,
        RelativeAttentionMaxDistance = 32,
    };
}
