namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Logged steps grouped by state and action, and what follows from them for a policy.</summary>
internal sealed class StepCounts
{
    private readonly int states;
    private readonly int actions;
    private readonly int horizon;
    private readonly double gamma;
    private readonly double[] pairCounts;
    private readonly double[] rewardSums;
    private readonly double[] loggedShares;
    private readonly (int Pair, int Next, double Share)[] moves;

    public StepCounts(LoggedTrajectories data, int states, int actions)
    {
        (this.states, this.actions, horizon, gamma) = (states, actions, data.Horizon, data.Gamma);
        pairCounts = new double[states * actions];
        rewardSums = new double[states * actions];
        loggedShares = new double[horizon * states];
        var moveCounts = new SortedDictionary<(int Pair, int Next), double>();
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                var entry = i * horizon + t;
                var pair = data.States[entry] * actions + data.Actions[entry];
                loggedShares[t * states + data.States[entry]] += 1.0 / data.Count;

                // What follows the last step of the horizon is unknown, so the step says nothing about the dynamics.
                rewardSums[pair] += data.Rewards[entry];
                pairCounts[pair]++;
                if (t + 1 == horizon) continue;
                var next = t + 1 < data.Lengths[i] ? data.States[entry + 1] : Ended;
                moveCounts[(pair, next)] = moveCounts.GetValueOrDefault((pair, next)) + 1;
            }
        }

        var totals = new double[states * actions];
        foreach (var (move, count) in moveCounts) totals[move.Pair] += count;
        moves = [.. moveCounts.Where(move => move.Key.Next != Ended).Select(move => (move.Key.Pair, move.Key.Next, move.Value / totals[move.Key.Pair]))];
    }

    private const int Ended = -1;

    /// <summary>Where each pair leads with what share; what is missing to 1 ended there.</summary>
    public IReadOnlyList<(int Pair, int Next, double Share)> Moves => moves;

    public double[] ActionValues(TabularPolicy policy)
    {
        var size = states * actions;
        var result = new double[horizon * size];
        var next = new double[states];
        for (var t = horizon - 1; t >= 0; t--)
        {
            var values = result.AsSpan(t * size, size);
            for (var pair = 0; pair < size; pair++) values[pair] = pairCounts[pair] == 0 ? 0 : rewardSums[pair] / pairCounts[pair];
            foreach (var (pair, state, share) in moves) values[pair] += gamma * share * next[state];
            for (var state = 0; state < states; state++)
            {
                next[state] = 0;
                for (var action = 0; action < actions; action++) next[state] += policy[state, action] * values[state * actions + action];
            }
        }

        return result;
    }

    public double[] StateRatios(TabularPolicy policy)
    {
        var shares = new double[horizon * states];
        loggedShares.AsSpan(0, states).CopyTo(shares);
        for (var t = 1; t < horizon; t++)
        {
            foreach (var (pair, next, share) in moves)
                shares[t * states + next] += shares[(t - 1) * states + pair / actions] * policy.Probabilities[pair] * share;
        }

        for (var i = 0; i < shares.Length; i++) shares[i] = loggedShares[i] == 0 ? 0 : shares[i] / loggedShares[i];
        return shares;
    }
}
