namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How MOEA/D makes one number of several objectives (Zhang and Li 2007, section II); z is the best value seen of each.</summary>
public enum MoeadScalarization
{
    /// <summary>The largest w[j] |f[j] - z[j]| (weighted Tchebycheff). A weight of 0 counts as 1e-6.</summary>
    Tchebycheff,

    /// <summary>
    /// The distance along the weight's direction plus theta times the distance from it (penalty-based boundary intersection).
    /// </summary>
    PenaltyBoundaryIntersection,
}
