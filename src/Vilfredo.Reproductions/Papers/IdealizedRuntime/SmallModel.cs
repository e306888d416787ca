using Vilfredo.Measurement.IdealizedRuntime.Comparison;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A decoder of the study.</summary>
/// <param name="Name">Its letter.</param>
/// <param name="HiddenSize">Width.</param>
/// <param name="Layers">Depth.</param>
internal sealed record SmallModel(string Name, int HiddenSize, int Layers)
{
    public const int Vocabulary = 128; // ASCII

    public static IReadOnlyList<SmallModel> All { get; } =
        [new("A", 64, 2), new("B", 128, 4), new("C", 192, 6), new("D", 256, 8), new("E", 384, 2), new("F", 64, 24)];

    /// <summary>12 h² L and the embedding.</summary>
    public double Parameters => new DecoderShape(HiddenSize, Layers, Vocabulary).Parameters;

    /// <summary>Three feed-forward matrices of 8/3 h make 8 h², as the count of parameters has it.</summary>
    public DecoderConfig Config => new()
    {
        VocabSize = Vocabulary,
        HiddenSize = HiddenSize,
        IntermediateSize = (8 * HiddenSize / 3 + 7) / 8 * 8,
        NumHiddenLayers = Layers,
        NumAttentionHeads = HiddenSize / 32,
        MaxPositionEmbeddings = 512,
        TieWordEmbeddings = true,
    };
}
