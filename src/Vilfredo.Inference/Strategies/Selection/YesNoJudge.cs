using Vilfredo.Inference.Calls;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Scores each answer by the probability with which the model says yes to it, from the log-probabilities of its reply.</summary>
/// <remarks>With alternatives of the first token, p = yes / (yes + no) over all their spellings; without them, p is the probability of the reply that was written when it is yes, and what is left of it when it is no.</remarks>
/// <param name="settings">Null means the defaults; the schema is not used.</param>
/// <param name="reader">Finds the log-probabilities; null means the known forms.</param>
public sealed class YesNoJudge(JudgeSettings? settings = null, ILogProbabilityReader? reader = null) : IJudge
{
    private readonly JudgeSettings _settings = settings ?? new();
    private readonly ILogProbabilityReader _reader = reader ?? KnownLogProbabilities.Instance;

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers) => CallPlan.Fixed(answers, 1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        var question = PromptTemplate.QuestionOf(run.Messages);
        return await Task.WhenAll(candidates.Select(async (candidate, i) =>
        {
            var prompt = PromptTemplate.Fill(_settings.Prompts.YesNo, ("question", question), ("answer", candidate.Text));
            var reply = await run.TryCallAsync(
                new()
                {
                    Role = CallRole.Judge,
                    Sibling = i,
                    After = [candidate],
                    Messages = [PromptTemplate.Turn(prompt, run.Messages)],
                    Client = _settings.Client,
                    Temperature = _settings.Temperature,
                    MaximumOutputTokens = Math.Min(_settings.MaximumOutputTokens, 4),
                    OverridesOptions = true,
                    Configure = _reader.Ask,
                }, cancellation).ConfigureAwait(false);
            if (reply is null)
                return null;
            var tokens = _reader.Read(reply.Response);
            if (tokens is not { Count: > 0 })
                run.Warn("The judge's replies have no log-probabilities; take a client that gives them, or another judge.");
            return tokens is { Count: > 0 } ? Probability(tokens, reply.Text) : null;
        })).ConfigureAwait(false);
    }

    private static double? Probability(IReadOnlyList<TokenChoice> tokens, string text)
    {
        var (yes, no) = (0.0, 0.0);
        foreach (var (token, logProbability) in tokens[0].Alternatives)
        {
            if (Says(token, "yes"))
                yes += Math.Exp(logProbability);
            else if (Says(token, "no"))
                no += Math.Exp(logProbability);
        }

        if (yes + no > 0)
            return yes / (yes + no);
        var written = Math.Exp(Math.Min(0, tokens.Sum(token => token.LogProbability)));
        return Says(text, "yes") ? written : Says(text, "no") ? 1 - written : null;
    }

    private static bool Says(string text, string word) => text.Trim().TrimEnd('.', ',', '!').Equals(word, StringComparison.OrdinalIgnoreCase);
}
