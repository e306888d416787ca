using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Refinement.Distilling;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Knobs of strategies that refine answers.</summary>
public static class RefinementKnobs
{
    /// <summary>The most tokens of a workspace, <c>workspace_tokens</c>.</summary>
    public static Knob WorkspaceTokens { get; } = new("workspace_tokens", KnobKind.Integer, "most tokens of a workspace", "2048") { Minimum = 1, Maximum = 10_000_000 };

    /// <summary>How drafts become workspaces.</summary>
    public static IReadOnlyList<Knob> Distilling { get; } =
    [
        new("distiller", KnobKind.Choice, "summary (one call), top_k (one selection), top_k_each (a selection for each reader), random_k, last_tokens or all (no calls)", "summary")
        {
            Choices = ["summary", "top_k", "top_k_each", "random_k", "last_tokens", "all"],
        },
        new("k", KnobKind.Integer, "of distiller: top_k, top_k_each and random_k, drafts that are passed on", "2") { Minimum = 1, Maximum = 1024 },
        new("ranking", KnobKind.Choice, "of distiller: top_k and top_k_each, who ranks: the model picks among all, a judge scores each, or log-probabilities (no calls)", "pick")
        {
            Choices = ["pick", "pointwise", "pairwise", "log_probability"],
        },
        new("last_tokens", KnobKind.Integer, "of distiller: last_tokens, tokens kept of each draft", "256") { Minimum = 1, Maximum = 10_000_000 },
        WorkspaceTokens,
        .. JudgeKnobs.All.Where(knob => knob.Name is not "judge_model"),
    ];

    /// <summary>Whether drafts are reviewed, <c>critique</c>.</summary>
    public static Knob Critique { get; } = new("critique", KnobKind.Flag, "whether the flaws of each draft are listed, by a call more, before the next round", "false");

    /// <summary>The most tokens along a path of calls, <c>sequential_tokens</c>.</summary>
    public static Knob SequentialTokens { get; } = new("sequential_tokens", KnobKind.Integer, "most tokens along calls that wait for each other; a round that may exceed it is not begun", null) { Minimum = 1, Maximum = int.MaxValue };

    /// <summary>The temperature, <c>temperature</c>; the model's own when left out.</summary>
    public static Knob OptionalTemperature { get; } = new("temperature", KnobKind.Number, "temperature of the attempts, where the caller sets none", null) { Minimum = 0, Maximum = 2 };

    /// <summary>The model that reviews, <c>critic_model</c>.</summary>
    public static Knob CriticModel { get; } = new("critic_model", KnobKind.Model, "the model that lists flaws", null);

    /// <summary>The models of the roles, and the length of drafts.</summary>
    public static IReadOnlyList<Knob> Models { get; } =
    [
        new("draft_tokens", KnobKind.Integer, "most output tokens of a draft, thinking included, where the caller sets none", null) { Minimum = 1, Maximum = 10_000_000 },
        new("draft_model", KnobKind.Model, "the model of the first round", null),
        new("refine_model", KnobKind.Model, "the model of later rounds", null),
        new("distill_model", KnobKind.Model, "the model that summarises, selects and reviews drafts", null),
    ];

    /// <summary>A number of rounds.</summary>
    public static Knob Rounds(string name, string summary, string value) => new(name, KnobKind.Integer, summary, value) { Minimum = 0, Maximum = 1024 };

    /// <summary>The options that all refinements read.</summary>
    public static RefinementOptions Common(KnobValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new()
        {
            Temperature = values.Number("temperature"),
            SequentialTokenLimit = values.Text("sequential_tokens") is null ? null : values.Integer("sequential_tokens"),
            DraftTokens = values.Text("draft_tokens") is null ? null : values.Integer("draft_tokens"),
            DraftClient = values.Model("draft_model"),
            RefineClient = values.Model("refine_model"),
        };
    }

    /// <summary>The distiller that knobs give.</summary>
    public static IWorkspaceDistiller Distiller(KnobValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var k = values.Integer("k");
        return values.Text("distiller") switch
        {
            "top_k" => new TopKDistiller(k, false, Selector(values)),
            "top_k_each" => new TopKDistiller(k, true, Selector(values)),
            "random_k" => new RandomKDistiller(k),
            "last_tokens" => new CompactionDistiller(values.Integer("last_tokens")),
            "all" => new CompactionDistiller(),
            _ => new SummaryDistiller(values.Model("distill_model")),
        };
    }

    private static IDraftSelector Selector(KnobValues values)
    {
        var settings = new JudgeSettings
        {
            Client = values.Model("distill_model"),
            Temperature = values.Number("judge_temperature")!.Value,
            MaximumOutputTokens = values.Integer("judge_tokens"),
            UsesSchema = values.Flag("judge_schema"),
        };
        return values.Text("ranking") switch
        {
            "pointwise" => new JudgeSelector(new PointwiseJudge(1, settings)),
            "pairwise" => new JudgeSelector(new RoundRobinJudge(true, settings)),
            "log_probability" => new JudgeSelector(new OwnLogProbabilityJudge()),
            _ => new PromptedSelector(settings),
        };
    }
}
