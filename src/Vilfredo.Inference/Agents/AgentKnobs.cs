using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Agents;

/// <summary>An agent's settings as knobs, so that files name them and studies search them.</summary>
public static class AgentKnobs
{
    private static readonly Dictionary<string, AgentPlanning> Plannings = Words<AgentPlanning>();
    private static readonly Dictionary<string, AgentMemory> Memories = Words<AgentMemory>();
    private static readonly Dictionary<string, AgentProtocol> Protocols = Words<AgentProtocol>();
    private static readonly Dictionary<string, PageReading> Readings = Words<PageReading>();
    private static readonly Dictionary<string, TrajectorySearch> Selections = Words<TrajectorySearch>();
    private static readonly Dictionary<string, TrajectoryMerge> Merges = Words<TrajectoryMerge>();

    /// <summary>The strategy <c>agent</c>.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "agent", "thinks, calls tools and observes until it answers",
        [
            new("corpus", KnobKind.File, "what it searches: a file of JSON lines (id, title, text), or a folder of them, each a source; without it there is no search", null) { CheckFile = path => CorpusSource.LoadAll(path) },
            new("max_steps", KnobKind.Integer, "most steps", "12") { Minimum = 1, Maximum = 1000 },
            Choice("planning", "when it plans: never, before the first step, or every so many steps", Plannings),
            new("plan_interval", KnobKind.Integer, "of planning: interval, steps from plan to plan", "1") { Minimum = 1, Maximum = 1000 },
            Choice("memory", "what it sees of earlier steps", Memories),
            new("memory_window", KnobKind.Integer, "of memory: recent, the steps shown", "3") { Minimum = 1, Maximum = 1000 },
            new("memory_model", KnobKind.Model, "the model that writes digests and notes", null),
            Choice("protocol", "how tools are asked for: function calling, or lines of text for models without it", Protocols),
            new("search", KnobKind.Choice, "whether a search asks the first source or all", "single") { Choices = ["single", "multi"] },
            new("queries", KnobKind.Integer, "other wordings of each search, written in one call; 0 for none", "0") { Minimum = 0, Maximum = 100 },
            new("rewrite_model", KnobKind.Model, "the model that writes other wordings", null),
            new("results", KnobKind.Integer, "results that a search shows", "3") { Minimum = 1, Maximum = 1000 },
            Choice("reading", "how documents are read beyond the search's results", Readings),
            CommonKnobs.Attempts("1") with { Maximum = 256 },
            Choice("selection", "how attempts are spent: whole trajectories, steps, beams or a tree", Selections),
            Choice("merge", "how one attempt is chosen", Merges),
            new("reflection", KnobKind.Flag, "whether steps are scored, and bad ones looked back at", "false"),
            new("reflection_threshold", KnobKind.Number, "score up to which a step is bad", "2") { Minimum = 0, Maximum = 10 },
            new("restate", KnobKind.Flag, "whether a closing call states the answer shortly", "false"),
            new("observation", KnobKind.Integer, "most characters of an observation", "8000") { Minimum = 16, Maximum = 10_000_000 },
            new("loop_limit", KnobKind.Integer, "equal steps in a row that count as a loop", "3") { Minimum = 2, Maximum = 1000 },
            .. JudgeKnobs.All,
            new("temperature", KnobKind.Number, "temperature of steps, where the caller sets none", null) { Minimum = 0, Maximum = 2 },
        ],
        values => new AgentStrategy(
            Configuration(values),
            new()
            {
                Sources = values.Open("corpus", CorpusSource.LoadAll) ?? [],
                MemoryModel = values.Model("memory_model"),
                RewriteModel = values.Model("rewrite_model"),
            }))
    { Aliases = ["react", "efficient_agents"], Source = "Yao et al., arXiv 2210.03629; Wang et al., arXiv 2508.02694" };

    /// <summary>The settings that knobs give.</summary>
    /// <param name="values">Of <see cref="Definition"/>.</param>
    public static AgentConfiguration Configuration(KnobValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new()
        {
            MaximumSteps = values.Integer("max_steps"),
            Planning = Plannings[values.Text("planning")!],
            PlanInterval = values.Integer("plan_interval"),
            Memory = Memories[values.Text("memory")!],
            MemoryWindow = values.Integer("memory_window"),
            Protocol = Protocols[values.Text("protocol")!],
            AllSources = values.Text("search") == "multi",
            QueryRewrites = values.Integer("queries"),
            SearchResults = values.Integer("results"),
            Reading = Readings[values.Text("reading")!],
            Attempts = values.Integer("n"),
            Selection = Selections[values.Text("selection")!],
            Merge = Merges[values.Text("merge")!],
            Reflects = values.Flag("reflection"),
            ReflectionThreshold = values.Number("reflection_threshold")!.Value,
            Restates = values.Flag("restate"),
            ObservationLength = values.Integer("observation"),
            LoopLimit = values.Integer("loop_limit"),
            Temperature = values.Number("temperature"),
            Judge = JudgeKnobs.Settings(values),
        };
    }

    private static Knob Choice<T>(string name, string summary, Dictionary<string, T> words)
        where T : struct, Enum => new(name, KnobKind.Choice, summary, words.First(word => word.Value.Equals(default(T))).Key) { Choices = [.. words.Keys] };

    // StepWise is step_wise.
    private static Dictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => string.Concat(value.ToString().Select((letter, i) => (char.IsUpper(letter) && i > 0 ? "_" : "") + char.ToLowerInvariant(letter))), StringComparer.Ordinal);
}
