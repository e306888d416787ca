using Vilfredo.Statistics;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>The rules by which an adaptive vote stops, over the counts of its answers in the order in which they were first given.</summary>
public static class StoppingRules
{
    /// <summary>Whether the leader wins whatever the attempts that are left say, when the earliest of equally frequent answers wins.</summary>
    /// <param name="counts">The counts of the answers, in order of their first attempts.</param>
    /// <param name="left">The attempts that are left.</param>
    public static bool CannotBeCaught(IReadOnlyList<int> counts, int left)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (left == 0)
            return true;
        if (counts.Count == 0)
            return false;
        var leader = LeaderOf(counts);
        return counts.Index().All(pair => pair.Index == leader || pair.Item + left < counts[leader] + (pair.Index > leader ? 1 : 0))
            // An answer that nobody has given yet.
            && left <= counts[leader];
    }

    /// <summary>The probability that the leading answer is more frequent than the second, with a uniform prior: P(p &gt; ½) for p ~ Beta(n₁ + 1, n₂ + 1); in [½, 1].</summary>
    /// <param name="counts">The counts of the answers; none counts as 0.</param>
    public static double LeaderProbability(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var (first, second) = counts.OrderDescending().Concat([0, 0]).Take(2).ToArray() is [var one, var two] ? (one, two) : (0, 0);
        return 1 - SpecialFunctions.RegularizedBeta(first + 1.0, second + 1.0, 0.5);
    }

    /// <summary>How much more often the plurality of the answers after further attempts is the model's most probable answer than the leader now is.</summary>
    /// <remarks>By draws: answer probabilities from the Dirichlet posterior of the counts and one answer yet unseen, each with the prior weight; then the further attempts from these. At least 0 in expectation; an estimate may be below.</remarks>
    /// <param name="counts">The counts of the answers, at least one.</param>
    /// <param name="more">The further attempts, at least 1.</param>
    /// <param name="random">The draws; the same state gives comparable results for other numbers of attempts.</param>
    /// <param name="prior">The prior weight of each answer, positive.</param>
    /// <param name="draws">The number of draws.</param>
    public static double ExpectedGain(IReadOnlyList<int> counts, int more, RandomGenerator random, double prior = 0.5, int draws = 400)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(counts.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prior);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        int[] now = [.. counts, 0];
        var leader = LeaderOf(now);
        var shares = new double[now.Length];
        var after = new int[now.Length];
        var gained = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < now.Length; i++)
                sum += shares[i] = NextGamma(random, now[i] + prior);
            now.CopyTo(after, 0);
            for (var attempt = 0; attempt < more; attempt++)
            {
                var at = random.NextDouble() * sum;
                var answer = 0;
                while (answer < now.Length - 1 && (at -= shares[answer]) >= 0)
                    answer++;
                after[answer]++;
            }

            var likeliest = Array.IndexOf(shares, shares.Max());
            gained += (LeaderOf(after) == likeliest ? 1 : 0) - (leader == likeliest ? 1 : 0);
        }

        return (double)gained / draws;
    }

    /// <summary>The place of the largest count, the first of equal ones.</summary>
    internal static int LeaderOf(IReadOnlyList<int> counts)
    {
        var leader = 0;
        for (var i = 1; i < counts.Count; i++)
        {
            if (counts[i] > counts[leader])
                leader = i;
        }

        return leader;
    }

    // Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000); shapes below 1 by their boost.
    internal static double NextGamma(RandomGenerator random, double shape)
    {
        if (shape < 1)
            return NextGamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
