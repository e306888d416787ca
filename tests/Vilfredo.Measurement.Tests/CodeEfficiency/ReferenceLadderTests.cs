using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class ReferenceLadderTests
{
    private static readonly ReferenceLadder Ladder = new("t", [400, 100, 10], [50, 80, 100]);

    private static readonly Gen<double[]> Pools = Gen.Double[1e4, 1e8].Array[1, 40];

    [Theory]
    [InlineData(1, 100)]
    [InlineData(10, 100)]
    [InlineData(11, 80)]
    [InlineData(100, 80)]
    [InlineData(101, 50)]
    [InlineData(400, 50)]
    [InlineData(401, 0)]
    public void A_solution_scores_the_fastest_rung_that_is_not_faster(double cost, double score)
    {
        var match = Ladder.Match(CensoredValue.Exactly(cost));
        Assert.Equal(score, match.Score);
        Assert.Equal(100.0 * (match.Rung + 1) / 3, match.Normalized);
        Assert.True(match.IsCertain);
    }

    [Fact]
    public void Broken_and_cut_off_runs_score_zero_and_an_early_cut_is_not_certain()
    {
        Assert.Equal(new LadderMatch(-1, 0, 0, true), Ladder.Match(null));
        Assert.Equal(new LadderMatch(-1, 0, 0, true), Ladder.Match(CensoredValue.AtLeast(400)));
        Assert.Equal(new LadderMatch(-1, 0, 0, false), Ladder.Match(CensoredValue.AtLeast(20)));
    }

    [Fact]
    public void With_one_rung_the_score_is_0_or_100()
    {
        var one = new ReferenceLadder("t", [5], [100]);
        Assert.Equal(100, one.Match(CensoredValue.Exactly(5)).Score);
        Assert.Equal(0, one.Match(CensoredValue.Exactly(6)).Score);
    }

    [Fact]
    public void Another_unit_of_cost_changes_no_score() => Gen.Select(Pools, Gen.Double[1e4, 1e8], Gen.Int[-8, 8]).Sample((pool, cost, power) =>
    {
        var ladder = ReferenceLadder.Build("t", pool);
        var factor = Math.ScaleB(1, power);
        var scaled = ladder.WithCosts([.. ladder.Costs.Select(c => c * factor)]);
        Assert.Equal(ladder.Match(CensoredValue.Exactly(cost)), scaled.Match(CensoredValue.Exactly(cost * factor)));
    });

    [Fact]
    public void A_slower_rung_leaves_the_matched_reference_alone() => Pools.Sample(pool =>
    {
        var ladder = ReferenceLadder.Build("t", pool);
        var longer = new ReferenceLadder("t", [1e9, .. ladder.Costs], [ladder.Scores[0] / 2, .. ladder.Scores]);
        foreach (var cost in pool)
            Assert.Equal(ladder.Match(CensoredValue.Exactly(cost)).Rung + 1, longer.Match(CensoredValue.Exactly(cost)).Rung);
    });

    [Fact]
    public void Every_member_of_the_pool_scores_its_cluster_and_the_fastest_100() => Pools.Sample(pool =>
    {
        var ladder = ReferenceLadder.Build("t", pool);
        Assert.Empty(ladder.BrokenRungs);
        Assert.Equal(100, ladder.Match(CensoredValue.Exactly(pool.Min())).Score);
        foreach (var cost in pool)
        {
            var match = ladder.Match(CensoredValue.Exactly(cost));
            var slowerOrAlike = pool.Count(other => ladder.Match(CensoredValue.Exactly(other)).Rung <= match.Rung);
            Assert.Equal(100.0 * slowerOrAlike / pool.Length, match.Score, 1e-9);
        }
    });

    [Fact]
    public void Equal_costs_are_one_cluster_and_halving_large_ones_are_singletons()
    {
        Assert.Single(CostClusters.Segment([5e6, 5e6, 5e6]));
        Assert.Equal(5, CostClusters.Segment([1e9, 5e8, 2.5e8, 1.25e8, 6.25e7]).Count);
        Assert.Single(CostClusters.Segment([10_000, 1])); // at 10,000 the gap needed is 1.1: no cut is possible
        Assert.Equal([[100, 95], [50]], CostClusters.Segment([95, 50, 100], new CutOptions { NoiseWeight = 0 }));
        Assert.Equal([[100], [89]], CostClusters.Segment([100, 89], new CutOptions { NoiseWeight = 0 }));
        Assert.Equal([[100, 89]], CostClusters.Segment([100, 89], new CutOptions { NoiseWeight = 0, BaseThreshold = 0.2 }));
    }

    [Fact]
    public void A_ladder_takes_the_slowest_member_of_each_cluster()
    {
        var ladder = ReferenceLadder.Build("t", [50, 100, 95, 10], new CutOptions { NoiseWeight = 0 });
        Assert.Equal([100, 50, 10], ladder.Costs);
        Assert.Equal([50, 75, 100], ladder.Scores);
    }

    [Fact]
    public void Rungs_out_of_order_are_named_but_not_refused()
    {
        var measured = Ladder.WithCosts([400, 9, 10]);
        Assert.Equal([1], measured.BrokenRungs);
        Assert.Equal(100, measured.Match(CensoredValue.Exactly(9.5)).Score);
    }

    [Fact]
    public void Impossible_ladders_are_refused_by_name()
    {
        string Message(double[] costs, double[] scores) => Assert.Throws<ArgumentException>(() => new ReferenceLadder("task 7", costs, scores)).Message;
        Assert.Contains("task 7 has no references", Message([], []), StringComparison.Ordinal);
        Assert.Contains("task 7 has 1 costs but 2 scores", Message([1], [50, 100]), StringComparison.Ordinal);
        Assert.Contains("reference of task 7 is -1", Message([-1], [100]), StringComparison.Ordinal);
        Assert.Contains("reference of task 7 is NaN", Message([double.NaN], [100]), StringComparison.Ordinal);
        Assert.Contains("Score 1 of task 7 is 50", Message([2, 1], [50, 50]), StringComparison.Ordinal);
        Assert.Contains("last score of task 7 is 90", Message([2, 1], [50, 90]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ladder.Match(CensoredValue.Exactly(-1)));
    }
}
