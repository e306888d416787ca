using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Agents.Selection;

/// <summary>A model that is asked for judgements: a prompted progress reward model, a strict check of outcomes and a list-wise choice (Wang et al., arXiv 2508.02694, dossier 3.3; the prompts are ours). A reply that is not valid is asked for once more.</summary>
/// <param name="settings">How it is asked; null means the defaults.</param>
/// <param name="prompts">What it is asked; null means the defaults.</param>
public sealed class PromptedVerifier(JudgeSettings? settings = null, AgentPrompts? prompts = null) : ITrajectoryVerifier
{
    private const string ScoreSchema = """{"type":"object","properties":{"score":{"type":"number"}},"required":["score"],"additionalProperties":false}""";
    private const string SolvedSchema = """{"type":"object","properties":{"solved":{"type":"integer"}},"required":["solved"],"additionalProperties":false}""";
    private const string BestSchema = """{"type":"object","properties":{"best":{"type":"integer"}},"required":["best"],"additionalProperties":false}""";

    private readonly JudgeSettings _settings = settings ?? new();
    private readonly AgentPrompts _prompts = prompts ?? new();

    /// <inheritdoc/>
    public async Task<(double Score, Candidate Call)?> ProgressAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trajectory);
        var prompt = PromptTemplate.Fill(_prompts.Progress, ("question", PromptTemplate.QuestionOf(run.Messages)), ("plan", trajectory.Plan ?? "none"), ("transcript", TrajectoryText.Of(trajectory)));
        return await JudgeCall.AskAsync<double>(
            run, _settings, prompt, "score", ScoreSchema, value => value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= 10 and var score ? score : null, place, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<(bool Solved, Candidate Call)?> OutcomeAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trajectory);
        var prompt = PromptTemplate.Fill(_prompts.Outcome, ("question", PromptTemplate.QuestionOf(run.Messages)), ("transcript", TrajectoryText.Of(trajectory)));
        return await JudgeCall.AskAsync<bool>(
            run, _settings, prompt, "solved", SolvedSchema, value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var solved) && solved is 0 or 1 ? value.GetInt32() == 1 : null, place, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<(int Place, Candidate Call)?> PickAsync(StrategyRun run, IReadOnlyList<Trajectory> trajectories, CallRequest place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trajectories);
        ArgumentNullException.ThrowIfNull(place);
        var order = Enumerable.Range(0, trajectories.Count).ToArray();
        run.RandomFor(string.Create(CultureInfo.InvariantCulture, $"{place.Role}/{place.Round}/{place.Sibling}/order")).Shuffle(order.AsSpan());
        var prompt = PromptTemplate.Fill(
            _prompts.BestAttempt, ("question", PromptTemplate.QuestionOf(run.Messages)), ("count", trajectories.Count.ToString(CultureInfo.InvariantCulture)),
            ("attempts", PromptTemplate.Numbered("Attempt", order.Select(index => TrajectoryText.Of(trajectories[index])))));
        var best = await JudgeCall.AskAsync<int>(
            run, _settings, prompt, "best", BestSchema,
            value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= trajectories.Count ? number : null, place, cancellation).ConfigureAwait(false);
        return best is { } found ? (order[found.Value - 1], found.Call) : null;
    }
}
