using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>An answer, a description of the task that it solves, an answer to the description alone, and a last one that settles where the two differ: round-trip optimisation (as in optillm; the idea of round-trip correctness is Allamanis et al., arXiv 2402.08699).</summary>
/// <remarks>Meant for code and other answers that stand for their task. A round that breaks off leaves the answer before it. Without rounds it is a plain call. The last call streams.</remarks>
public sealed class RoundTripStrategy : InferenceStrategy
{
    private readonly int _rounds;
    private readonly double _temperature;
    private readonly StageSettings _stages;
    private readonly PlanningPrompts _prompts;

    /// <summary>Round trips.</summary>
    /// <param name="rounds">How many, at least 0; each begins with the answer of the one before.</param>
    /// <param name="temperature">Of answers, where the caller sets none.</param>
    /// <param name="stages">How descriptions and answers to them are asked for; null means the defaults with a temperature of 0.1.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public RoundTripStrategy(int rounds = 1, double temperature = 0.1, StageSettings? stages = null, PlanningPrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_rounds, _temperature, _stages, _prompts) = (rounds, temperature, stages ?? new() { Temperature = 0.1, MaximumOutputTokens = 4096 }, prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "rto", "an answer, a description of it, an answer to the description, and one that settles their differences",
        [new("rounds", KnobKind.Integer, "round trips; 0 is a plain call", "1") { Minimum = 0, Maximum = 16 }, .. StageKnobs.Of("trip", "0.1", "4096"), CommonKnobs.Temperature("0.1")],
        values => new RoundTripStrategy(values.Integer("rounds"), values.Number("temperature")!.Value, StageKnobs.Settings(values, "trip")))
    { Aliases = ["round_trip"], Source = "optillm; Allamanis et al., arXiv 2402.08699" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(1 + 3 * _rounds, 1 + 3 * _rounds);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var first = new CallRequest { Role = CallRole.Sample, Temperature = _temperature };
        if (_rounds == 0)
            return await Stage.FinishAsync(run, first, [], null, cancellation).ConfigureAwait(false);
        var answer = run.Require(await run.TryCallAsync(first, cancellation).ConfigureAwait(false));
        var all = new List<Candidate> { answer };
        for (var round = 0; round < _rounds && !answer.IsEmpty; round++)
        {
            if (await TripAsync(run, answer, round, cancellation).ConfigureAwait(false) is not { } again)
                break;
            all.Add(again);
            var prompt = PromptTemplate.Fill(_prompts.Merge, ("first", answer.Shown()), ("second", again.Shown()));
            var request = Stage.Answer(run, prompt, [answer, again]) with { Round = round, Temperature = _temperature };
            if (round + 1 == _rounds)
                return await Stage.FinishAsync(run, request, all, answer, cancellation).ConfigureAwait(false);
            if (await run.TryCallAsync(request with { Role = CallRole.Revise }, cancellation).ConfigureAwait(false) is not { IsEmpty: false } merged)
                break;
            all.Add(merged);
            answer = merged;
        }

        return StrategyOutcome.Of(answer, all);
    }

    private async Task<Candidate?> TripAsync(StrategyRun run, Candidate answer, int round, CancellationToken cancellation)
    {
        var asked = new CallRequest { Role = CallRole.Distill, Round = round, After = [answer], Messages = Stage.Reply(run, answer.Shown(), _prompts.Describe) };
        if (await Stage.WriteAsync(run, _stages, _prompts.Describe, asked, cancellation).ConfigureAwait(false) is not { } description)
            return null;
        // The caller's system turns hold for every answer; the other turns would give the question away.
        var prompt = PromptTemplate.Fill(_prompts.SolveDescribed, ("description", description.Shown()));
        IReadOnlyList<ChatMessage> chat = [.. run.Messages.Where(message => message.Role == ChatRole.System), PromptTemplate.Turn(prompt, run.Messages)];
        return await Stage.WriteAsync(run, _stages, prompt, new() { Role = CallRole.Step, Round = round, After = [description], Messages = chat }, cancellation).ConfigureAwait(false);
    }
}
