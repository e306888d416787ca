namespace Vilfredo.Statistics;

/// <summary>Where the noise of a point's mean comes from.</summary>
public enum NoiseModel
{
    /// <summary>
    /// Points with two repeats or more are resampled from their own; a point with one has the pooled noise of the others.
    /// </summary>
    ResampledElsePooled,

    /// <summary>Every point is resampled from its own repeats; a point with one repeat does not vary.</summary>
    Resampled,

    /// <summary>
    /// Every point has normal noise with the covariance pooled over all points: better for two or three repeats each when the
    /// noise is alike everywhere.
    /// </summary>
    Pooled,
}
