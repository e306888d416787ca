using CsCheck;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.InferenceCosts;

public class CostOfPassTests
{
    private static readonly BootstrapOptions Few = new() { Resamples = 500 };

    // Rows of Wang et al. (arXiv 2508.02694) whose printed dollars and accuracy give the printed cost of pass.
    [Theory]
    [InlineData(0.521, 53.33, 0.98)]
    [InlineData(2.190, 61.82, 3.54)]
    [InlineData(0.023, 17.58, 0.13)]
    [InlineData(1.908, 52.12, 3.66)]
    [InlineData(0.639, 54.55, 1.17)]
    [InlineData(0.691, 53.94, 1.28)]
    [InlineData(0.419, 56.36, 0.74)]
    [InlineData(0.782, 51.52, 1.52)]
    [InlineData(0.567, 52.73, 1.08)]
    [InlineData(0.561, 53.94, 1.04)]
    [InlineData(0.703, 54.55, 1.29)]
    [InlineData(0.398, 53.33, 0.75)]
    [InlineData(3.104, 53.33, 5.82)]
    [InlineData(0.285, 51.52, 0.55)]
    public void Published_rows_are_reproduced(double dollars, double accuracy, double expected) =>
        Assert.Equal(expected, CostOfPass.Of(Usd(dollars), accuracy / 100).Amount, 0.00501);

    [Fact]
    public void A_pass_rate_of_zero_costs_infinitely_much_and_sorts_last()
    {
        var never = CostOfPass.Of(Usd(0.01), 0);
        Assert.True(never.NeverPasses);
        Assert.Equal("never passed", never.ToString());
        Assert.True(never > new PassCost(1e300, "USD"));
        Assert.True(CostOfPass.Of(Usd(0), 0).NeverPasses);
    }

    [Fact]
    public void An_agent_that_always_passes_costs_the_mean() =>
        Assert.Equal(2.0, CostOfPass.Pooled([Pass("a", 1), Pass("b", 3)], new RandomGenerator(1), Few).Value.Amount, 12);

    [Fact]
    public void Duplicating_all_attempts_changes_nothing_and_halving_the_rate_doubles_the_cost() =>
        Attempts().Sample(attempts =>
        {
            var once = CostOfPass.Pooled(attempts, new RandomGenerator(1), new BootstrapOptions { Resamples = 2, Method = BootstrapMethod.Percentile });
            var twice = CostOfPass.Pooled([.. attempts, .. attempts], new RandomGenerator(1), new BootstrapOptions { Resamples = 2, Method = BootstrapMethod.Percentile });
            List<Attempt> half = [.. attempts, .. attempts.Select(attempt => attempt with { Passed = false })];
            var halved = CostOfPass.Pooled(half, new RandomGenerator(1), new BootstrapOptions { Resamples = 2, Method = BootstrapMethod.Percentile });
            AssertClose(once.Value.Amount, twice.Value.Amount);
            AssertClose(2 * once.Value.Amount, halved.Value.Amount);
        }, iter: 200);

    [Fact]
    public void The_ratio_of_means_is_not_the_mean_of_ratios()
    {
        List<Attempt> attempts = [Pass("easy", 1), Pass("easy", 1), Pass("hard", 4), Fail("hard", 4)];
        Assert.Equal(2.5 / 0.75, CostOfPass.Pooled(attempts, new RandomGenerator(1), Few).Value.Amount, 12);
        var perProblem = CostOfPass.PerProblem(attempts);
        Assert.Equal(1.0, perProblem["easy"].Amount, 12);
        Assert.Equal(8.0, perProblem["hard"].Amount, 12);
    }

    // Every outcome of N independent attempts judged by an oracle: cost N c, success 1 - (1 - p)^N.
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.25, 4)]
    public void Best_of_n_with_a_perfect_judge_can_only_raise_the_cost(double p, int n)
    {
        var outcomes = (int)Math.Round(1 / p);
        var total = (int)Math.Pow(outcomes, n);
        List<Attempt> attempts = [.. Enumerable.Range(0, total).Select(code => // Outcome 0 of an attempt is its pass.
            new Attempt("p", Enumerable.Range(0, n).Any(i => code / (int)Math.Pow(outcomes, i) % outcomes == 0), Usd(n)))];
        var single = CostOfPass.Of(Usd(1), p).Amount;
        var ratio = CostOfPass.PerProblem(attempts)["p"].Amount / single;
        Assert.Equal(n * p / (1 - Math.Pow(1 - p, n)), ratio, 12);
        Assert.True(ratio >= 1);
    }

    [Fact]
    public void The_interval_surrounds_the_value_and_follows_the_delta_method()
    {
        var random = new RandomGenerator(3);
        List<Attempt> attempts = [.. Enumerable.Range(0, 400).Select(i => new Attempt($"p{i}", random.NextBoolean(0.5), Usd(1 + random.NextDouble())))];
        var estimate = CostOfPass.Pooled(attempts, random, new BootstrapOptions { Resamples = 4000 });
        double[] influence = [.. attempts.Select(a => (a.Cost.Amount - (a.Passed ? estimate.Value.Amount : 0)) / estimate.PassRate)];
        var error = Descriptive.StandardDeviation(influence) / Math.Sqrt(attempts.Count);
        Assert.InRange(estimate.Value.Amount - estimate.Lower.Amount, 1.6 * error, 2.2 * error);
        Assert.InRange(estimate.Upper.Amount - estimate.Value.Amount, 1.8 * error, 2.5 * error);
    }

    [Fact]
    public void Few_passes_leave_the_upper_end_infinite_and_the_share_says_why()
    {
        List<Attempt> attempts = [Pass("a", 1), .. Enumerable.Range(0, 9).Select(i => Fail($"f{i}", 1))];
        var estimate = CostOfPass.Pooled(attempts, new RandomGenerator(1), new BootstrapOptions { Method = BootstrapMethod.Percentile });
        Assert.Equal(10.0, estimate.Value.Amount, 12);
        Assert.True(estimate.Upper.NeverPasses);
        Assert.Equal(Math.Pow(0.9, 10), estimate.InfiniteShare, 12);
    }

    [Fact]
    public void Without_a_pass_the_lower_end_comes_from_the_binomial()
    {
        List<Attempt> attempts = [.. Enumerable.Range(0, 20).Select(i => Fail($"f{i}", 0.5))];
        var estimate = CostOfPass.Pooled(attempts, new RandomGenerator(1));
        Assert.True(estimate.Value.NeverPasses);
        Assert.True(estimate.Upper.NeverPasses);
        Assert.Equal(0.5 / (1 - Math.Pow(0.025, 1 / 20.0)), estimate.Lower.Amount, 12);
        Assert.Equal(1, estimate.InfiniteShare);
    }

    [Fact]
    public void Groups_are_pooled_apart()
    {
        List<Attempt> attempts =
        [
            Pass("a", 1) with { Group = "1" }, Fail("b", 1) with { Group = "1" }, Fail("c", 5) with { Group = "3" },
        ];
        var levels = CostOfPass.PooledByGroup(attempts, new RandomGenerator(1), Few);
        Assert.Equal(["1", "3"], levels.Keys);
        Assert.Equal(2.0, levels["1"].Value.Amount, 12);
        Assert.True(levels["3"].Value.NeverPasses);
        Assert.Throws<ArgumentException>(() => CostOfPass.PooledByGroup([Pass("a", 1)], new RandomGenerator(1)));
    }

    [Fact]
    public void Free_attempts_that_pass_cost_nothing()
    {
        var estimate = CostOfPass.Pooled([Pass("a", 0), Fail("b", 0)], new RandomGenerator(1), Few);
        Assert.Equal((0.0, 0.0, 0.0), (estimate.Value.Amount, estimate.Lower.Amount, estimate.Upper.Amount));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CostOfPass.PerProblem([]));
        Assert.Throws<ArgumentException>(() => CostOfPass.PerProblem([Pass("a", 1), new Attempt("b", true, new Money(1, "EUR"))]));
        Assert.Throws<ArgumentException>(() => CostOfPass.PerProblem([new Attempt("b", true, default)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostOfPass.Of(Usd(1), 53.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostOfPass.Of(Usd(1), double.NaN));
        Assert.Throws<ArgumentException>(() => new PassCost(double.NaN, "USD"));
        Assert.Throws<InvalidOperationException>(() => new PassCost(1, "USD") < new PassCost(1, "EUR"));
    }

    private static Gen<List<Attempt>> Attempts() =>
        from count in Gen.Int[1, 12]
        from costs in Gen.Double[0.01, 10].Array[count]
        from passes in Gen.Bool.Array[count]
        select costs.Select((cost, i) => new Attempt($"p{i}", passes[i], Usd(cost))).ToList();

    private static void AssertClose(double expected, double actual) =>
        Assert.True(expected == actual || Math.Abs(expected - actual) <= 1e-12 * expected, $"{expected} {actual}");

    private static Attempt Pass(string problem, double cost) => new(problem, true, Usd(cost));

    private static Attempt Fail(string problem, double cost) => new(problem, false, Usd(cost));

    private static Money Usd(double amount) => new(amount, "USD");
}
