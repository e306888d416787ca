using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents;

/// <summary>An attempt of an agent so far. Immutable: going on makes a new one, so that one beginning can have several continuations.</summary>
public sealed record Trajectory
{
    /// <summary>Its place among the attempts that run side by side, from 0; the seeds of its calls depend on it.</summary>
    public required int Attempt { get; init; }

    /// <summary>The steps that have called tools.</summary>
    public IReadOnlyList<AgentStep> Steps { get; init; } = [];

    /// <summary>What is known and needed, as the plan began with; null without a plan.</summary>
    public string? Facts { get; init; }

    /// <summary>The plan; null without one.</summary>
    public string? Plan { get; init; }

    /// <summary>The look back at the last step; null when there was none.</summary>
    public string? Reflection { get; init; }

    /// <summary>Why it takes no more steps.</summary>
    public TrajectoryEnd End { get; init; }

    /// <summary>Its answer; null while there is none.</summary>
    public Candidate? Answer { get; init; }

    internal MemoryState Memory { get; init; } = MemoryState.Empty;

    // The calls that the next one waits for.
    internal IReadOnlyList<Candidate> Tail { get; init; } = [];
}
