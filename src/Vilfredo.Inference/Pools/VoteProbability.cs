namespace Vilfredo.Inference.Pools;

/// <summary>The probability that an answer wins a vote, exactly: of some samples drawn from a pool without replacement, or from a known distribution with it (dossier of Wang et al., arXiv 2504.14047, section 3.4).</summary>
/// <remarks>
/// The most frequent answer wins; of t + 1 equally frequent ones each does with probability 1 / (t + 1), which is also what the rule "the earliest" comes to, since samples are exchangeable.
/// Abstentions never win. For each number j of votes for the answer a table over the other answers, taken one by one, holds the probability of every pair (votes drawn so far, answers with exactly j):
/// O(C k³) at most for C answers, in probabilities throughout, so that no binomial overflows.
/// </remarks>
public static class VoteProbability
{
    /// <summary>For a pool: the dossier's exact MV@k.</summary>
    /// <param name="counts">How often each answer is in the pool, each at least 1.</param>
    /// <param name="abstentions">How many samples abstain.</param>
    /// <param name="answer">The index of the answer.</param>
    /// <param name="k">The votes that are drawn, from 1 to all samples.</param>
    public static double InPool(IReadOnlyList<int> counts, int abstentions, int answer, int k)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfNegative(abstentions);
        if (counts.Any(count => count < 1))
            throw new ArgumentException("Each answer of a pool is there at least once.", nameof(counts));
        Check(answer, counts.Count);
        var total = counts.Sum() + abstentions;
        if (k < 1 || k > total)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"A vote of a pool of {total} samples takes from 1 to {total} of them.");
        int[] order = [counts[answer], .. counts.Where((_, i) => i != answer)];
        var left = new int[order.Length];
        for (var (i, rest) = (0, total); i < order.Length; i++)
            left[i] = rest -= order[i];
        var logs = new double[total + 1];
        for (var i = 2; i <= total; i++)
            logs[i] = logs[i - 1] + Math.Log(i);

        // Of what is left of the pool behind the answers before this one, a number of further draws.
        double Taken(int index, int draws, int taken)
        {
            var (own, others) = (order[index], left[index]);
            return taken > own || draws - taken > others
                ? 0
                : Math.Exp(Choose(own, taken) + Choose(others, draws - taken) - Choose(own + others, draws));
        }

        double Choose(int n, int m) => logs[n] - logs[m] - logs[n - m];

        return Win(order.Length, k, Taken);
    }

    /// <summary>For independent votes from a distribution.</summary>
    /// <param name="probabilities">Of each answer, none negative; what is missing from 1 abstains.</param>
    /// <param name="answer">The index of the answer.</param>
    /// <param name="k">The votes, at least 1.</param>
    public static double Independent(IReadOnlyList<double> probabilities, int answer, int k)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (probabilities.Any(p => !(p >= 0)) || probabilities.Sum() > 1 + 1e-9)
            throw new ArgumentException($"The probabilities sum to {probabilities.Sum()}; none is negative and together they are at most 1.", nameof(probabilities));
        Check(answer, probabilities.Count);
        double[] order = [probabilities[answer], .. probabilities.Where((_, i) => i != answer)];
        var logs = new double[k + 1];
        for (var i = 2; i <= k; i++)
            logs[i] = logs[i - 1] + Math.Log(i);
        var shares = new double[order.Length];
        for (var (i, rest) = (0, 1.0); i < order.Length; rest -= order[i++])
            shares[i] = rest <= 0 ? 0 : Math.Min(1, order[i] / rest);

        double Taken(int index, int draws, int taken) => shares[index] switch
        {
            0 => taken == 0 ? 1 : 0,
            1 => taken == draws ? 1 : 0,
            var share => Math.Exp(logs[draws] - logs[taken] - logs[draws - taken] + taken * Math.Log(share) + (draws - taken) * Math.Log(1 - share)),
        };

        return Win(order.Length, k, Taken);
    }

    // taken(i, d, m): the probability that answer i gets m of d draws that none of the answers before it got.
    private static double Win(int answers, int k, Func<int, int, int, double> taken)
    {
        var win = 0.0;
        for (var votes = 1; votes <= k; votes++)
        {
            var first = taken(0, k, votes);
            if (first == 0)
                continue;
            var rest = k - votes;
            var ties = rest / votes;
            var table = new double[rest + 1, ties + 1]; // draws left, answers with as many votes
            table[rest, 0] = first;
            for (var answer = 1; answer < answers; answer++)
            {
                var next = new double[rest + 1, ties + 1];
                for (var draws = 0; draws <= rest; draws++)
                {
                    for (var m = 0; m <= Math.Min(votes, draws); m++)
                    {
                        var chance = taken(answer, draws, m);
                        if (chance == 0)
                            continue;
                        var tied = m == votes ? 1 : 0;
                        for (var t = 0; t + tied <= ties; t++)
                            next[draws - m, t + tied] += table[draws, t] * chance;
                    }
                }

                table = next;
            }

            // What nobody has drawn by now abstains.
            for (var draws = 0; draws <= rest; draws++)
            {
                for (var t = 0; t <= ties; t++)
                    win += table[draws, t] / (t + 1);
            }
        }

        return Math.Min(1, win);
    }

    private static void Check(int answer, int count)
    {
        if (answer < 0 || answer >= count)
            throw new ArgumentOutOfRangeException(nameof(answer), answer, $"There are {count} answers; their indices begin at 0.");
    }
}
