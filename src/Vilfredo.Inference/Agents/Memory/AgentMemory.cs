namespace Vilfredo.Inference.Agents.Memory;

/// <summary>What a model sees of an agent's earlier steps. The six of Wang et al. (arXiv 2508.02694, dossier 3.3), and two that are ours: <see cref="None"/> and <see cref="Recent"/>.</summary>
/// <remarks>
/// Digests: a model sums up every step; from more than four messages on, the most similar of the earlier digests is looked up with the new one, by cosine, and shown; then the new one is added.
/// Notes: one text that a model writes anew after every step; it states the goal first, and then gives advice for the next step.
/// </remarks>
public enum AgentMemory
{
    /// <summary>All steps with everything: reasoning, calls and observations ("without extra memory").</summary>
    Full,

    /// <summary>All calls and observations, without reasoning.</summary>
    Simple,

    /// <summary>The last step alone: the same as <see cref="Recent"/> with a window of 1.</summary>
    None,

    /// <summary>The last steps, as many as the window.</summary>
    Recent,

    /// <summary>The last step and the digest that was looked up. That the last step is shown itself is our reconstruction: without it the model would not see what its last call gave.</summary>
    Summarised,

    /// <summary>All steps, and the digest that was looked up.</summary>
    ExtraSummarised,

    /// <summary>All steps, and the notes.</summary>
    ExtraFixed,

    /// <summary>All steps, the digest that was looked up, and the notes.</summary>
    ExtraHybrid,
}
