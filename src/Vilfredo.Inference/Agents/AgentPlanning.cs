namespace Vilfredo.Inference.Agents;

/// <summary>When an agent plans. A plan takes two calls: what is known and needed, then the steps.</summary>
public enum AgentPlanning
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Before the first step. The published code of Wang et al. (arXiv 2508.02694) does this at its plan interval 1 too.</summary>
    Once,

    /// <summary>Before the first step and again after every so many steps, with the number of steps that are left.</summary>
    Interval,
}
