namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// Distributional dynamic programming for tables: Z_t(s, a) = R(s, a) + γ Z_{t+1}(s'), Z_t(s) the mixture of Z_t(s, a) by the policy (Bellemare, Dabney and Munos,
/// "A Distributional Perspective on Reinforcement Learning", 2017).
/// </summary>
internal sealed class ReturnModel(int states, int actions, double gamma)
{
    /// <summary>The reward of each pair; none for a pair of which nothing is known, whose return is 0.</summary>
    public required IReadOnlyList<ReturnDistribution?> Rewards { get; init; }

    /// <summary>Where pairs lead; what is missing to a share of 1 ends the trajectory, as does a pair that leads nowhere.</summary>
    public required IReadOnlyList<(int Pair, int Next, double Share)> Moves { get; init; }

    public int LargestSize { get; init; } = int.MaxValue;

    /// <summary>The distributions of the return of each pair with so many steps to go.</summary>
    public ReturnDistribution[] ActionReturns(TabularPolicy policy, int horizon)
    {
        var size = states * actions;
        var nothing = ReturnDistribution.Certain(0);
        var moves = new List<(int Next, double Share)>[size];
        foreach (var (pair, next, share) in Moves) (moves[pair] ??= []).Add((next, share));
        var result = new ReturnDistribution[size];
        ReturnDistribution[]? later = null;
        for (var t = horizon - 1; t >= 0; t--)
        {
            for (var pair = 0; pair < size; pair++)
            {
                var parts = new List<(ReturnDistribution Part, double Share)>();
                var going = 0.0;
                if (later is not null && moves[pair] is { } nexts)
                {
                    foreach (var (next, share) in nexts)
                    {
                        parts.Add((later[next], share));
                        going += share;
                    }
                }

                if (1 - going > 1e-12) parts.Add((nothing, 1 - going));
                result[pair] = Sum(Rewards[pair] ?? nothing, Mixture(parts));
            }

            later = [.. Enumerable.Range(0, states).Select(state => Shrunk(StateReturns(policy, result, state), LargestSize))];
        }

        return result;
    }

    /// <summary>The return of a state: the mixture of its pairs'.</summary>
    public static ReturnDistribution StateReturns(TabularPolicy policy, ReturnDistribution[] actionReturns, int state) =>
        Mixture([.. Enumerable.Range(0, policy.Actions).Where(action => policy[state, action] > 0).Select(action => (actionReturns[state * policy.Actions + action], policy[state, action]))]);

    public static ReturnDistribution Mixture(IReadOnlyList<(ReturnDistribution Part, double Share)> parts)
    {
        if (parts.Count == 1) return parts[0].Part;
        var (values, masses) = (new List<double>(), new List<double>());
        foreach (var (part, share) in parts)
        {
            for (var i = 0; i < part.Values.Length; i++)
            {
                values.Add(part.Values[i]);
                masses.Add(share * part.Mass(i));
            }
        }

        return Normalized(values, masses);
    }

    /// <summary>At most so many values, neighbours merged at their mean.</summary>
    public static ReturnDistribution Shrunk(ReturnDistribution distribution, int largestSize)
    {
        var values = distribution.Values;
        if (values.Length <= largestSize) return distribution;
        var (low, width) = (values[0], (values[^1] - values[0]) / largestSize);
        var (sums, masses) = (new double[largestSize], new double[largestSize]);
        for (var i = 0; i < values.Length; i++)
        {
            var bin = Math.Clamp((int)((values[i] - low) / width), 0, largestSize - 1);
            sums[bin] += distribution.Mass(i) * values[i];
            masses[bin] += distribution.Mass(i);
        }

        var (kept, shares) = (new List<double>(), new List<double>());
        for (var bin = 0; bin < largestSize; bin++)
        {
            if (masses[bin] == 0) continue;
            kept.Add(sums[bin] / masses[bin]);
            shares.Add(masses[bin]);
        }

        return Normalized(kept, shares);
    }

    private ReturnDistribution Sum(ReturnDistribution reward, ReturnDistribution next)
    {
        var (values, masses) = (new List<double>(), new List<double>());
        for (var i = 0; i < reward.Values.Length; i++)
        {
            for (var j = 0; j < next.Values.Length; j++)
            {
                values.Add(reward.Values[i] + gamma * next.Values[j]);
                masses.Add(reward.Mass(i) * next.Mass(j));
            }
        }

        return Shrunk(Normalized(values, masses), LargestSize);
    }

    // Products and sums of probabilities leave a rounding that grows with the horizon.
    private static ReturnDistribution Normalized(List<double> values, List<double> masses)
    {
        var sum = masses.Sum();
        return new ReturnDistribution([.. values], [.. masses.Select(mass => mass / sum)]);
    }
}
