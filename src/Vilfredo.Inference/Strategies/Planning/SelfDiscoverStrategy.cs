using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>The model selects ways of thinking that fit the question, adapts them to it, makes a structure for its reasoning of them, and answers along it: SELF-DISCOVER (Zhou et al., arXiv 2402.03620), for each question by itself.</summary>
/// <remarks>A selection that is not valid keeps all ways that were offered. A stage that brings nothing leaves the text before it. Where the last call gives nothing, the latest text is the answer, with a warning.</remarks>
public sealed class SelfDiscoverStrategy : InferenceStrategy
{
    private readonly IReadOnlyList<string> _modules;
    private readonly StageSettings _stages;
    private readonly PlanningPrompts _prompts;

    /// <summary>A strategy.</summary>
    /// <param name="modules">The ways of thinking that are offered; null means <see cref="ReasoningModules.All"/>, none means a plain call.</param>
    /// <param name="stages">How the texts before the answer are asked for; null means the defaults.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public SelfDiscoverStrategy(IReadOnlyList<string>? modules = null, StageSettings? stages = null, PlanningPrompts? prompts = null) =>
        (_modules, _stages, _prompts) = (modules ?? ReasoningModules.All, stages ?? new(), prompts ?? new());

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "self_discover", "ways of thinking that the model selects, adapts and turns into a structure for its answer",
        [new("modules", KnobKind.Integer, "ways of thinking that are offered; 0 is a plain call", "24") { Minimum = 0, Maximum = ReasoningModules.All.Count }, .. StageKnobs.Of("plan")],
        values => new SelfDiscoverStrategy([.. ReasoningModules.All.Take(values.Integer("modules"))], StageKnobs.Settings(values, "plan")))
    { Source = "Zhou et al., arXiv 2402.03620" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _modules.Count == 0 ? CallPlan.Fixed(1, 1) : CallPlan.Fixed(4, 4);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_modules.Count == 0)
            return await Stage.FinishAsync(run, Stage.Answer(run, null, []), [], null, cancellation).ConfigureAwait(false);
        var made = new List<Candidate>();
        var selected = await NextAsync(PromptTemplate.Fill(_prompts.SelectModules, ("modules", Listed(_modules)))).ConfigureAwait(false);
        var chosen = Listed(selected is null ? _modules : Chosen(selected.Text) ?? _modules);
        var adapted = await NextAsync(PromptTemplate.Fill(_prompts.AdaptModules, ("modules", chosen))).ConfigureAwait(false);
        var structure = await NextAsync(PromptTemplate.Fill(_prompts.Structure, ("modules", adapted?.Shown() ?? chosen))).ConfigureAwait(false);
        // Without any text of the model there is nothing to follow.
        var followed = structure ?? adapted;
        var request = Stage.Answer(run, followed is null ? null : PromptTemplate.Fill(_prompts.FollowStructure, ("structure", followed.Shown())), followed is null ? [] : [followed]);
        return await Stage.FinishAsync(run, request, made, followed, cancellation).ConfigureAwait(false);

        async Task<Candidate?> NextAsync(string instruction)
        {
            var place = new CallRequest { Role = CallRole.Plan, Sibling = made.Count, After = [.. made.TakeLast(1)] };
            var text = await Stage.WriteAsync(run, _stages, instruction, place, cancellation).ConfigureAwait(false);
            if (text is not null)
                made.Add(text);
            return text;
        }
    }

    private static string Listed(IReadOnlyList<string> modules) => string.Join('\n', modules.Select((module, i) => $"{i + 1}. {module}"));

    private List<string>? Chosen(string reply)
    {
        if (JsonReply.Find(reply, "modules") is not { ValueKind: JsonValueKind.Array } numbers)
            return null;
        var places = numbers.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number - 1 : -1).Where(place => place >= 0 && place < _modules.Count).Distinct().ToList();
        return places.Count == 0 ? null : [.. places.Select(place => _modules[place])];
    }
}
