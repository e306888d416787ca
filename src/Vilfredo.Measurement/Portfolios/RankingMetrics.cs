using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Portfolios;

/// <summary>
/// The conventional measures of estimates against true values (section 3 of Kiyohara et al., arXiv 2311.18207), with which
/// <see cref="PortfolioMetrics"/> is compared. Arguments are checked as there; values must be finite and of the same number.
/// </summary>
public static class RankingMetrics
{
    /// <summary>The mean squared error over the candidates.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates)
    {
        CandidateChecks.Check(trueValues, estimates);
        var sum = 0.0;
        for (var i = 0; i < trueValues.Length; i++) sum += (trueValues[i] - estimates[i]) * (trueValues[i] - estimates[i]);
        return sum / trueValues.Length;
    }

    /// <summary>The mean squared error over the mean of J²; NaN or infinite when all true values are 0.</summary>
    public static double NormalizedMeanSquaredError(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates)
    {
        var squares = 0.0;
        foreach (var value in trueValues) squares += value * value;
        return MeanSquaredError(trueValues, estimates) / (squares / trueValues.Length);
    }

    /// <summary>
    /// Spearman's rank correlation in [−1, 1], ties sharing their mean rank; NaN when all true values or all estimates agree.
    /// </summary>
    public static double RankCorrelation(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates)
    {
        CandidateChecks.Check(trueValues, estimates);
        var (x, y) = (Ranks.Midranks(trueValues), Ranks.Midranks(estimates));
        var mean = (x.Length + 1) / 2.0;
        double covariance = 0, varianceX = 0, varianceY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            covariance += (x[i] - mean) * (y[i] - mean);
            varianceX += (x[i] - mean) * (x[i] - mean);
            varianceY += (y[i] - mean) * (y[i] - mean);
        }

        return covariance / Math.Sqrt(varianceX * varianceY);
    }

    /// <summary>Regret@k in the max form: the highest true value minus the highest in the shortlist. At least 0.</summary>
    /// <param name="trueValues">The candidates' true values.</param>
    /// <param name="estimates">Their estimated values.</param>
    /// <param name="k">The size of the shortlist.</param>
    /// <param name="tieBreak">Which of equal estimates is picked first.</param>
    public static double Regret(
        ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, int k, TieBreak tieBreak = TieBreak.HigherTrueValue)
    {
        var report = PortfolioMetrics.Evaluate(trueValues, estimates, 0, k, new PortfolioOptions { TieBreak = tieBreak });
        return Largest(trueValues) - report.At(k).Best;
    }

    /// <summary>The max form of Regret@k over |max J|; NaN or infinite when the highest true value is 0.</summary>
    /// <inheritdoc cref="Regret"/>
    public static double NormalizedRegret(
        ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, int k, TieBreak tieBreak = TieBreak.HigherTrueValue) =>
        Regret(trueValues, estimates, k, tieBreak) / Math.Abs(Largest(trueValues));

    /// <summary>Regret@k in the sum form: the sum of the k highest true values minus that of the shortlist. At least 0.</summary>
    /// <inheritdoc cref="Regret"/>
    public static double SummedRegret(
        ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, int k, TieBreak tieBreak = TieBreak.HigherTrueValue)
    {
        CandidateChecks.Check(trueValues, estimates);
        CandidateChecks.ShortlistSize(k, trueValues.Length, nameof(k));
        var order = PortfolioMetrics.Order(trueValues, estimates, tieBreak);
        var sorted = trueValues.ToArray();
        Array.Sort(sorted);
        var regret = 0.0;
        for (var i = 0; i < k; i++) regret += sorted[^(i + 1)] - trueValues[order[i]];
        return regret;
    }

    /// <summary>Type I errors: the share of safe candidates that are estimated unsafe; NaN without safe candidates.</summary>
    /// <param name="trueValues">The candidates' true values.</param>
    /// <param name="estimates">Their estimated values.</param>
    /// <param name="threshold">A candidate is safe from this value on, such as the baseline's.</param>
    public static double TypeIErrorRate(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, double threshold) =>
        ErrorRate(trueValues, estimates, threshold, safe: true);

    /// <summary>Type II errors: the share of unsafe candidates that are estimated safe; NaN without unsafe candidates.</summary>
    /// <inheritdoc cref="TypeIErrorRate"/>
    public static double TypeIIErrorRate(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, double threshold) =>
        ErrorRate(trueValues, estimates, threshold, safe: false);

    private static double ErrorRate(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, double threshold, bool safe)
    {
        CandidateChecks.Check(trueValues, estimates);
        CandidateChecks.Finite(threshold, nameof(threshold));
        int count = 0, errors = 0;
        for (var i = 0; i < trueValues.Length; i++)
        {
            if (trueValues[i] >= threshold != safe) continue;
            count++;
            if (estimates[i] >= threshold != safe) errors++;
        }

        return (double)errors / count;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values) largest = Math.Max(largest, value);
        return largest;
    }
}
