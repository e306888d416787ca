using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Portfolios;

/// <summary>
/// Rates a shortlist that a noisy ranker picked for real trials like a portfolio: its best against its spread. From Kiyohara
/// et al., "Towards Assessing and Benchmarking Risk-Return Tradeoff of Off-Policy Evaluation" (ICLR 2024, arXiv 2311.18207):
/// SharpeRatio@k = (best@k − J(π_b)) / std@k.
/// </summary>
/// <remarks>
/// Candidates need not be policies: variants of a model picked by a cheap proxy, or hyperparameters ranked early, are rated
/// the same way. Higher values are better; turn costs around first. The ratio does not change when a constant is added to all
/// true values and the baseline, nor when they are multiplied by a positive one.
/// </remarks>
public static class PortfolioMetrics
{
    /// <summary>The ratio that stands for an infinite one, and the largest, when seeds are averaged.</summary>
    public const double LargestAveragedRatio = 100;

    /// <summary>Rates the shortlists of the 1, 2, … <paramref name="maxK"/> candidates with the highest estimates.</summary>
    /// <param name="trueValues">The candidates' true values, finite.</param>
    /// <param name="estimates">Their estimated values, finite, in the same order.</param>
    /// <param name="baseline">The value of the policy in use, J(π_b), finite.</param>
    /// <param name="maxK">The largest shortlist, at most the number of candidates.</param>
    /// <param name="options">Convention, ties and safety; <see langword="null"/> for the published code's.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxK"/> is below 1 or above the number of candidates.</exception>
    public static TopKReport Evaluate(
        ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, double baseline, int maxK, PortfolioOptions? options = null)
    {
        CandidateChecks.Check(trueValues, estimates);
        CandidateChecks.Finite(baseline, nameof(baseline));
        CandidateChecks.ShortlistSize(maxK, trueValues.Length, nameof(maxK));
        options ??= new PortfolioOptions();
        var order = Order(trueValues, estimates, options.TieBreak);
        var threshold = options.RelativeCriterion * baseline;
        var picked = new double[maxK];
        var points = new TopKPoint[maxK];
        for (var k = 1; k <= maxK; k++)
        {
            picked[k - 1] = trueValues[order[k - 1]];
            points[k - 1] = Rate(picked.AsSpan(0, k), baseline, threshold, options.Convention);
        }

        return new TopKReport(order, points, baseline, threshold);
    }

    /// <summary>
    /// The mean of the ratios of several seeds as the published code takes it: +∞ counts as 100, and ratios are clipped to
    /// [0, 100]. It is the mean of ratios, not the ratio of means.
    /// </summary>
    /// <param name="ratios">SharpeRatio@k of each seed for the same k ≥ 2.</param>
    /// <exception cref="ArgumentException">There is no ratio, or one is NaN.</exception>
    public static double MeanSharpeRatio(ReadOnlySpan<double> ratios)
    {
        if (ratios.IsEmpty) throw new ArgumentException("There are no ratios to average; pass one per seed.", nameof(ratios));
        var sum = 0.0;
        for (var i = 0; i < ratios.Length; i++)
        {
            if (double.IsNaN(ratios[i]))
            {
                throw new ArgumentException(
                    $"Ratio {i} is NaN: k = 1 has no spread, and neither has a shortlist of equal values at the baseline. Leave such seeds out and say how many.",
                    nameof(ratios));
            }

            sum += Math.Clamp(ratios[i], 0, LargestAveragedRatio);
        }

        return sum / ratios.Length;
    }

    /// <summary>The lower quantile of returns, which can take the place of J for candidates and baseline alike.</summary>
    /// <param name="returns">Returns of on-policy rollouts, at least one, finite.</param>
    /// <param name="alpha">In (0, 1]; type 7.</param>
    public static double LowerQuantile(ReadOnlySpan<double> returns, double alpha)
    {
        CheckAlpha(alpha);
        return Descriptive.Quantile(returns, alpha);
    }

    /// <summary>
    /// The conditional value at risk of returns: the mean of the worst share α of them, the value at the edge counted in part
    /// (Rockafellar and Uryasev, Journal of Banking and Finance 26, 2002). α = 1 is the mean.
    /// </summary>
    /// <param name="returns">Returns of on-policy rollouts, at least one, finite.</param>
    /// <param name="alpha">In (0, 1].</param>
    public static double ConditionalValueAtRisk(ReadOnlySpan<double> returns, double alpha)
    {
        CheckAlpha(alpha);
        if (returns.IsEmpty) throw new ArgumentException("There are no returns; pass at least one.", nameof(returns));
        foreach (var value in returns) CandidateChecks.Finite(value, nameof(returns));
        var sorted = returns.ToArray();
        Array.Sort(sorted);
        var mass = alpha * sorted.Length;
        var sum = 0.0;
        for (var i = 0; i < sorted.Length && i < mass; i++) sum += Math.Min(1, mass - i) * sorted[i];
        return sum / mass;
    }

    internal static int[] Order(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, TieBreak tieBreak)
    {
        var (truth, guess) = (trueValues.ToArray(), estimates.ToArray());
        var sign = tieBreak switch
        {
            TieBreak.HigherTrueValue => -1,
            TieBreak.LowerTrueValue => 1,
            TieBreak.GivenOrder => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(tieBreak), tieBreak, "This way of breaking ties is not known."),
        };
        // OrderBy is stable: what is still tied stays in the given order.
        return [.. Enumerable.Range(0, guess.Length).OrderByDescending(i => guess[i]).ThenBy(i => sign * truth[i])];
    }

    private static TopKPoint Rate(ReadOnlySpan<double> picked, double baseline, double threshold, SharpeConvention convention)
    {
        double best = double.NegativeInfinity, worst = double.PositiveInfinity;
        var violations = 0;
        foreach (var value in picked)
        {
            (best, worst) = (Math.Max(best, value), Math.Min(worst, value));
            if (value < threshold) violations++;
        }

        // Equal values have a spread of exactly zero, whatever the rounding of their mean.
        var spread = Spread(picked, convention, best == worst);
        var gain = convention == SharpeConvention.ScopeRl ? Math.Max(0, best - baseline) : best - baseline;
        return new TopKPoint(
            picked.Length, best, worst, Descriptive.Mean(picked), spread, picked[^1], gain / spread, (double)violations / picked.Length);
    }

    private static double Spread(ReadOnlySpan<double> picked, SharpeConvention convention, bool equal)
    {
        var count = picked.Length;
        return convention switch
        {
            SharpeConvention.ScopeRl when count == 1 => double.NaN,
            SharpeConvention.ScopeRl or SharpeConvention.Text when equal => 0,
            SharpeConvention.ScopeRl => Descriptive.StandardDeviation(picked),
            SharpeConvention.Text => Descriptive.StandardDeviation(picked) * Math.Sqrt((count - 1.0) / count),
            _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "This convention is not known."),
        };
    }

    private static void CheckAlpha(double alpha)
    {
        if (!(alpha is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The share of worst returns lies in (0, 1].");
    }
}
