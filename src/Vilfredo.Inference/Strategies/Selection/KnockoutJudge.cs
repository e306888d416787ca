using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Answers meet in a knockout tournament of n − 1 comparisons, each in both orders; an answer's score is the rounds that it survived.</summary>
/// <remarks>Where the two orders disagree, or no judgement is valid, the answer that was given first goes on. The pairs of a round are drawn with the seed.</remarks>
/// <param name="settings">Null means the defaults.</param>
public sealed class KnockoutJudge(JudgeSettings? settings = null) : IJudge
{
    private readonly JudgeSettings _settings = settings ?? new();

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers)
    {
        var rounds = 0;
        for (var left = answers; left > 1; left = (left + 1) / 2)
            rounds++;
        return new(2 * (answers - 1), 2 * (answers - 1) * JudgeCall.Attempts, rounds * JudgeCall.Attempts);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        var scores = new double?[candidates.Count];
        var anyValid = false;
        var order = Enumerable.Range(0, candidates.Count).ToArray();
        run.RandomFor("judge/bracket").Shuffle(order.AsSpan());
        var standing = order.Select(index => (Index: index, Calls: (IReadOnlyList<Candidate>)[])).ToList();
        for (var round = 0; standing.Count > 1; round++)
        {
            var matches = await Task.WhenAll(standing.Chunk(2).Select(async (pair, match) =>
            {
                if (pair is not [var one, var other])
                    return (Winner: pair[0], IsValid: false);
                var (first, second) = one.Index < other.Index ? (one, other) : (other, one);
                var after = first.Calls.Concat(second.Calls).ToList();
                var results = await Task.WhenAll(
                    PairComparison.AskAsync(run, _settings, candidates[first.Index], candidates[second.Index], round, 2 * match, after, cancellation),
                    PairComparison.AskAsync(run, _settings, candidates[second.Index], candidates[first.Index], round, 2 * match + 1, after, cancellation)).ConfigureAwait(false);
                var share = (results[0]?.Value ?? 0.5) - (results[1]?.Value ?? 0.5);
                var calls = results.Where(result => result is not null).Select(result => result!.Value.Call).ToList();
                return (Winner: ((share >= 0 ? first : second).Index, (IReadOnlyList<Candidate>)calls), IsValid: calls.Count > 0);
            })).ConfigureAwait(false);
            anyValid |= matches.Any(match => match.IsValid);
            standing = [.. matches.Select(match => match.Winner)];
            foreach (var (index, _) in standing)
                scores[index] = round + 1;
        }

        return anyValid ? [.. scores.Select(score => score ?? 0)] : new double?[candidates.Count];
    }
}
