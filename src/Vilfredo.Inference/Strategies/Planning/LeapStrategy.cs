using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>The model attempts solved examples, explains its mistakes, draws principles from them, and answers by these: in-context principle learning from mistakes (Zhang et al., arXiv 2402.05403). Where no examples are given, it collects them from the chat or makes easy ones, as optillm has it.</summary>
/// <remarks>Examples that are not valid after two requests leave a plain call. A stage that brings nothing leaves the text before it. Where the last call gives nothing, the latest principles are the answer, with a warning.</remarks>
public sealed class LeapStrategy : InferenceStrategy
{
    private const int Requests = 2;

    private readonly int _count;
    private readonly IReadOnlyList<WorkedExample>? _examples;
    private readonly StageSettings _stages;
    private readonly PlanningPrompts _prompts;

    /// <summary>A strategy that has the model collect examples.</summary>
    /// <param name="examples">How many, at least 0; without them it is a plain call.</param>
    /// <param name="stages">How the texts before the answer are asked for; null means the defaults.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public LeapStrategy(int examples = 3, StageSettings? stages = null, PlanningPrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(examples);
        (_count, _stages, _prompts) = (examples, stages ?? new(), prompts ?? new());
    }

    /// <summary>A strategy with examples whose answers are known.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="stages">How the texts before the answer are asked for; null means the defaults.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public LeapStrategy(IReadOnlyList<WorkedExample> examples, StageSettings? stages = null, PlanningPrompts? prompts = null)
        : this((examples ?? throw new ArgumentNullException(nameof(examples))).Count, stages, prompts) => _examples = examples;

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "leap", "principles from mistakes with examples, and an answer by them",
        [new("examples", KnobKind.Integer, "examples; 0 is a plain call", "3") { Minimum = 0, Maximum = 64 }, .. StageKnobs.Of("plan")],
        values => new LeapStrategy(values.Integer("examples"), StageKnobs.Settings(values, "plan")))
    { Source = "Zhang et al., arXiv 2402.05403" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            if (_count == 0)
                return CallPlan.Fixed(1, 1);
            var collecting = _examples is null ? Requests : 0;
            // The model may find fewer examples than it is asked for.
            return new(_examples is null ? 6 : 2 * _count + 3, collecting + 2 * _count + 3, collecting + 5);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var made = new List<Candidate>();
        Candidate? collected = null;
        var examples = _examples ?? [];
        if (_examples is null && _count > 0)
            (examples, collected) = await CollectAsync(run, cancellation).ConfigureAwait(false);
        var mistakes = await Task.WhenAll(examples.Select((example, place) => LearnAsync(run, example, place, collected, cancellation))).ConfigureAwait(false);
        var found = mistakes.OfType<Candidate>().ToList();
        Candidate? principles = null;
        if (found.Count > 0)
        {
            var low = PromptTemplate.Fill(_prompts.LowPrinciples, ("mistakes", PromptTemplate.Numbered("Example", found.Select(mistake => mistake.Shown()))));
            principles = await WriteAsync(run, low, CallRole.Distill, 0, found, cancellation).ConfigureAwait(false);
        }

        if (principles is not null)
        {
            made.Add(principles);
            var high = PromptTemplate.Fill(_prompts.HighPrinciples, ("principles", principles.Shown()));
            if (await WriteAsync(run, high, CallRole.Distill, 1, [principles], cancellation).ConfigureAwait(false) is { } general)
            {
                made.Add(general);
                principles = general;
            }
        }

        var request = Stage.Answer(run, principles is null ? null : PromptTemplate.Fill(_prompts.KeepPrinciples, ("principles", principles.Shown())), principles is null ? [] : [principles]);
        return await Stage.FinishAsync(run, request, made, principles, cancellation).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyList<WorkedExample> Examples, Candidate? Call)> CollectAsync(StrategyRun run, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(_prompts.Examples, ("count", _count.ToString(CultureInfo.InvariantCulture)));
        for (var request = 0; request < Requests; request++)
        {
            if (await Stage.WriteAsync(run, _stages, prompt, new() { Role = CallRole.Plan, Sibling = request }, cancellation).ConfigureAwait(false) is not { } reply)
                continue;
            if (Read(reply.Text) is { Count: > 0 } examples)
                return ([.. examples.Take(_count)], reply);
        }

        run.Warn("The model gave no valid examples, so the question is answered without principles.");
        return ([], null);
    }

    // An attempt at an example, and what is wrong with it.
    private async Task<Candidate?> LearnAsync(StrategyRun run, WorkedExample example, int place, Candidate? collected, CancellationToken cancellation)
    {
        IReadOnlyList<Candidate> before = collected is null ? [] : [collected];
        var attempt = await WriteAsync(run, PromptTemplate.Fill(_prompts.Attempt, ("question", example.Question)), CallRole.Step, place, before, cancellation).ConfigureAwait(false);
        if (attempt is null)
            return null;
        var prompt = PromptTemplate.Fill(_prompts.Mistakes, ("question", example.Question), ("answer", example.Answer), ("attempt", attempt.Shown()));
        return await WriteAsync(run, prompt, CallRole.Critique, place, [attempt], cancellation).ConfigureAwait(false);
    }

    // About examples, not about the chat: the chat's turns would only distract.
    private Task<Candidate?> WriteAsync(StrategyRun run, string prompt, string role, int place, IReadOnlyList<Candidate> after, CancellationToken cancellation) =>
        Stage.WriteAsync(run, _stages, prompt, new() { Role = role, Sibling = place, After = after, Messages = [PromptTemplate.Turn(prompt, run.Messages)] }, cancellation);

    private static List<WorkedExample>? Read(string reply)
    {
        if (JsonReply.Find(reply, "examples") is not { ValueKind: JsonValueKind.Array } list)
            return null;
        return [.. list.EnumerateArray()
            .Select(item => (Question: Text(item, "question"), Answer: Text(item, "answer")))
            .Where(item => item.Question.Length > 0 && item.Answer.Length > 0)
            .Select(item => new WorkedExample(item.Question, item.Answer))];
    }

    // Answers that are numbers come as numbers.
    private static string Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString().Trim() : "";
}
