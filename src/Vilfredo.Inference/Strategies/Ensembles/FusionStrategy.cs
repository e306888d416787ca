using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>A panel answers, a judge writes down what its answers agree and differ in, and one answer is made of both (the fusion looper of vLLM Semantic Router).</summary>
/// <remarks>Where the judge's reply is not valid twice, the answer is made of the panel's alone. A panel of one is a plain call. Where the last call gives nothing, the first answer of the panel is it.</remarks>
public sealed class FusionStrategy : InferenceStrategy
{
    private const string Schema = """
        {"type":"object","properties":{"analysis":{"type":"object","properties":{
        "consensus":{"type":"array","items":{"type":"string"}},"contradictions":{"type":"array","items":{"type":"string"}},"partial_coverage":{"type":"array","items":{"type":"string"}},
        "unique_insights":{"type":"array","items":{"type":"string"}},"blind_spots":{"type":"array","items":{"type":"string"}}},
        "required":["consensus","contradictions","partial_coverage","unique_insights","blind_spots"],"additionalProperties":false}},"required":["analysis"],"additionalProperties":false}
        """;

    private static readonly (string Property, string Title)[] Parts =
        [("consensus", "Consensus"), ("contradictions", "Contradictions"), ("partial_coverage", "Treated by some only"), ("unique_insights", "Unique insights"), ("blind_spots", "Blind spots")];

    private readonly IReadOnlyList<IChatClient> _panel;
    private readonly int _attempts;
    private readonly double _temperature;
    private readonly IChatClient? _synthesizer;
    private readonly JudgeSettings _judge;
    private readonly EnsemblePrompts _prompts;

    /// <summary>A fusion.</summary>
    /// <param name="panel">The models of the panel, in turn; null or empty means the strategy's own.</param>
    /// <param name="attempts">The answers of the panel; null means one of each model, or 3 where none is named. At least 1.</param>
    /// <param name="temperature">Of the panel, where the caller sets none.</param>
    /// <param name="synthesizer">The model that writes the answer; the strategy's own when null.</param>
    /// <param name="judge">How the analysis is asked for; null means the defaults with 2048 tokens.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public FusionStrategy(IReadOnlyList<IChatClient>? panel = null, int? attempts = null, double temperature = 0.7, IChatClient? synthesizer = null, JudgeSettings? judge = null, EnsemblePrompts? prompts = null)
    {
        _panel = panel ?? [];
        _attempts = attempts ?? (_panel.Count > 0 ? _panel.Count : 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(_attempts, 1, nameof(attempts));
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_temperature, _synthesizer, _judge, _prompts) = (temperature, synthesizer, judge ?? new() { MaximumOutputTokens = 2048 }, prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "fusion", "a panel's answers, an analysis of what they agree and differ in, and one answer made of both",
        [
            new("n", KnobKind.Integer, "answers of the panel; one of each model, or 3, when left out", null) { Minimum = 1, Maximum = 1024 },
            new("panel", KnobKind.Models, "the models of the panel, in turn", null), new("synthesis_model", KnobKind.Model, "the model that writes the answer", null),
            .. JudgeKnobs.All.Select(knob => knob.Name == "judge_tokens" ? knob with { Default = "2048" } : knob), CommonKnobs.Temperature("0.7"),
        ],
        values => new FusionStrategy(
            values.Models("panel"), values.Text("n") is null ? null : values.Integer("n"), values.Number("temperature")!.Value, values.Model("synthesis_model"), JudgeKnobs.Settings(values)))
    { Source = "vLLM Semantic Router" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _attempts == 1 ? CallPlan.Fixed(1, 1) : new(_attempts + 2, _attempts + 1 + JudgeCall.Attempts, 2 + JudgeCall.Attempts);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_attempts == 1)
            return await Stage.FinishAsync(run, Member(0), [], null, cancellation).ConfigureAwait(false);
        var panel = await run.SampleAsync([.. Enumerable.Range(0, _attempts).Select(Member)], cancellation).ConfigureAwait(false);
        var written = Stage.Written(panel);
        if (written.Count < 2)
            return StrategyOutcome.Of(written.Count == 1 ? written[0] : panel[0], panel);
        var answers = PromptTemplate.Numbered("Answer", written.Select(answer => answer.Shown()));
        var count = written.Count.ToString(CultureInfo.InvariantCulture);
        var judged = await AnalyseAsync(run, written, answers, count, cancellation).ConfigureAwait(false);
        var instruction = judged is { Value.Text: var analysis }
            ? PromptTemplate.Fill(_prompts.Synthesize, ("answers", answers), ("count", count), ("analysis", analysis))
            : PromptTemplate.Fill(_prompts.Aggregate, ("answers", answers), ("count", count));
        var request = Stage.Answer(run, instruction, judged is { Call: var call } ? [.. written, call] : written) with { Client = _synthesizer };
        return await Stage.FinishAsync(run, request, panel, written[0], cancellation).ConfigureAwait(false);
    }

    private CallRequest Member(int sibling) =>
        new() { Role = CallRole.Sample, Sibling = sibling, Temperature = _temperature, Client = _panel.Count > 0 ? _panel[sibling % _panel.Count] : null };

    private async Task<(Analysis Value, Candidate Call)?> AnalyseAsync(StrategyRun run, List<Candidate> written, string answers, string count, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(_prompts.Analyse, ("question", PromptTemplate.QuestionOf(run.Messages)), ("answers", answers), ("count", count));
        return await JudgeCall.AskAsync(run, _judge, prompt, "analysis", Schema, Read, JudgeCall.Place(0, 0, written), cancellation, kept: 1).ConfigureAwait(false);
    }

    // Lists that are missing are empty; an analysis without any is none.
    private static Analysis? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var parts = Parts
            .Select(part => (part.Title, Points: value.TryGetProperty(part.Property, out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Where(point => point.ValueKind == JsonValueKind.String).Select(point => point.GetString()!.Trim()).Where(point => point.Length > 0).ToList()
                : []))
            .Where(part => part.Points.Count > 0)
            .Select(part => $"{part.Title}:\n{string.Join('\n', part.Points.Select(point => $"- {point}"))}")
            .ToList();
        return parts.Count == 0 ? null : new(string.Join("\n\n", parts));
    }

    private readonly record struct Analysis(string Text);
}
