using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Shows all answers at once, in an order drawn with the seed, and asks for a ranking; an answer's score is the share of the others behind it.</summary>
/// <param name="settings">Null means the defaults.</param>
public sealed class ListwiseJudge(JudgeSettings? settings = null) : IJudge
{
    private const string RankingSchema = """{"type":"object","properties":{"ranking":{"type":"array","items":{"type":"integer"}}},"required":["ranking"],"additionalProperties":false}""";
    private const string BestSchema = """{"type":"object","properties":{"best":{"type":"integer"}},"required":["best"],"additionalProperties":false}""";
    private readonly JudgeSettings _settings = settings ?? new();

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers) => new(1, JudgeCall.Attempts, JudgeCall.Attempts);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        var (order, prompt) = Shown(run, candidates, _settings.Prompts.List, "judge/list");
        var scores = new double?[candidates.Count];
        var ranking = await JudgeCall.AskAsync(run, _settings, prompt, "ranking", RankingSchema, value => Ranking(value, candidates.Count), JudgeCall.Place(0, 0, candidates), cancellation).ConfigureAwait(false);
        if (ranking is not { Value.Places: var places })
            return scores;
        foreach (var (place, shown) in places.Index())
            scores[order[shown]] = 1 - place / (candidates.Count - 1.0);
        return scores;
    }

    /// <summary>The place of the answer that the model holds for the best; null when no reply is valid. For votes that are tied and for generative selection.</summary>
    internal static Task<int?> PickAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, ComparisonPrompts prompts, CallRequest place, CancellationToken cancellation) =>
        PickAsync(run, candidates, new JudgeSettings { Prompts = prompts, UsesSchema = false }, place, cancellation);

    internal static async Task<int?> PickAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, JudgeSettings settings, CallRequest place, CancellationToken cancellation)
    {
        if (candidates.Count == 1)
            return 0;
        var (order, prompt) = Shown(run, candidates, settings.Prompts.Best, string.Create(CultureInfo.InvariantCulture, $"{place.Role}/{place.Round}/{place.Sibling}/order"));
        var best = await JudgeCall.AskAsync<int>(
            run, settings, prompt, "best", BestSchema, value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= candidates.Count ? number : null,
            place with { After = [.. candidates, .. place.After] }, cancellation).ConfigureAwait(false);
        return best is { Value: var shown } ? order[shown - 1] : null;
    }

    private static (int[] Order, string Prompt) Shown(StrategyRun run, IReadOnlyList<Candidate> candidates, string template, string purpose)
    {
        var order = Enumerable.Range(0, candidates.Count).ToArray();
        run.RandomFor(purpose).Shuffle(order.AsSpan());
        return (order, PromptTemplate.Fill(
            template, ("question", PromptTemplate.QuestionOf(run.Messages)), ("count", candidates.Count.ToString(CultureInfo.InvariantCulture)),
            ("answers", PromptTemplate.Numbered("Answer", order.Select(index => candidates[index].Text)))));
    }

    // A ranking names every answer once.
    private static Order? Ranking(JsonElement value, int count)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var places = value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number - 1 : -1).ToList();
        return places.Count == count && places.Distinct().Count() == count && places.TrueForAll(place => place >= 0 && place < count) ? new(places) : null;
    }

    private readonly record struct Order(IReadOnlyList<int> Places);
}
