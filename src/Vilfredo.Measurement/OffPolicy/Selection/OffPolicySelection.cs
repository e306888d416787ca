using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.OffPolicy.Selection;

/// <summary>Which estimator should pick the policies for an online test: estimators compared on candidates whose true values are known.</summary>
public static class OffPolicySelection
{
    /// <summary>All measures of given estimates.</summary>
    /// <param name="estimator">A name.</param>
    /// <param name="trueValues">The candidates' true values.</param>
    /// <param name="estimates">Their estimates, or lower bounds of them.</param>
    /// <param name="baseline">The value of the policy in use; times <see cref="PortfolioOptions.RelativeCriterion"/> it is what a safe candidate reaches.</param>
    /// <param name="k">The size of the shortlist.</param>
    /// <param name="options">Convention, ties and safety; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or k is not between 1 and the number of candidates.</exception>
    public static EstimatorAssessment Assess(
        string estimator, ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates, double baseline, int k, PortfolioOptions? options = null)
    {
        options ??= new PortfolioOptions();
        var report = PortfolioMetrics.Evaluate(trueValues, estimates, baseline, k, options);
        return new EstimatorAssessment
        {
            Estimator = estimator,
            Estimates = estimates.ToArray(),
            MeanSquaredError = RankingMetrics.MeanSquaredError(trueValues, estimates),
            NormalizedMeanSquaredError = RankingMetrics.NormalizedMeanSquaredError(trueValues, estimates),
            RankCorrelation = RankingMetrics.RankCorrelation(trueValues, estimates),
            Regret = RankingMetrics.Regret(trueValues, estimates, k, options.TieBreak),
            NormalizedRegret = RankingMetrics.NormalizedRegret(trueValues, estimates, 1, options.TieBreak),
            SummedRegret = RankingMetrics.SummedRegret(trueValues, estimates, k, options.TieBreak),
            TypeIErrorRate = RankingMetrics.TypeIErrorRate(trueValues, estimates, report.SafetyThreshold),
            TypeIIErrorRate = RankingMetrics.TypeIIErrorRate(trueValues, estimates, report.SafetyThreshold),
            TopK = report,
        };
    }

    /// <summary>All measures of several estimators on the same logged data.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="candidates">What each candidate says about the logged steps, with the arrays that the estimators read; enumerated once.</param>
    /// <param name="estimators">The estimators, at least one.</param>
    /// <param name="trueValues">The candidates' true values.</param>
    /// <param name="baseline">The value of the policy in use.</param>
    /// <param name="k">The size of the shortlist.</param>
    /// <param name="options">Convention, ties and safety; <see langword="null"/> for the defaults.</param>
    /// <returns>One assessment per estimator, in the order given.</returns>
    /// <exception cref="ArgumentException">The numbers of candidates differ, a view lacks an array, or as for <see cref="Assess"/>.</exception>
    /// <exception cref="InvalidOperationException">An estimator's weights overflow.</exception>
    public static IReadOnlyList<EstimatorAssessment> Compare(
        LoggedTrajectories data, IEnumerable<PolicyView> candidates, IReadOnlyList<OffPolicyEstimator> estimators, ReadOnlySpan<double> trueValues, double baseline, int k,
        PortfolioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(estimators);
        if (estimators.Count == 0) throw new ArgumentException("There is no estimator to compare; give at least one.", nameof(estimators));
        double[][] estimates = [.. candidates.Select(view => estimators.Select(estimator => estimator.Estimate(data, view)).ToArray())];
        var result = new EstimatorAssessment[estimators.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = Assess(estimators[i].Name, trueValues, [.. estimates.Select(ofCandidate => ofCandidate[i])], baseline, k, options);
        return result;
    }
}
