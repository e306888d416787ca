namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Which point of the worst front <see cref="SmsEmoa"/> drops while there is more than one front; of a single front it is always the one that adds least to the hypervolume.</summary>
public enum SmsEmoaReduction
{
    /// <summary>The one that adds least to the hypervolume of its front: the paper's procedure (Algorithm 2).</summary>
    Contribution,

    /// <summary>The one that the most points dominate: the paper's variant (Algorithm 3), which needs no volumes until all points are in one front.</summary>
    DominatingPoints,
}
