namespace Vilfredo.Statistics;

/// <summary>How an interval is read from the bootstrap distribution.</summary>
public enum BootstrapMethod
{
    /// <summary>The quantiles of the bootstrap distribution themselves.</summary>
    Percentile,

    /// <summary>
    /// BCa: the quantiles moved for median bias and for the change of the standard error with the parameter (Efron, "Better
    /// bootstrap confidence intervals", JASA 82, 1987). Second-order accurate; costs one evaluation per value more.
    /// </summary>
    BiasCorrectedAccelerated,
}
