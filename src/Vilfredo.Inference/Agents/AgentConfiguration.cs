using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Agents;

/// <summary>The settings of an agent that cost and quality depend on: the configuration space of Wang et al., "Efficient Agents" (arXiv 2508.02694). Its defaults are a plain ReAct agent.</summary>
public sealed record AgentConfiguration
{
    /// <summary>The default that the paper varies: 12 steps, a plan, one source with 10 other wordings, full history, one attempt, and a closing call that states the answer shortly. (The paper's plan interval of 1 is, in its code, one plan.)</summary>
    public static readonly AgentConfiguration PaperDefault = new() { Planning = AgentPlanning.Once, QueryRewrites = 10, Restates = true };

    /// <summary>What the paper assembles: 8 steps, a plan, several sources with 5 other wordings, calls and observations only, one attempt.</summary>
    public static readonly AgentConfiguration EfficientAgents = PaperDefault with { MaximumSteps = 8, AllSources = true, QueryRewrites = 5, Memory = AgentMemory.Simple };

    /// <summary>The most steps; after them the agent is asked for its best answer. From 1 to 1000.</summary>
    public int MaximumSteps { get; init => field = Within(value, 1, 1000, nameof(MaximumSteps)); } = 12;

    /// <summary>When it plans.</summary>
    public AgentPlanning Planning { get; init; }

    /// <summary>The steps from plan to plan with <see cref="AgentPlanning.Interval"/>, at least 1: with 1 it plans before every step.</summary>
    public int PlanInterval { get; init => field = Within(value, 1, 1000, nameof(PlanInterval)); } = 1;

    /// <summary>What the model sees of earlier steps.</summary>
    public AgentMemory Memory { get; init; }

    /// <summary>The steps that <see cref="AgentMemory.Recent"/> shows, at least 1.</summary>
    public int MemoryWindow { get; init => field = Within(value, 1, 1000, nameof(MemoryWindow)); } = 3;

    /// <summary>How tools are asked for.</summary>
    public AgentProtocol Protocol { get; init; }

    /// <summary>Whether a search asks all sources, or the first alone.</summary>
    public bool AllSources { get; init; }

    /// <summary>How many other wordings of a search a model writes, which takes a call of its own; 0 for none. The paper's 3, 5 and 10.</summary>
    public int QueryRewrites { get; init => field = Within(value, 0, 100, nameof(QueryRewrites)); }

    /// <summary>The results that a search shows, at least 1.</summary>
    public int SearchResults { get; init => field = Within(value, 1, 1000, nameof(SearchResults)); } = 3;

    /// <summary>How documents are read.</summary>
    public PageReading Reading { get; init; }

    /// <summary>The attempts, at least 1.</summary>
    public int Attempts { get; init => field = Within(value, 1, 256, nameof(Attempts)); } = 1;

    /// <summary>How attempts are spent.</summary>
    public TrajectorySearch Selection { get; init; }

    /// <summary>How one of them is chosen.</summary>
    public TrajectoryMerge Merge { get; init; }

    /// <summary>Whether every step is scored, and looked back at when its score is at most <see cref="ReflectionThreshold"/>.</summary>
    public bool Reflects { get; init; }

    /// <summary>The score, from 0 to 10, up to which a step is looked back at.</summary>
    public double ReflectionThreshold { get; init => field = value is >= 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(ReflectionThreshold), value, "A score goes from 0 to 10."); } = 2;

    /// <summary>Whether a closing call states the answer shortly.</summary>
    public bool Restates { get; init; }

    /// <summary>The temperature of steps where the caller sets none; null leaves the model's own.</summary>
    public double? Temperature { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); }

    /// <summary>The most characters of an observation; of a longer one the head and the tail are shown. At least 16.</summary>
    public int ObservationLength { get; init => field = Within(value, 16, 10_000_000, nameof(ObservationLength)); } = 8000;

    /// <summary>The most tools that run at once in one answer, at least 1.</summary>
    public int ParallelTools { get; init => field = Within(value, 1, 1024, nameof(ParallelTools)); } = 4;

    /// <summary>The longest time for one call of a tool.</summary>
    public TimeSpan ToolTimeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(ToolTimeout), value, "A tool is given a positive time."); } = TimeSpan.FromSeconds(60);

    /// <summary>After how many steps in a row with the same calls and the same results the agent counts as caught in a loop and is asked for its best answer. At least 2.</summary>
    public int LoopLimit { get; init => field = Within(value, 2, 1000, nameof(LoopLimit)); } = 3;

    /// <summary>How judges of steps and attempts are asked.</summary>
    public JudgeSettings Judge { get; init; } = new();

    private static int Within(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} goes from {least} to {most}.");
}
