using CsCheck;
using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.Tests.Portfolios;

public class RankingMetricsTests
{
    [Fact]
    public void Rank_correlation_is_one_for_the_same_order_and_minus_one_for_the_opposite()
    {
        Assert.Equal(1, RankingMetrics.RankCorrelation([1, 2, 30], [-5, 0, 0.1]), 12);
        Assert.Equal(-1, RankingMetrics.RankCorrelation([1, 2, 30], [3, 2, 1]), 12);
        Assert.Equal(0.8, RankingMetrics.RankCorrelation([1, 2, 3, 4], [10, 30, 20, 40]), 12); // 1 - 6 * 2 / (4 * 15)
        Assert.True(double.IsNaN(RankingMetrics.RankCorrelation([1, 2], [1, 1])));
    }

    [Fact]
    public void Rank_correlation_uses_ranks_and_not_the_order_of_indices()
    {
        // Sorting indices are (1, 2, 0) and (2, 0, 1): their correlation is not that of the ranks (3, 1, 2) and (2, 3, 1).
        Assert.Equal(-0.5, RankingMetrics.RankCorrelation([3, 1, 2], [2, 3, 1]), 12);
        Assert.Equal(Math.Sqrt(3) / 2, RankingMetrics.RankCorrelation([1, 2, 3], [1, 1, 2]), 12);
    }

    [Fact]
    public void Both_forms_of_regret_count_what_the_shortlist_misses()
    {
        double[] truth = [10, 8, 6, 1], estimates = [0, 5, 6, 7];
        Assert.Equal(9, RankingMetrics.Regret(truth, estimates, 1));
        Assert.Equal(0.9, RankingMetrics.NormalizedRegret(truth, estimates, 1), 12);
        Assert.Equal(4, RankingMetrics.Regret(truth, estimates, 2));
        Assert.Equal(11, RankingMetrics.SummedRegret(truth, estimates, 2));
        Assert.Equal(0, RankingMetrics.SummedRegret(truth, estimates, 4));
    }

    [Fact]
    public void The_oracle_has_no_error_and_no_regret() =>
        Gen.Double[-5, 5].Array[1, 8].Sample(truth =>
        {
            Assert.Equal(0, RankingMetrics.MeanSquaredError(truth, truth));
            for (var k = 1; k <= truth.Length; k++)
            {
                Assert.Equal(0, RankingMetrics.Regret(truth, truth, k));
                Assert.Equal(0, RankingMetrics.SummedRegret(truth, truth, k), 12);
            }
        }, iter: 200);

    [Fact]
    public void Errors_are_normalized_by_the_mean_square() =>
        Assert.Equal(4 / 12.5, RankingMetrics.NormalizedMeanSquaredError([3, 4], [1, 2]), 12);

    [Fact]
    public void Error_types_are_shares_of_the_safe_and_of_the_unsafe()
    {
        double[] truth = [5, 6, 7, 1, 2], estimates = [4, 8, 9, 9, 0];
        Assert.Equal(1 / 3.0, RankingMetrics.TypeIErrorRate(truth, estimates, 5), 12);
        Assert.Equal(0.5, RankingMetrics.TypeIIErrorRate(truth, estimates, 5), 12);
        Assert.True(double.IsNaN(RankingMetrics.TypeIIErrorRate(truth, estimates, 0)));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RankingMetrics.MeanSquaredError([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankingMetrics.RankCorrelation([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.SummedRegret([1], [1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Regret([1], [1], 2));
    }
}
