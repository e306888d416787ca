namespace Vilfredo.Neural.Hourglass;

/// <summary>The widths and parts of a residual network of fully connected blocks, and what they cost.</summary>
/// <remarks>Norm, activation and biases are not determined by the sources of the hourglass paper at hand; the defaults are this project's.</remarks>
public sealed record ResidualMlpShape
{
    /// <summary>The width of the input, d_x.</summary>
    public required int InputWidth { get; init; }

    /// <summary>The width of the skip connection, d_z.</summary>
    public required int LatentWidth { get; init; }

    /// <summary>The inner width of each block, d_h; no blocks make a linear map.</summary>
    public required IReadOnlyList<int> BottleneckWidths { get; init; }

    /// <summary>The width of the output, d_y.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>How the input gets the width of the skip connection.</summary>
    public LiftKind Lift { get; init; } = LiftKind.FixedGaussian;

    /// <summary>The function between the two matrices of a block.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Whether each block normalises what it reads.</summary>
    public bool Normalizes { get; init; } = true;

    /// <summary>Whether the last latent is normalised before the output.</summary>
    public bool NormalizesOutput { get; init; }

    /// <summary>Whether the matrices of blocks and output have biases.</summary>
    public bool Biases { get; init; }

    /// <summary>Whether the lift is a matrix that is not trained.</summary>
    public bool HasFixedLift => Lift is LiftKind.FixedGaussian or LiftKind.FixedOrthogonal or LiftKind.FixedSigns;

    /// <summary>What the widths make the network.</summary>
    public WidthConvention Convention =>
        BottleneckWidths.Count > 0 && BottleneckWidths.All(width => width < LatentWidth) ? WidthConvention.Hourglass
        : BottleneckWidths.Count > 0 && BottleneckWidths.All(width => width > LatentWidth) ? WidthConvention.Conventional
        : WidthConvention.Mixed;

    /// <summary>How many numbers are trained.</summary>
    public long TrainableParameters =>
        (Lift == LiftKind.Learned ? LiftWeights : 0)
        + BlockWeights + OutputWeights
        + (Normalizes ? (long)LatentWidth * BottleneckWidths.Count : 0)
        + (NormalizesOutput ? LatentWidth : 0)
        + (Biases ? BottleneckWidths.Sum(width => (long)width + LatentWidth) + OutputWidth : 0);

    /// <summary>How many numbers are saved: those that are trained and a fixed lift.</summary>
    public long StoredParameters => TrainableParameters + (HasFixedLift ? LiftWeights : 0);

    /// <summary>Multiplications, each with its addition, in the matrix products for one input. A lift that is not trained is multiplied with all the same.</summary>
    public long MultiplyAdds => (Lift == LiftKind.Identity ? 0 : LiftWeights) + BlockWeights + OutputWeights;

    private long LiftWeights => (long)InputWidth * LatentWidth;

    private long BlockWeights => BottleneckWidths.Sum(width => 2L * LatentWidth * width);

    private long OutputWeights => (long)LatentWidth * OutputWidth;

    /// <summary>Refuses widths that cannot be built.</summary>
    /// <exception cref="ArgumentException">A width is below 1, or the lift is the identity between different widths.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InputWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LatentWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputWidth, 1);
        foreach (var width in BottleneckWidths)
            ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(BottleneckWidths));
        if (Lift == LiftKind.Identity && InputWidth != LatentWidth)
            throw new ArgumentException($"The lift is the identity, but the input is {InputWidth} wide and the skip connection {LatentWidth}; make them equal or choose another lift.", nameof(Lift));
    }
}
