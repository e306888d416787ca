namespace Vilfredo.Measurement.OffPolicy.Continuous;

/// <summary>A symmetric density around 0 that stands for a policy without chance over continuous actions.</summary>
public enum ActionKernel
{
    /// <summary>exp(−u² / 2) / √(2π).</summary>
    Gaussian,

    /// <summary>3/4 (1 − u²) for |u| ≤ 1.</summary>
    Epanechnikov,

    /// <summary>1 − |u| for |u| ≤ 1.</summary>
    Triangular,

    /// <summary>π/4 cos(π u / 2) for |u| ≤ 1.</summary>
    Cosine,

    /// <summary>1/2 for |u| ≤ 1.</summary>
    Uniform,
}
