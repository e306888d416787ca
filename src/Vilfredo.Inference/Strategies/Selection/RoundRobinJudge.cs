using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Compares each two answers; an answer's score is its share of won comparisons (Borda), ties half.</summary>
/// <param name="bothOrders">Whether each two are compared in both orders, against a judge's liking for a place; otherwise each two once, in an order drawn with the seed.</param>
/// <param name="settings">Null means the defaults.</param>
public sealed class RoundRobinJudge(bool bothOrders = true, JudgeSettings? settings = null) : IJudge
{
    private readonly JudgeSettings _settings = settings ?? new();

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers)
    {
        var calls = answers * (answers - 1) / (bothOrders ? 1 : 2);
        return new(calls, calls * JudgeCall.Attempts, JudgeCall.Attempts);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(candidates);
        var random = run.RandomFor("judge/order");
        var pairs = new List<(int First, int Second)>();
        for (var i = 0; i < candidates.Count; i++)
        {
            for (var j = i + 1; j < candidates.Count; j++)
            {
                if (bothOrders)
                    pairs.AddRange([(i, j), (j, i)]);
                else
                    pairs.Add(random.NextBoolean() ? (i, j) : (j, i));
            }
        }

        var results = await Task.WhenAll(pairs.Select((pair, place) =>
            PairComparison.AskAsync(run, _settings, candidates[pair.First], candidates[pair.Second], 0, place, [], cancellation))).ConfigureAwait(false);
        var (won, compared) = (new double[candidates.Count], new int[candidates.Count]);
        foreach (var ((first, second), result) in pairs.Zip(results))
        {
            if (result is not { Value: var share })
                continue;
            won[first] += share;
            won[second] += 1 - share;
            compared[first]++;
            compared[second]++;
        }

        return [.. won.Zip(compared, (wins, count) => count == 0 ? (double?)null : wins / count)];
    }
}
