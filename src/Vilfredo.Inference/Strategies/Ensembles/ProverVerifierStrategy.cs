using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>Helpful provers answer, sneaky provers write convincing wrong answers, a verifier scores both without knowing which is which, and what it could not tell apart becomes advice for the next round; the helpful answer with the highest score of all rounds is the answer. A game at inference time after Kirchner et al. (arXiv 2407.13692), who train with it, and optillm.</summary>
/// <remarks>
/// Sneaky answers are never the answer. Helpful ones without a valid score come after those with one; earlier ones win ties.
/// The confidence is the share of sneaky answers with a lower score than the chosen one: how well the verifier can tell at all. Without rounds it is a plain call.
/// </remarks>
public sealed class ProverVerifierStrategy : InferenceStrategy
{
    // Of the sneaky provers' own: their seeds must not be those of the helpful ones.
    private const string SneakyRole = "sneaky";
    private const string ScoreSchema = """{"type":"object","properties":{"score":{"type":"number","minimum":0,"maximum":10}},"required":["score"],"additionalProperties":false}""";

    private readonly int _rounds;
    private readonly int _helpful;
    private readonly int _sneaky;
    private readonly double _temperature;
    private readonly JudgeSettings _verifier;
    private readonly StageSettings _prover;
    private readonly EnsemblePrompts _prompts;

    /// <summary>A game.</summary>
    /// <param name="rounds">The rounds, at least 0.</param>
    /// <param name="helpful">The helpful answers of a round, at least 1.</param>
    /// <param name="sneaky">The sneaky answers of a round, at least 0.</param>
    /// <param name="temperature">Of helpful answers, where the caller sets none.</param>
    /// <param name="verifier">How scores are asked for; null means the defaults.</param>
    /// <param name="prover">How sneaky answers and advice are asked for; null means the defaults.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public ProverVerifierStrategy(int rounds = 2, int helpful = 3, int sneaky = 3, double temperature = 0.7, JudgeSettings? verifier = null, StageSettings? prover = null, EnsemblePrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(helpful, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sneaky);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_rounds, _helpful, _sneaky, _temperature) = (rounds, helpful, sneaky, temperature);
        (_verifier, _prover, _prompts) = (verifier ?? new(), prover ?? new(), prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "pvg", "helpful and misleading answers, scored by a verifier whose errors advise the next round",
        [
            new("rounds", KnobKind.Integer, "rounds; 0 is a plain call", "2") { Minimum = 0, Maximum = 64 },
            new("helpful", KnobKind.Integer, "helpful answers of a round", "3") { Minimum = 1, Maximum = 256 },
            new("sneaky", KnobKind.Integer, "misleading answers of a round", "3") { Minimum = 0, Maximum = 256 },
            .. JudgeKnobs.All, .. StageKnobs.Of("prover"), CommonKnobs.Temperature("0.7"),
        ],
        values => new ProverVerifierStrategy(
            values.Integer("rounds"), values.Integer("helpful"), values.Integer("sneaky"), values.Number("temperature")!.Value, JudgeKnobs.Settings(values), StageKnobs.Settings(values, "prover")))
    { Aliases = ["prover_verifier"], Source = "Kirchner et al., arXiv 2407.13692; optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            if (_rounds == 0)
                return CallPlan.Fixed(1, 1);
            var (answers, lessons) = (_rounds * (_helpful + _sneaky), _rounds - 1);
            return new(2 * answers + lessons, (1 + JudgeCall.Attempts) * answers + lessons, _rounds * (1 + JudgeCall.Attempts) + lessons);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_rounds == 0)
            return await Stage.FinishAsync(run, new() { Role = CallRole.Sample, Temperature = _temperature }, [], null, cancellation).ConfigureAwait(false);
        var (helpful, sneaky) = (new List<Scored>(), new List<Scored>());
        Candidate? lesson = null;
        for (var round = 0; round < _rounds && (round == 0 || !run.IsOutOfBudget); round++)
        {
            var misleading = Task.WhenAll(Enumerable.Range(0, _sneaky).Select(sibling =>
                Stage.WriteAsync(run, _prover, _prompts.Sneaky, new() { Role = SneakyRole, Round = round, Sibling = sibling, After = lesson is null ? [] : [lesson] }, cancellation)));
            var requests = Enumerable.Range(0, _helpful).Select(sibling => Honest(run, lesson, round, sibling)).ToList();
            // The first round must bring something; later ones only add to it.
            var answering = round == 0 ? run.SampleAsync(requests, cancellation) : run.CallAllAsync(requests, cancellation);
            await Task.WhenAll(answering, misleading).ConfigureAwait(false);
            var honest = await answering.ConfigureAwait(false);
            var all = Stage.Written(honest).Concat((await misleading.ConfigureAwait(false)).OfType<Candidate>()).ToList();
            if (all.Count == 0 && helpful.Count == 0)
                return StrategyOutcome.Of(honest[0], honest);
            var scores = await Task.WhenAll(all.Select((answer, place) => ScoreAsync(run, answer, round, place, cancellation))).ConfigureAwait(false);
            foreach (var (answer, score) in all.Zip(scores))
                (answer.Call.Role == SneakyRole ? sneaky : helpful).Add(new(answer, score));
            if (round + 1 < _rounds && sneaky.Count > 0 && helpful.Count > 0)
                lesson = await LearnAsync(run, Best(helpful), Best(sneaky), round, cancellation).ConfigureAwait(false) ?? lesson;
        }

        if (helpful.Count == 0)
            throw run.Failed("No helpful prover gave an answer.");
        var best = Best(helpful);
        var confidence = best.Score is { } top && sneaky.Count > 0 ? sneaky.Count(answer => !(answer.Score >= top)) / (double)sneaky.Count : (double?)null;
        return StrategyOutcome.Of(best.Answer, [.. helpful.Select(answer => answer.Answer)], confidence);
    }

    private CallRequest Honest(StrategyRun run, Candidate? lesson, int round, int sibling) => new()
    {
        Role = CallRole.Sample,
        Round = round,
        Sibling = sibling,
        Temperature = _temperature,
        After = lesson is null ? [] : [lesson],
        Messages = lesson is null ? null : PromptTemplate.Append(run.Messages, PromptTemplate.Fill(_prompts.Heed, ("lesson", lesson.Shown()))),
    };

    private async Task<double?> ScoreAsync(StrategyRun run, Candidate answer, int round, int place, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(_verifier.Prompts.Score, ("question", PromptTemplate.QuestionOf(run.Messages)), ("answer", answer.Shown()));
        return (await JudgeCall.AskAsync(run, _verifier, prompt, "score", ScoreSchema, Read, JudgeCall.Place(round, place, [answer]), cancellation).ConfigureAwait(false))?.Value;
    }

    private Task<Candidate?> LearnAsync(StrategyRun run, Scored best, Scored convincing, int round, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(
            _prompts.Lesson, ("best", best.Answer.Shown()), ("score", Written(best.Score)), ("sneaky", convincing.Answer.Shown()), ("sneaky_score", Written(convincing.Score)));
        return Stage.WriteAsync(run, _prover, prompt, new() { Role = CallRole.Distill, Round = round, After = [best.Answer, convincing.Answer] }, cancellation);
    }

    private static Scored Best(List<Scored> answers) => answers.MaxBy(answer => answer.Score ?? double.NegativeInfinity)!;

    private static string Written(double? score) => score?.ToString("0.#", CultureInfo.InvariantCulture) ?? "unknown";

    private static double? Read(JsonElement score) => score.ValueKind == JsonValueKind.Number && score.GetDouble() is >= 0 and <= 10 and var number ? number : null;

    private sealed record Scored(Candidate Answer, double? Score);
}
