using Vilfredo.Inference.Agents.Assembly;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;

namespace Vilfredo.Inference.Agents;

/// <summary>The components of an agent that Wang et al. (arXiv 2508.02694) vary, with the values that their tables have beside the default; for a <see cref="ComponentStudy{TConfiguration, TTask}"/> around <see cref="AgentConfiguration.PaperDefault"/>.</summary>
public static class AgentComponents
{
    /// <summary>Best-of-n with 2 and 4 attempts.</summary>
    public static StudyComponent<AgentConfiguration> Attempts { get; } = new("attempts", [Option("2", one => one with { Attempts = 2 }), Option("4", one => one with { Attempts = 4 })]);

    /// <summary>At most 8 and 4 steps.</summary>
    public static StudyComponent<AgentConfiguration> MaximumSteps { get; } = new("max_steps", [Option("8", one => one with { MaximumSteps = 8 }), Option("4", one => one with { MaximumSteps = 4 })]);

    /// <summary>No plan, and a new one every 1, 2 and 4 steps. (The paper's table has 2 and 4; its 1 is the default's one plan.)</summary>
    public static StudyComponent<AgentConfiguration> Planning { get; } = new(
        "planning",
        [
            Option("none", one => one with { Planning = AgentPlanning.None }),
            .. ((int[])[1, 2, 4]).Select(interval => Option($"interval {interval}", one => one with { Planning = AgentPlanning.Interval, PlanInterval = interval })),
        ]);

    /// <summary>Several sources.</summary>
    public static StudyComponent<AgentConfiguration> Sources { get; } = new("search", [Option("multi", one => one with { AllSources = true })]);

    /// <summary>5, 3 and no other wordings of each search.</summary>
    public static StudyComponent<AgentConfiguration> Queries { get; } = new("queries", [.. ((int[])[5, 3, 0]).Select(count => Option($"{count}", one => one with { QueryRewrites = count }))]);

    /// <summary>All memories but full history.</summary>
    public static StudyComponent<AgentConfiguration> Memories { get; } = new(
        "memory",
        [
            .. ((AgentMemory[])[AgentMemory.Simple, AgentMemory.Summarised, AgentMemory.ExtraSummarised, AgentMemory.ExtraFixed, AgentMemory.ExtraHybrid])
                .Select(memory => Option(memory.ToString(), one => one with { Memory = memory })),
        ]);

    /// <summary>Reading of documents.</summary>
    public static StudyComponent<AgentConfiguration> Reading { get; } = new(
        "reading", [.. ((PageReading[])[PageReading.Document, PageReading.Pages, PageReading.Find]).Select(reading => Option(reading.ToString(), one => one with { Reading = reading }))]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StudyComponent<AgentConfiguration>> All { get; } = [Attempts, MaximumSteps, Planning, Sources, Queries, Memories, Reading];

    private static ComponentOption<AgentConfiguration> Option(string name, Func<AgentConfiguration, AgentConfiguration> apply) => new(name, apply);
}
