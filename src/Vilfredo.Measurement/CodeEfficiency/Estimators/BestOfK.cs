namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>
/// The expected best of k independent samples, estimated from n ≥ k of them. With efficiency scores it is eff@k (Qiu et al.,
/// "How Efficient is LLM-Generated Code?", ICLR 2025, arXiv 2406.06647), with scores of 0 and 1 it is pass@k; it serves any
/// best-of-n curve. Higher is better: negate costs.
/// </summary>
/// <remarks>
/// <see cref="Estimate"/> is the mean of the largest score over all C(n, k) subsets: unbiased, and the Rao-Blackwell form of
/// taking one subset at random, with a variance of at most k/n times that of the largest of k.
/// </remarks>
public static class BestOfK
{
    /// <summary>
    /// Σ over r = k…n of C(r − 1, k − 1) / C(n, k) · e₍ᵣ₎ with e₍₁₎ ≤ … ≤ e₍ₙ₎. O(n) by a radix sort; no binomial is formed.
    /// </summary>
    /// <param name="scores">The samples' scores, finite, in any order; wrong samples score 0.</param>
    /// <param name="k">1 to the number of scores.</param>
    /// <exception cref="ArgumentException">There are no scores, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is outside its range.</exception>
    public static double Estimate(ReadOnlySpan<double> scores, int k) => OfSorted(Sorted(scores), k);

    /// <summary>The estimates for several k from one sorting.</summary>
    /// <inheritdoc cref="Estimate"/>
    /// <param name="scores">The samples' scores, finite, in any order; wrong samples score 0.</param>
    /// <param name="ks">Each 1 to the number of scores.</param>
    public static double[] Curve(ReadOnlySpan<double> scores, ReadOnlySpan<int> ks)
    {
        var sorted = Sorted(scores);
        var curve = new double[ks.Length];
        for (var i = 0; i < curve.Length; i++) curve[i] = OfSorted(sorted, ks[i]);
        return curve;
    }

    /// <summary>
    /// The weights of the ascending order statistics e₍ₖ₎ … e₍ₙ₎: the n − k + 1 largest scores count, the others do not. They
    /// sum to 1.
    /// </summary>
    /// <param name="samples">n, at least 1.</param>
    /// <param name="k">1 to n.</param>
    /// <returns>n − k + 1 weights, ascending.</returns>
    public static double[] Weights(int samples, int k)
    {
        CheckSize(samples, k);
        var weights = new double[samples - k + 1];
        var weight = (double)k / samples;
        for (var r = samples; r >= k; r--)
        {
            weights[r - k] = weight;
            weight = Next(weight, r, k);
        }

        return weights;
    }

    /// <summary>
    /// The best of one random subset of k: unbiased too, but blind to the other samples; for comparison.
    /// </summary>
    /// <param name="scores">The samples' scores, finite.</param>
    /// <param name="k">1 to the number of scores.</param>
    /// <param name="random">Draws the subset.</param>
    public static double OneSubset(ReadOnlySpan<double> scores, int k, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckScores(scores);
        CheckSize(scores.Length, k);
        var rest = scores.ToArray();
        var best = double.NegativeInfinity;
        for (var i = 0; i < k; i++)
        {
            var j = i + random.NextInt32(rest.Length - i);
            best = Math.Max(best, rest[j]);
            rest[j] = rest[i];
        }

        return best;
    }

    /// <summary>
    /// The plug-in estimate: the expected best of k draws <em>with</em> replacement from the scores, which is too low on average
    /// for 1 &lt; k; for comparison.
    /// </summary>
    /// <inheritdoc cref="Estimate"/>
    public static double PlugIn(ReadOnlySpan<double> scores, int k)
    {
        CheckSize(scores.Length, k);
        var equal = new double[scores.Length];
        Array.Fill(equal, 1.0 / scores.Length);
        return OfDistribution(scores, equal, k);
    }

    /// <summary>
    /// The true expected best of k independent draws from a distribution over finitely many scores, to check estimates with.
    /// O(m log m) for m scores.
    /// </summary>
    /// <param name="scores">The scores that occur, finite.</param>
    /// <param name="probabilities">Their probabilities, none negative, summing to 1 within 1e-9.</param>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not finite, or the probabilities are no distribution.</exception>
    public static double OfDistribution(ReadOnlySpan<double> scores, ReadOnlySpan<double> probabilities, int k)
    {
        CheckScores(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (probabilities.Length != scores.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores but {probabilities.Length} probabilities were given; pass one of each.", nameof(probabilities));
        }

        var (values, shares) = (scores.ToArray(), probabilities.ToArray());
        if (shares.Any(p => !(p >= 0)) || Math.Abs(shares.Sum() - 1) > 1e-9)
            throw new ArgumentException($"The probabilities sum to {shares.Sum()}; they must be at least 0 and sum to 1.", nameof(probabilities));
        Array.Sort(values, shares);
        double sum = 0, below = 0, belowToK = 0;
        for (var i = 0; i < values.Length; i++)
        {
            below = i == values.Length - 1 ? 1 : Math.Min(1, below + shares[i]);
            var toK = Math.Pow(below, k);
            sum += values[i] * (toK - belowToK);
            belowToK = toK;
        }

        return sum;
    }

    internal static void CheckSize(int samples, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (k > samples)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"The best of {k} cannot be estimated from {samples} samples; take k of at most {samples}, or more samples.");
    }

    private static double OfSorted(double[] sorted, int k)
    {
        CheckSize(sorted.Length, k);

        // From the largest on; the sum carries what rounding dropped (Neumaier).
        double sum = 0, dropped = 0;
        var weight = (double)k / sorted.Length;
        for (var r = sorted.Length; r >= k && weight > 0; r--)
        {
            var term = weight * sorted[r - 1];
            var next = sum + term;
            dropped += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
            weight = Next(weight, r, k);
        }

        return Math.Clamp(sum + dropped, sorted[k - 1], sorted[^1]);
    }

    // From the weight of e₍ᵣ₎ to that of e₍ᵣ₋₁₎; with r = k there is no further one.
    private static double Next(double weight, int r, int k) => r > k ? weight * (r - k) / (r - 1) : 0;

    private static double[] Sorted(ReadOnlySpan<double> scores)
    {
        CheckScores(scores);
        var sorted = scores.ToArray();
        RadixSort.Ascending(sorted);
        return sorted;
    }

    private static void CheckScores(ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) throw new ArgumentException("There are no scores; pass one per sample, 0 for a wrong one.", nameof(scores));
        for (var i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
                throw new ArgumentException($"Score {i} is {scores[i]}; scores are finite, and a sample that failed scores 0.", nameof(scores));
        }
    }
}
