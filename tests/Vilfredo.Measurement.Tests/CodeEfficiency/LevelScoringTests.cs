using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class LevelScoringTests
{
    private static readonly double[][] Reference = [[0.1], [1, 2], [3, 4], [10, 8]];

    private static CensoredValue[] Exactly(params double[] costs) => [.. costs.Select(CensoredValue.Exactly)];

    private static LevelScore Score(LevelScoreOptions options, LevelRunEnd end, params CensoredValue[][] costs) =>
        LevelScoring.Score(new LevelRun(costs, end), Reference, options);

    private static LevelScore Score(params CensoredValue[][] costs) => Score(new LevelScoreOptions(), LevelRunEnd.Completed, costs);

    [Fact]
    public void The_reference_scores_one_on_every_level()
    {
        var score = Score([.. Reference.Select(costs => Exactly(costs))]);
        Assert.True(score.Passed);
        Assert.Equal([0, 1, 1, 1], score.Levels);
        Assert.Equal(1, score.Score);
        Assert.Equal(20, LevelScoring.Limit(Reference));
    }

    [Fact]
    public void A_run_scores_by_its_slowest_test_what_is_left_of_the_limit()
    {
        var score = Score(Exactly(0), Exactly(11, 2), Exactly(4, 0), Exactly(5, 1));
        Assert.Equal([0, 9.0 / 18, 1, 15.0 / 10], score.Levels);
        Assert.Equal((3 * 0.5 + 3 * 1 + 4 * 1.5) / 10, score.Score, 1e-15);
    }

    [Fact]
    public void The_best_score_of_the_level_that_sets_the_limit_is_alpha_over_alpha_minus_one() =>
        Assert.Equal(2, Score(Exactly(0), Exactly(0, 0), Exactly(0, 0), Exactly(0, 0)).Levels[3]);

    [Fact]
    public void A_timeout_in_a_later_level_keeps_the_pass_and_the_earlier_scores()
    {
        var score = Score(Exactly(0), Exactly(2, 1), [CensoredValue.Exactly(3), CensoredValue.AtLeast(20.01)]);
        Assert.True(score.Passed);
        Assert.Equal([0, 1, 0, 0], score.Levels);
        Assert.Equal(0.3, score.Score, 1e-15);
    }

    [Fact]
    public void A_timeout_in_the_screening_level_is_a_failure()
    {
        Assert.False(Score([CensoredValue.AtLeast(20.01)]).Passed);
        Assert.False(Score(new LevelScoreOptions(), LevelRunEnd.Exhausted, [[]]).Passed);
    }

    [Fact]
    public void A_wrong_answer_in_the_last_level_wipes_everything()
    {
        var score = Score(new LevelScoreOptions(), LevelRunEnd.Wrong, Exactly(0), Exactly(1, 1), Exactly(1, 1), Exactly(1));
        Assert.False(score.Passed);
        Assert.Equal(0, score.Score);
        Assert.Equal([0, 0, 0, 0], score.Levels);
    }

    [Fact]
    public void Running_out_of_memory_ends_the_run_as_a_timeout_does()
    {
        var score = Score(new LevelScoreOptions(), LevelRunEnd.Exhausted, Exactly(0), Exactly(1, 2), []);
        Assert.True(score.Passed);
        Assert.Equal([0, 1, 0, 0], score.Levels);
    }

    [Fact]
    public void Within_the_tolerance_a_level_scores_nothing_but_the_next_is_run()
    {
        Assert.Equal([0, 0, 1, 1], Score(Exactly(0), Exactly(20.005, 1), Exactly(4, 4), Exactly(10, 1)).Levels);
        Assert.Equal([0, 0, 0, 0], Score(Exactly(0), Exactly(20.02, 1), Exactly(4, 4), Exactly(10, 1)).Levels);
        Assert.Equal([0, 0, 0, 0], Score(Exactly(0), [CensoredValue.AtLeast(20)]).Levels);
    }

    [Fact]
    public void A_smaller_alpha_is_exact_afterwards_and_a_larger_one_is_refused()
    {
        // Measured with a limit of 40. With α = 2 the run is killed in level 2 and its wrong answer in level 3 is never seen.
        CensoredValue[][] costs = [Exactly(0), Exactly(2, 1), Exactly(30, 1), Exactly(1)];
        var low = new LevelScoreOptions { TimeoutFactor = 2 };
        var high = new LevelScoreOptions { TimeoutFactor = 4 };
        Assert.False(Score(high, LevelRunEnd.Wrong, costs).Passed);
        Assert.Equal([0, 1, 0, 0], Score(low, LevelRunEnd.Wrong, costs).Levels);

        CensoredValue[][] cut = [Exactly(0), [CensoredValue.AtLeast(20.01)]];
        Assert.Equal(0, Score(low, LevelRunEnd.Completed, cut).Score);
        var error = Assert.Throws<ArgumentException>(() => Score(high, LevelRunEnd.Completed, cut));
        Assert.Contains("cut off at 20.01, below the limit 40", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_unit_changes_nothing() => Gen.Select(Gen.Double[0.1, 30].Array[6], Gen.Double[0.01, 100]).Sample((costs, factor) =>
    {
        double[][] reference = [.. Reference.Select(level => level.Select(cost => cost * factor).ToArray())];
        CensoredValue[][] In(double unit) =>
            [Exactly(unit), Exactly(costs[0] * unit, costs[1] * unit), Exactly(costs[2] * unit, costs[3] * unit), Exactly(costs[4] * unit, costs[5] * unit)];
        var scaled = LevelScoring.Score(new LevelRun(In(factor)), reference, new LevelScoreOptions { KillTolerance = 0.01 * factor });
        Assert.Equal(Score(In(1)).Score, scaled.Score, 1e-9);
    });

    [Fact]
    public void The_score_is_linear_in_the_weights()
    {
        CensoredValue[][] costs = [Exactly(0), Exactly(11, 2), Exactly(4, 0), Exactly(5, 1)];
        var levels = Score(costs).Levels;
        for (var h = 1; h <= 5; h++)
        {
            var score = Score(new LevelScoreOptions { Hardness = [0, 3, 3, h] }, LevelRunEnd.Completed, costs).Score;
            Assert.Equal((3 * levels[1] + 3 * levels[2] + h * levels[3]) / (6 + h), score, 1e-14);
        }
    }

    [Fact]
    public void A_run_without_an_end_and_a_reference_without_costs_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => Score(Exactly(0), Exactly(1, 1))).Message;
        Assert.StartsWith("The run says nothing of level 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Score(Exactly(0), Exactly(1), Exactly(1, 1), Exactly(1, 1)));
        Assert.Throws<ArgumentException>(() => LevelScoring.Limit([[1], [1], [1]]));
        Assert.Throws<ArgumentException>(() => LevelScoring.Limit([[], [1], [], [1]]));
        Assert.Throws<ArgumentException>(() => LevelScoring.Limit([[], [1], [0], [1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LevelScoring.Limit(Reference, new LevelScoreOptions { TimeoutFactor = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LevelScoring.Limit(Reference, new LevelScoreOptions { Hardness = [0, 0, 0, 0] }));
        Assert.Throws<ArgumentException>(() => Score(Exactly(0), Exactly(-1, 1), Exactly(1, 1), Exactly(1, 1)));
    }
}
