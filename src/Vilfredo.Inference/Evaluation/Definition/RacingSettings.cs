namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>When points are given up that others are almost surely better than.</summary>
public sealed record RacingSettings
{
    /// <summary>The problems of a round; after each round points may be given up. At least 1.</summary>
    public int Round { get; init; } = 10;

    /// <summary>The problems before the first look. At least 2.</summary>
    public int Minimum { get; init; } = 20;

    /// <summary>The probability with which a point that is given up is rightly given up, over all looks together; in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The difference in quality that does not matter, in [0, 1): a point is given up for one that is at most this much worse and not dearer.</summary>
    public double Margin { get; init; } = 0.02;
}
