namespace Vilfredo.Optimization.Nonsmooth.Boxes;

/// <summary>Settings of <see cref="BoxSubdivision.Critical"/>.</summary>
public sealed record BoxSubdivisionOptions
{
    /// <summary>The halvings, from 1 to <see cref="BoxCovering.MaximumDepth"/>: depth / n for each coordinate.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>The descent steps that each sample point takes at most; around kinks 10 rather than 3.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>Random points of each box besides its centre and, up to 6 variables, its corners.</summary>
    public int RandomPoints { get; init; }

    /// <summary>The level of criticality as a part of the boxes' shortest side, above 0 and at most 0.5: points within about it of the set stay where they are.</summary>
    public double Level { get; init; } = 0.35;

    /// <summary>Whether, after each round of halvings, lost boxes are sought from the neighbours of those that are left.</summary>
    public bool Recover { get; init; } = true;

    internal void Validate()
    {
        if (Depth is < 1 or > BoxCovering.MaximumDepth) throw new ArgumentException($"The depth is {Depth}; it must be from 1 to {BoxCovering.MaximumDepth}.");
        if (Steps < 1) throw new ArgumentException($"The steps are {Steps}; there must be at least 1.");
        if (RandomPoints < 0) throw new ArgumentException($"The random points are {RandomPoints}; they cannot be negative.");
        if (!(Level is > 0 and <= 0.5)) throw new ArgumentException($"The level is {Level}; it must be above 0 and at most 0.5.");
    }
}
