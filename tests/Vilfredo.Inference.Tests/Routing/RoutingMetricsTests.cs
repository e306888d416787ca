using CsCheck;
using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Tests.Routing;

public class RoutingMetricsTests
{
    // GSM8K after decontamination in RouteLLM's data: both right, only the strong, only the weak, none.
    private const int Prompts = 1307, WeakRight = 833, StrongRight = 1121, OnlyStrong = 382, OnlyWeak = 94;

    private static (double[] Weak, double[] Strong) Gsm8k()
    {
        var both = WeakRight - OnlyWeak;
        double[] weak = [.. Enumerable.Range(0, Prompts).Select(i => i < both + OnlyWeak ? 1.0 : 0.0)];
        double[] strong = [.. Enumerable.Range(0, Prompts).Select(i => i < both || (i >= both + OnlyWeak && i < both + OnlyWeak + OnlyStrong) ? 1.0 : 0.0)];
        return (weak, strong);
    }

    [Fact]
    public void The_counts_of_GSM8K_give_the_closed_forms()
    {
        var (weak, strong) = Gsm8k();
        Assert.Equal((WeakRight, StrongRight), ((int)weak.Sum(), (int)strong.Sum()));
        var oracle = new PairMetrics(StrongShareCurve.Oracle(weak, strong));
        Assert.Equal((double)WeakRight / Prompts, oracle.Weak, 1e-12);
        Assert.Equal((double)StrongRight / Prompts, oracle.Strong, 1e-12);

        // Up by one a call for the first 382, level, and down by one a call for the last 94.
        var (n, up, down) = ((double)Prompts, (double)OnlyStrong, (double)OnlyWeak);
        var area = ((up * ((WeakRight + (WeakRight + up)) / 2)) + ((n - up - down) * (WeakRight + up)) + (down * ((WeakRight + up) + StrongRight) / 2)) / (n * n);
        Assert.Equal(area, oracle.Area, 1e-12);
        Assert.Equal(0.884312, oracle.Area, 1e-6);
        Assert.Equal((area - oracle.Weak) / (oracle.Strong - oracle.Weak), oracle.GapRecovered, 1e-12);
        Assert.Equal(1.120824, oracle.GapRecovered, 1e-5);
        // A part q of the gap of 288 takes 288 q calls of the strong model.
        Assert.Equal(0.2 * 288 / n, oracle.CallsFor(0.2)!.Value, 1e-12);
        Assert.Equal(0.5 * 288 / n, oracle.CallsFor(0.5)!.Value, 1e-12);
        Assert.Equal(0.8 * 288 / n, oracle.CallsFor(0.8)!.Value, 1e-12);
        // The best that any threshold reaches, and the share for it.
        Assert.Equal((WeakRight + up) / n, oracle.Curve.Hull().Points[^1].Quality, 1e-12);
        Assert.Equal(up / n, oracle.Curve.Hull().Points[^1].Cost, 1e-12);
    }

    [Fact]
    public void A_constant_score_is_always_one_or_always_the_other_and_worth_as_much_as_draws()
    {
        var (weak, strong) = Gsm8k();
        var constant = new PairMetrics(StrongShareCurve.Of([.. weak.Select(_ => 0.4)], weak, strong));
        Assert.Equal([new(0, WeakRight / (double)Prompts), new(1, StrongRight / (double)Prompts)], constant.Curve.Points);
        Assert.Equal(0.5, constant.GapRecovered, 1e-12);
        Assert.Equal(0, constant.OverDraws, 1e-12);
        Assert.Equal(0.5, constant.CallsFor(0.5)!.Value, 1e-12);
        CandidateMeasure[] two = [new("weak", 0.6, 1, 1), new("strong", 0.9, 9, 1)];
        var prediction = new RoutePrediction([0.5, 0.5]);
        Assert.Equal(0.5, prediction.WinProbability(1, 0));
        Assert.Equal(1, new ThresholdRule { Threshold = 0.5 }.Rank(prediction, two)[0]);
        Assert.Equal(0, new ThresholdRule { Threshold = 0.51 }.Rank(prediction, two)[0]);
    }

    [Fact]
    public void Scores_at_random_recover_half_of_the_gap_on_average()
    {
        var (weak, strong) = Gsm8k();
        var random = new RandomGenerator(4);
        double[] recovered = [.. Enumerable.Range(0, 60).Select(_ => new PairMetrics(StrongShareCurve.Of([.. weak.Select(_ => random.NextDouble())], weak, strong)).GapRecovered)];
        var error = Math.Sqrt(recovered.Sum(value => Math.Pow(value - recovered.Average(), 2)) / 59 / 60);
        Assert.InRange(Math.Abs(recovered.Average() - 0.5), 0, 3.5 * error);
    }

    [Fact]
    public void No_score_is_better_than_the_oracle_and_its_reverse_is_the_mirror()
    {
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Double[0, 1]).Array[2, 40].Sample(rows =>
        {
            double[] weak = [.. rows.Select(row => row.Item1 ? 1.0 : 0)], strong = [.. rows.Select(row => row.Item2 ? 1.0 : 0)], scores = [.. rows.Select(row => row.Item3)];
            var (curve, reverse, oracle) = (new PairMetrics(StrongShareCurve.Of(scores, weak, strong)), new PairMetrics(StrongShareCurve.Of([.. scores.Select(score => -score)], weak, strong)), new PairMetrics(StrongShareCurve.Oracle(weak, strong)));
            Assert.True(curve.Area <= oracle.Area + 1e-12);
            Assert.Equal(-curve.OverDraws, reverse.OverDraws, 1e-9);
            foreach (var share in (double[])[0, 0.3, 0.77, 1])
                Assert.True(curve.Curve.QualityAt(share, CurveInterpolation.Linear) <= oracle.Curve.QualityAt(share, CurveInterpolation.Linear) + 1e-12);
        });
    }

    [Fact]
    public void Steps_hold_the_last_point_and_lines_go_between()
    {
        var curve = new QualityCostCurve([new(1, 0.2), new(3, 0.6), new(4, 0.5), new(3, 0.4)]);
        Assert.Equal(3, curve.Points.Count);
        Assert.Equal((0.2, 0.4), (curve.QualityAt(2, CurveInterpolation.Step), curve.QualityAt(2, CurveInterpolation.Linear)));
        Assert.Equal((0.2, 0.5), (curve.QualityAt(0, CurveInterpolation.Step), curve.QualityAt(9, CurveInterpolation.Linear)));
        Assert.Equal((3.0, 2.0), (curve.CostAt(0.4, CurveInterpolation.Step)!.Value, curve.CostAt(0.4, CurveInterpolation.Linear)!.Value));
        Assert.Null(curve.CostAt(0.7, CurveInterpolation.Step));
        Assert.Equal(((2 * 0.2) + 0.6) / 3, curve.MeanQuality(1, 4, CurveInterpolation.Step), 1e-12);
        Assert.Equal(((2 * 0.4) + 0.55) / 3, curve.MeanQuality(1, 4, CurveInterpolation.Linear), 1e-12);
        Assert.Equal(0.6, curve.MeanQuality(3, 3, CurveInterpolation.Step));
        Assert.Throws<ArgumentException>(() => new QualityCostCurve([]));
        Assert.Throws<ArgumentException>(() => new QualityCostCurve([new(1, double.NaN)]));
    }

    [Fact]
    public void The_hull_is_above_all_mixtures_of_two()
    {
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50]).Array[1, 12].Sample(points =>
        {
            CurvePoint[] given = [.. points.Select(point => new CurvePoint(point.Item1, point.Item2))];
            var hull = new QualityCostCurve(given).Hull();
            Assert.All(hull.Points, point => Assert.Contains(point, given));
            foreach (var (a, b) in given.SelectMany(a => given.Select(b => (a, b))))
            {
                foreach (var t in (double[])[0, 0.25, 0.5])
                    Assert.True(hull.QualityAt(a.Cost + (t * (b.Cost - a.Cost)), CurveInterpolation.Linear) >= a.Quality + (t * (b.Quality - a.Quality)) - 1e-9);
            }
        });
    }

    [Fact]
    public void A_router_that_always_takes_one_candidate_is_that_candidate_and_a_perfect_one_is_the_oracle()
    {
        var table = RoutingExamples.Table(200, 9);
        CandidateMeasure[] measures = [new("weak", 0.5, 1, 0.1), new("strong", 0.9, 10, 1)];
        var same = RouterReport.Of(table, [.. table.Prompts.Select(_ => new RoutePrediction([0.5, 0.9]))], measures, new UtilityRule { Lambda = 0 }, new(1), new() { Resamples = 200 });
        Assert.Equal(same.Candidates[1].Quality, same.Routed.Quality, 1e-12);
        Assert.Equal((0.0, 1.0), (same.Candidates[0].Share, same.Candidates[1].Share));
        Assert.Equal(0, same.OverHull.Estimate, 1e-12);
        Assert.Equal(0, same.Pair.OverDraws, 1e-12);

        var perfect = RouterReport.Of(table, [.. table.Quality.Select(row => new RoutePrediction(row))], measures, new UtilityRule { Lambda = 1e-6 }, new(1), new() { Resamples = 200 });
        Assert.Equal(perfect.Oracle.Quality, perfect.Routed.Quality, 1e-12);
        Assert.Equal(perfect.Oracle.Cost, perfect.Routed.Cost, 1e-12);
        Assert.True(perfect.OverHull.Lower > 0 && perfect.MeanOverHull.Lower > 0);
        Assert.Equal(perfect.PairOracle.Area, perfect.Pair.Area, 1e-12);
    }

    [Fact]
    public void A_table_averages_repeats_and_knows_what_is_missing()
    {
        var (a, b) = (new RoutedPrompt("a", []), new RoutedPrompt("b", []));
        var table = RoutingTable.Of([new(a, "x", 1) { Cost = 2 }, new(a, "x", 0) { Cost = 4 }, new(a, "y", 1) { Cost = 5 }, new(b, "x", 1) { Cost = 1 }]);
        Assert.Equal(["x", "y"], table.Candidates);
        Assert.Equal((0.5, 3.0), (table.Quality[0][0], table.Cost[0][0]));
        Assert.True(double.IsNaN(table.Quality[1][1]));
        Assert.Equal("a", Assert.Single(table.Complete().Prompts).Id);
        Assert.Equal(1, table.Of(["y"]).Quality[0][0]);
        Assert.Equal(0.75, RoutingTable.MeanOf(table.Quality, 0));
        Assert.Contains("there are x, y", Assert.Throws<ArgumentException>(() => table.Of(["z"])).Message);
        Assert.Throws<ArgumentException>(() => RoutingTable.Of([new(a, "x", 1.5)]));
    }
}
