using System.Globalization;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>Observations about the question, observations derived from them, a solution in words, and then the answer: plan search (Wang et al., arXiv 2409.03733), along one line of observations as optillm has it.</summary>
/// <remarks>A stage that is set to nothing, or brings nothing, is left out; without any the answer is a plain call. Where the last call gives nothing, the latest text before it is the answer, with a warning.</remarks>
public sealed class PlanSearchStrategy : InferenceStrategy
{
    private readonly int _observations;
    private readonly int _derived;
    private readonly bool _describes;
    private readonly StageSettings _stages;
    private readonly PlanningPrompts _prompts;

    /// <summary>A search.</summary>
    /// <param name="observations">The observations, at least 0.</param>
    /// <param name="derived">The observations derived from them, at least 0; none without the former.</param>
    /// <param name="describes">Whether a solution in words is written before the answer.</param>
    /// <param name="stages">How the texts before the answer are asked for; null means the defaults.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public PlanSearchStrategy(int observations = 3, int derived = 2, bool describes = true, StageSettings? stages = null, PlanningPrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(observations);
        ArgumentOutOfRangeException.ThrowIfNegative(derived);
        (_observations, _derived, _describes) = (observations, observations > 0 ? derived : 0, describes);
        (_stages, _prompts) = (stages ?? new(), prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "plansearch", "observations, derived observations and a solution in words before the answer",
        [
            new("observations", KnobKind.Integer, "observations", "3") { Minimum = 0, Maximum = 64 }, new("derived", KnobKind.Integer, "observations derived from them", "2") { Minimum = 0, Maximum = 64 },
            new("solution", KnobKind.Flag, "whether a solution in words is written before the answer", "true"), .. StageKnobs.Of("plan"),
        ],
        values => new PlanSearchStrategy(values.Integer("observations"), values.Integer("derived"), values.Flag("solution"), StageKnobs.Settings(values, "plan")))
    { Aliases = ["plan_search"], Source = "Wang et al., arXiv 2409.03733" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var calls = (_observations > 0 ? 1 : 0) + (_derived > 0 ? 1 : 0) + (_describes ? 1 : 0) + 1;
            return CallPlan.Fixed(calls, calls);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var texts = new List<Candidate>();
        if (_observations > 0)
            await AddAsync(PromptTemplate.Fill(_prompts.Observations, ("count", Written(_observations)))).ConfigureAwait(false);
        if (_derived > 0 && texts.Count > 0)
            await AddAsync(PromptTemplate.Fill(_prompts.Derived, ("observations", texts[0].Shown()), ("count", Written(_derived)))).ConfigureAwait(false);
        var observations = string.Join('\n', texts.Select(text => text.Shown()));
        var solution = _describes ? await AddAsync(PromptTemplate.Fill(_prompts.Solution, ("observations", observations.Length > 0 ? observations : "(none)"))).ConfigureAwait(false) : null;
        var notes = solution?.Shown() ?? observations;
        var request = Stage.Answer(run, notes.Length > 0 ? PromptTemplate.Fill(_prompts.AnswerFromNotes, ("notes", notes)) : null, solution is null ? texts : [solution]);
        return await Stage.FinishAsync(run, request, texts, texts.LastOrDefault(), cancellation).ConfigureAwait(false);

        async Task<Candidate?> AddAsync(string instruction)
        {
            // The place among the plans tells the stages' seeds apart.
            var place = new CallRequest { Role = CallRole.Plan, Sibling = texts.Count, After = [.. texts] };
            var text = await Stage.WriteAsync(run, _stages, instruction, place, cancellation).ConfigureAwait(false);
            if (text is not null)
                texts.Add(text);
            return text;
        }
    }

    private static string Written(int count) => count.ToString(CultureInfo.InvariantCulture);
}
