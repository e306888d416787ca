namespace Vilfredo.Inference.Agents.Selection;

/// <summary>How an agent spends n attempts (Wang et al., arXiv 2508.02694, dossier 3.3). With n = 1 all of them are the plain agent.</summary>
/// <remarks>Tools run for every attempt, those that are not chosen included; a tool with effects has them n times.</remarks>
public enum TrajectorySearch
{
    /// <summary>n whole trajectories side by side, of which one is chosen.</summary>
    Rollouts,

    /// <summary>At every step n next steps side by side, of which one is chosen and gone on from.</summary>
    StepWise,

    /// <summary>Two beams with n/2 next steps each, of which the best two are kept; n is even.</summary>
    Beam,

    /// <summary>n/2 beams, each with a plan of its own and two next steps, of which each beam keeps its better one; n is even. Two per beam is our reconstruction.</summary>
    Tree,
}
