namespace Vilfredo.Statistics;

/// <summary>How a confidence band is laid around a Kaplan-Meier curve.</summary>
public enum SurvivalBand
{
    /// <summary>Pointwise, normal on the scale of log(−log S): stays within [0, 1], good for small samples. The usual choice.</summary>
    LogLog,

    /// <summary>Pointwise, normal on the scale of log S.</summary>
    Log,

    /// <summary>Pointwise, normal on the scale of S, cut to [0, 1].</summary>
    Plain,

    /// <summary>
    /// Simultaneous: the whole curve lies inside with the given probability (Hall and Wellner, Biometrika 67, 1980), with
    /// Kolmogorov's critical value, which is conservative when the curve does not reach 0.
    /// </summary>
    HallWellner,
}
