using CsCheck;

namespace Vilfredo.Reproductions.Tests;

public class ClaimTests
{
    private static readonly ClaimText Text = new("c", "It is so.");

    // One method "a" with metrics x and y and one seed per value.
    private static RunResults Of(double[] x, double[]? y = null) => new(Scale.Quick, x.Select((value, i) => new UnitResult(
        new RunUnit("a", "", i + 1), new Dictionary<string, double> { ["x"] = value, ["y"] = y?[i] ?? 0 }, 0)));

    private static readonly Selection X = new("a", "", "x"), Y = new("a", "", "y");

    [Fact]
    public void A_mean_holds_when_the_whole_interval_is_within_the_bound()
    {
        var results = Of([1.0, 1.1, 1.2, 0.9, 1.05]);
        var result = Claim.Mean(Text, X, Bound.Above(0.5)).Judge(results);
        Assert.Equal(Verdict.Holds, result.Verdict);
        Assert.Equal(1.05, result.Estimate!.Value, 12);
        Assert.True(result.Lower < 1.05 && result.Upper > 1.05);
        Assert.Equal(5, result.Seeds);
    }

    [Fact]
    public void An_interval_that_reaches_beyond_the_bound_fails_and_so_does_an_estimate_beyond_it()
    {
        var results = Of([0.9, 1.1, 1.3, 0.8, 1.0]);
        Assert.Equal("the interval reaches beyond the bound", Claim.Mean(Text, X, Bound.Above(1)).Judge(results).Reason);
        Assert.Equal("the estimate is beyond the bound", Claim.Mean(Text, X, Bound.Above(2)).Judge(results).Reason);
    }

    [Fact]
    public void Differences_are_paired_by_seed()
    {
        // The seeds differ by thousands, the methods by one.
        var results = Of([1001.1, 2, 5000.9, 17], [1000, 1, 5000, 16]);
        Assert.Equal(Verdict.Holds, Claim.Difference(Text, X, Y, Bound.Between(0.8, 1.2)).Judge(results).Verdict);
    }

    [Fact]
    public void A_ratio_is_that_of_the_means_and_needs_positive_denominators()
    {
        var result = Claim.Ratio(Text, X, Y, Bound.AtLeast(1)).Judge(Of([2, 6, 10], [1, 3, 6]));
        Assert.Equal(1.8, result.Estimate!.Value, 12);
        Assert.Equal(Verdict.NotMeasurable, Claim.Ratio(Text, X, Y, Bound.AtLeast(1)).Judge(Of([2, 6, 10], [1, 0, 6])).Verdict);
    }

    [Fact]
    public void Fewer_than_three_seeds_and_equal_seeds_are_no_evidence()
    {
        Assert.Equal(Verdict.NotMeasurable, Claim.Mean(Text, X, Bound.Above(0)).Judge(Of([1, 2])).Verdict);
        Assert.Equal(Verdict.NotMeasurable, Claim.Mean(Text, X, Bound.Above(0)).Judge(Of([1, 1, 1, 1])).Verdict);
    }

    [Fact]
    public void A_share_has_Wilsons_interval_which_is_sound_at_one()
    {
        var results = Of([.. Enumerable.Range(0, 10).Select(i => (double)i)]);
        var result = Claim.Share(Text, (_, _) => true, Bound.AtLeast(0.7)).Judge(results);
        Assert.Equal(Verdict.Holds, result.Verdict);
        Assert.Equal(0.722, result.Lower!.Value, 3); // 10 of 10: 1 / (1 + 1.96² / 10)
        Assert.Equal(1, result.Upper);
    }

    [Fact]
    public void One_counterexample_refutes_a_claim_about_every_seed()
    {
        Claim claim = Claim.EverySeed(Text, (results, seed) => results.Value("a", "", seed, "x"), Bound.Below(3));
        Assert.Equal(Verdict.Holds, claim.Judge(Of([1, 2, 2])).Verdict);
        var refuted = claim.Judge(Of([1, 2, 3, 2]));
        Assert.Equal(Verdict.Fails, refuted.Verdict);
        Assert.Equal("3 of 4 seeds; the values are 1 to 3", refuted.Reason);
        Assert.Equal(Verdict.NotMeasurable, claim.Judge(Of([1, 2])).Verdict);
    }

    [Fact]
    public void Exact_numbers_agree_within_their_tolerance_or_are_named()
    {
        var results = Of([1]);
        Assert.Equal(Verdict.Holds, Claim.Exact(Text, [new("pi", 3.14, 3.1416, 0.005)]).Judge(results).Verdict);
        var wrong = Claim.Exact(Text, [new("pi", 3.14, 3.1416, 0.005), new("e", 2.7, 3, 0.05)]).Judge(results);
        Assert.Equal(Verdict.Fails, wrong.Verdict);
        Assert.Equal("1 of 2 numbers differ: e is 3, printed 2.7", wrong.Reason);
    }

    [Fact]
    public void A_claim_about_a_setting_of_another_scale_is_not_measurable()
    {
        var result = Claim.Mean(Text, X with { Setting = "n=9" }, Bound.Above(0)).Judge(Of([1, 2, 3]));
        Assert.Equal(Verdict.NotMeasurable, result.Verdict);
        Assert.Equal("a, n=9, seed 1 is not part of the scale quick", result.Reason);
    }

    [Fact]
    public void The_hypervolume_of_a_method_counts_all_its_settings()
    {
        Objective[] objectives = [Objective.Minimize("cost"), Objective.Maximize("quality")];
        UnitResult Unit(string method, string setting, int seed, double cost, double quality) =>
            new(new(method, setting, seed), new Dictionary<string, double> { ["cost"] = cost, ["quality"] = quality }, 0);
        var results = new RunResults(Scale.Quick, Enumerable.Range(1, 4).SelectMany(seed => new[]
        {
            Unit("a", "k=1", seed, 1, 1), Unit("a", "k=2", seed, 2, 2), // 2 + 1 = 3 in the box to (3, 0)
            Unit("b", "k=1", seed, 2, 1 - seed * 0.01), Unit("b", "k=2", seed, 2, 0.5), // 1 − seed / 100
        }));
        var result = Claim.HypervolumeDifference(Text, "a", "b", objectives, [3, 0], Bound.Between(2, 2.1)).Judge(results);
        Assert.Equal(2.025, result.Estimate!.Value, 12);
        Assert.Equal(Verdict.Holds, result.Verdict);
    }

    [Fact]
    public void The_same_run_is_judged_the_same_twice() => Gen.Double[-5, 5].Array[3, 12].Sample(values =>
    {
        var claim = Claim.Mean(Text, X, Bound.AtLeast(0));
        var (first, second) = (claim.Judge(Of(values)), claim.Judge(Of(values)));
        Assert.Equal(first, second);
        if (first.Verdict == Verdict.Holds) Assert.True(first.Estimate >= 0 && first.Lower >= 0);
    }, iter: 20);
}
