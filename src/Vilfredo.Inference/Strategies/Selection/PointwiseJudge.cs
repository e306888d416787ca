using System.Text.Json;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Scores each answer by itself, from 0 to 10, as the mean of some judgements.</summary>
/// <param name="judgements">The judgements of each answer, at least 1.</param>
/// <param name="settings">Null means the defaults.</param>
public sealed class PointwiseJudge(int judgements = 1, JudgeSettings? settings = null) : IJudge
{
    private const string Schema = """{"type":"object","properties":{"score":{"type":"number","minimum":0,"maximum":10}},"required":["score"],"additionalProperties":false}""";
    private readonly int _judgements = judgements >= 1 ? judgements : throw new ArgumentOutOfRangeException(nameof(judgements), judgements, "Each answer is judged at least once.");
    private readonly JudgeSettings _settings = settings ?? new();

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers) => new(answers * _judgements, answers * _judgements * JudgeCall.Attempts, JudgeCall.Attempts);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        var question = PromptTemplate.QuestionOf(run.Messages);
        return await Task.WhenAll(candidates.Select(async (candidate, i) =>
        {
            var prompt = PromptTemplate.Fill(_settings.Prompts.Score, ("question", question), ("answer", candidate.Text));
            var scores = await Task.WhenAll(Enumerable.Range(i * _judgements, _judgements).Select(place =>
                JudgeCall.AskAsync(run, _settings, prompt, "score", Schema, Read, JudgeCall.Place(0, place, [candidate]), cancellation))).ConfigureAwait(false);
            var valid = scores.Where(score => score is not null).Select(score => score!.Value.Value).ToList();
            return valid.Count == 0 ? (double?)null : valid.Average();
        })).ConfigureAwait(false);
    }

    private static double? Read(JsonElement score) => score.ValueKind == JsonValueKind.Number && score.GetDouble() is >= 0 and <= 10 and var number ? number : null;
}
