using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Tests.Routing;

public class RoutingRuleTests
{
    private static readonly CandidateMeasure[] Three = [new("small", 0.5, 1, 2), new("middle", 0.7, 3, 1), new("large", 0.9, 10, 4)];

    [Fact]
    public void Every_rule_ranks_every_candidate_once()
    {
        RoutingRule[] rules = [new ThresholdRule { Threshold = 0.5 }, new UtilityRule { Lambda = 0.01 }, new QualityTargetRule { Quality = 0.6 }, new MultiFactorRule { MaximumCost = 0 }];
        Assert.All(rules, rule => Assert.Equal([0, 1, 2], rule.Rank(new([0.4, 0.6, 0.8]), Three).Order()));
        Assert.All(rules, rule => Assert.Equal([0], rule.Rank(new([0.4]), Three[..1])));
    }

    [Fact]
    public void A_threshold_chooses_between_strong_and_weak_by_the_win_probability()
    {
        var rule = new ThresholdRule { Threshold = 0.7 };
        Assert.Equal((2, 0), rule.Pair(Three));
        Assert.Equal(2, rule.Rank(new([0.4, 0.9, 0.85]), Three)[0]);
        Assert.Equal([0, 2, 1], rule.Rank(new([0.5, 0.9, 0.85]), Three));
        Assert.Equal([1, 2, 0], (rule with { Weak = "middle" }).Rank(new([0.5, 0.9, 0.85]), Three));
        // Strengths count where there are some.
        Assert.Equal(2, rule.Rank(new([0.5, 0.9, 0.5]) { Strength = [0, 0, 1] }, Three)[0]);
        Assert.Contains("'huge'", Assert.Throws<FormatException>(() => (rule with { Strong = "huge" }).Check(Three)).Message);
    }

    [Fact]
    public void Utility_trades_quality_against_cost()
    {
        RoutePrediction prediction = new([0.5, 0.6, 0.9]);
        Assert.Equal(2, new UtilityRule { Lambda = 0 }.Rank(prediction, Three)[0]);
        Assert.Equal(2, new UtilityRule { Lambda = 0.04 }.Rank(prediction, Three)[0]); // 0.46, 0.48, 0.5
        Assert.Equal(1, new UtilityRule { Lambda = 0.048 }.Rank(prediction, Three)[0]); // 0.452, 0.456, 0.42
        Assert.Equal(0, new UtilityRule { Lambda = 1 }.Rank(prediction, Three)[0]);
        // Of equals the cheaper one.
        Assert.Equal([0, 1, 2], new UtilityRule { Lambda = 0 }.Rank(new([0.5, 0.5, 0.5]), Three));
    }

    [Fact]
    public void Costs_that_are_expected_of_the_very_prompt_come_before_means()
    {
        RoutePrediction prediction = new([0.5, 0.6, 0.9]) { Cost = [1, 30, 1.5] };
        Assert.Equal([2, 0, 1], new UtilityRule { Lambda = 0.1 }.Rank(prediction, Three));
        Assert.Equal(2, new QualityTargetRule { Quality = 0.6 }.Rank(prediction, Three)[0]);
        Assert.Equal([2, 0, 1], new MultiFactorRule { LatencyWeight = 0, LoadWeight = 0, MaximumCost = 5 }.Rank(prediction, Three));
    }

    [Fact]
    public void A_budget_buys_the_best_that_it_is_enough_for()
    {
        var random = new RandomGenerator(2);
        RoutePrediction[] predictions = [.. Enumerable.Range(0, 200).Select(_ => new RoutePrediction([0.5, 0.5 + (0.3 * random.NextDouble()), 0.6 + (0.4 * random.NextDouble())]))];
        double Cost(UtilityRule rule) => predictions.Average(prediction => Three[rule.Rank(prediction, Three)[0]].Cost);
        foreach (var budget in (double[])[1, 2, 4, 7, 10])
        {
            var rule = BudgetCalibration.ForCost(predictions, Three, budget);
            Assert.InRange(Cost(rule), 1, budget);
            // A lower price would spend more than there is.
            Assert.True(rule.Lambda == 0 || Cost(rule with { Lambda = rule.Lambda * 0.999 }) > budget || Cost(rule) > budget - 0.1);
        }

        Assert.Throws<ArgumentException>(() => BudgetCalibration.ForCost(predictions, Three, 0.5));
    }

    [Fact]
    public void Costs_are_learnt_from_the_features()
    {
        var random = new RandomGenerator(6);
        double[][] features = [.. Enumerable.Range(0, 500).Select(_ => (double[])[random.NextNormal(), random.NextNormal(), random.NextNormal()])];
        double[][] cost = [.. features.Select(row => (double[])[2 * Math.Exp((0.5 * row[0]) + (0.1 * random.NextNormal())), 7, 0])];
        var costs = CostPredictor.Fit(features, cost);
        Assert.Equal([0.5, 0, 0], costs.Weights[0].Select(weight => Math.Round(weight, 1)));
        Assert.Equal(cost.Average(row => row[0]), features.Average(row => costs.Predict(row)[0]), 1e-9);
        Assert.Equal([7, 0], costs.Predict([1, 1, 1]).Skip(1).Select(value => Math.Round(value, 9)));
        Assert.Throws<ArgumentException>(() => CostPredictor.Fit(features, cost[..3]));
    }

    [Fact]
    public void A_quality_target_takes_the_cheapest_that_reaches_it_and_the_best_where_none_does()
    {
        Assert.Equal([1, 2, 0], new QualityTargetRule { Quality = 0.6 }.Rank(new([0.5, 0.6, 0.9]), Three));
        Assert.Equal([2, 1, 0], new QualityTargetRule { Quality = 0.95 }.Rank(new([0.5, 0.6, 0.9]), Three));
        Assert.Equal(0, new QualityTargetRule { Quality = 0 }.Rank(new([0.5, 0.6, 0.9]), Three)[0]);
    }

    [Fact]
    public void Limits_keep_candidates_back_until_nobody_else_is_left()
    {
        RoutePrediction prediction = new([0.5, 0.6, 0.9]);
        Assert.Equal(2, new MultiFactorRule { LatencyWeight = 0, CostWeight = 0, LoadWeight = 0 }.Rank(prediction, Three)[0]);
        Assert.Equal([1, 0, 2], new MultiFactorRule { LatencyWeight = 0, CostWeight = 0, LoadWeight = 0, MaximumCost = 5 }.Rank(prediction, Three));
        Assert.Equal(1, new MultiFactorRule { QualityWeight = 0, CostWeight = 0, LoadWeight = 0 }.Rank(prediction, Three)[0]);
        Assert.Equal(0, new MultiFactorRule { QualityWeight = 0, LatencyWeight = 0, LoadWeight = 0 }.Rank(prediction, Three)[0]);
        CandidateMeasure[] busy = [Three[0] with { InFlight = 9 }, Three[1] with { InFlight = 0 }, Three[2] with { InFlight = 1 }];
        Assert.Equal([1, 2, 0], new MultiFactorRule { QualityWeight = 0, LatencyWeight = 0, CostWeight = 0 }.Rank(prediction, busy));
        Assert.Equal(0, new MultiFactorRule { QualityWeight = 0, LatencyWeight = 0, LoadWeight = 0, MaximumInFlight = 9 }.Rank(prediction, busy)[0]);
        Assert.Equal(1, new MultiFactorRule { QualityWeight = 0, LatencyWeight = 0, LoadWeight = 0, MaximumInFlight = 8 }.Rank(prediction, busy)[0]);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.9)]
    public void A_calibrated_share_holds_on_the_other_half_within_binomial_error(double share)
    {
        var random = new RandomGenerator(21);
        double[] Scores(int count) => [.. Enumerable.Range(0, count).Select(_ => Math.Pow(random.NextDouble(), 2))];
        var (calibration, held) = (Scores(1000), Scores(1000));
        var threshold = ThresholdCalibration.ForShare(calibration, share);
        Assert.Equal(share, calibration.Count(score => score >= threshold) / 1000.0, 0.0011);
        // The quantile's own error and that of counting.
        Assert.Equal(share, held.Count(score => score >= threshold) / 1000.0, 3.5 * Math.Sqrt(2 * share * (1 - share) / 1000));
    }

    [Fact]
    public void Shares_of_none_and_all_are_that()
    {
        double[] scores = [0.3, 0.3, 0.9];
        Assert.Equal(0, scores.Count(score => score >= ThresholdCalibration.ForShare(scores, 0)));
        Assert.Equal(3, scores.Count(score => score >= ThresholdCalibration.ForShare(scores, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdCalibration.ForShare(scores, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdCalibration.ForShare([], 0.5));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void A_conformal_threshold_keeps_the_probability_of_a_loss(double alpha)
    {
        var random = new RandomGenerator(33);
        var (risks, accepted) = (new List<double>(), new List<double>());
        for (var trial = 0; trial < 400; trial++)
        {
            var (scores, losses) = Draw(100);
            var chosen = ConformalRiskControl.Choose(scores, losses, 0, alpha);
            Assert.True(chosen.Bound <= alpha);
            var (further, lost) = Draw(200);
            risks.Add(further.Zip(lost).Count(pair => pair.First >= chosen.Threshold && pair.Second > 0) / 200.0);
            accepted.Add(further.Count(score => score >= chosen.Threshold) / 200.0);
        }

        // The promise is on average; it is not met by refusing everything.
        Assert.True(risks.Average() <= alpha + 0.005, $"{risks.Average()}");
        Assert.True(risks.Average() >= alpha / 2, $"{risks.Average()}");
        Assert.True(accepted.Average() > 0.2);

        (double[] Scores, double[] Losses) Draw(int count)
        {
            var pairs = Enumerable.Range(0, count).Select(_ => random.NextDouble() is var score ? (Score: score, Loss: random.NextBoolean(0.8 * (1 - score)) ? 1.0 : 0.0) : default).ToList();
            return ([.. pairs.Select(pair => pair.Score)], [.. pairs.Select(pair => pair.Loss)]);
        }
    }

    [Fact]
    public void Too_few_prompts_or_too_many_losses_accept_nothing()
    {
        Assert.Equal(double.PositiveInfinity, ConformalRiskControl.Choose([0.9, 0.8], [0, 0], 0, 0.1).Threshold);
        Assert.Equal(double.PositiveInfinity, ConformalRiskControl.Choose([.. Enumerable.Repeat(0.9, 50)], [.. Enumerable.Repeat(1.0, 50)], 0, 0.1).Threshold);
        // Losses within the allowance are none, and answers without a score are never accepted.
        var chosen = ConformalRiskControl.Choose([.. Enumerable.Repeat(0.9, 49), double.NaN], [.. Enumerable.Repeat(0.5, 50)], 0.5, 0.1);
        Assert.Equal((0.9, 0.98), (chosen.Threshold, chosen.Accepted));
    }
}
