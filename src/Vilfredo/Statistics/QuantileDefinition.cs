namespace Vilfredo.Statistics;

/// <summary>
/// How a quantile between two order statistics is defined: the nine types of Hyndman and Fan, "Sample quantiles in
/// statistical packages", The American Statistician 50(4), 1996. The numbers are the paper's type numbers.
/// </summary>
public enum QuantileDefinition
{
    /// <summary>Type 1: the inverse of the empirical distribution function.</summary>
    InverseCdf = 1,

    /// <summary>Type 2: as type 1, with the average where the function is flat.</summary>
    AveragedInverseCdf = 2,

    /// <summary>Type 3: the nearest order statistic, the even one when there are two.</summary>
    NearestEven = 3,

    /// <summary>Type 4: linear interpolation of the empirical distribution function.</summary>
    InterpolatedCdf = 4,

    /// <summary>Type 5: piecewise linear with knots midway through the steps (Hazen).</summary>
    Hazen = 5,

    /// <summary>Type 6: position (n + 1) p (Weibull).</summary>
    Weibull = 6,

    /// <summary>Type 7: position 1 + (n − 1) p; the default of R, NumPy and spreadsheets, and the default here.</summary>
    Linear = 7,

    /// <summary>Type 8: approximately median-unbiased for any distribution; the one that the paper recommends.</summary>
    MedianUnbiased = 8,

    /// <summary>Type 9: approximately unbiased for normal data.</summary>
    NormalUnbiased = 9,
}
