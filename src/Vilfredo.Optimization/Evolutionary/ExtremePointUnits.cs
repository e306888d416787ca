namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The units in which NSGA-III compares points when it looks for the extreme point along each axis.</summary>
public enum ExtremePointUnits
{
    /// <summary>Shares of the range of the first front: an objective in other units, or on another scale, selects the same points.</summary>
    Scaled,

    /// <summary>
    /// Those of the objectives, as the paper's achievement function is written (Deb and Jain 2014, section IV-C): an objective of large values counts for more
    /// off its own axis, and another unit of it may select other points.
    /// </summary>
    Raw,
}
