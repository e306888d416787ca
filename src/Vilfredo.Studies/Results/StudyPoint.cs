namespace Vilfredo.Studies;

/// <summary>A configuration of a study that was measured, with everything measured of it.</summary>
public sealed record StudyPoint
{
    /// <summary>The knobs.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>The trials that measured it, in order.</summary>
    public required IReadOnlyList<int> Trials { get; init; }

    /// <summary>One value per objective in the user's direction: the mean over <see cref="Samples"/>.</summary>
    public required double[] Values { get; init; }

    /// <summary>The repeats, one row of objective values each.</summary>
    public required double[][] Samples { get; init; }

    /// <summary>The first trial that measured it; the number by which people name the point.</summary>
    public int Trial => Trials[0];

    /// <summary>Whether no other point of the study dominates it.</summary>
    public bool IsOnFrontier { get; init; }

    /// <summary>Whether it is the knee of the frontier.</summary>
    public bool IsKnee { get; init; }

    /// <summary>The probability that it is non-dominated given the noise of the repeats; <see langword="null"/> without repeats.</summary>
    public double? Probability { get; init; }
}
