namespace Vilfredo.Neural.Hourglass;

/// <summary>Feed-forward layers of a decoder as <see cref="ResidualMlp"/>: from the width of the residual stream to a wider one, refined there, and back. An extension of this project under the key "hourglass".</summary>
/// <remarks>The paper suggests it for transformers and does not test it.</remarks>
public sealed record HourglassConfig
{
    /// <summary>The width that is refined.</summary>
    public int LatentSize { get; init; }

    /// <summary>The inner width of each refinement.</summary>
    public IReadOnlyList<int> BottleneckSizes { get; init; } = [];

    /// <summary>How the residual stream gets the wider width.</summary>
    public LiftKind Lift { get; init; } = LiftKind.Learned;

    /// <summary>The seed of a lift that is not trained; each layer has its own stream of it.</summary>
    public ulong LiftSeed { get; init; }

    /// <summary>The network of a layer of a decoder.</summary>
    /// <param name="hiddenSize">The width of the residual stream.</param>
    public ResidualMlpShape Shape(int hiddenSize) => new()
    {
        InputWidth = hiddenSize,
        LatentWidth = LatentSize,
        BottleneckWidths = BottleneckSizes,
        OutputWidth = hiddenSize,
        Lift = Lift,
        Activation = Activation.Silu,
    };
}
