using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class ModelScoresTests
{
    private static readonly ReferenceLadder Ladder = new("t", [400, 100, 10], [50, 80, 100]);

    private static CensoredValue?[] Costs(params double[] costs) => [.. costs.Select(cost => (CensoredValue?)CensoredValue.Exactly(cost))];

    [Fact]
    public void A_task_enters_with_enough_right_samples_and_scores_their_mean()
    {
        var protocol = new ScoringProtocol(2, 3);
        Assert.Equal(new TaskScore("t", 0.25, null, null), TaskScore.Of(Ladder, 4, 1, Costs(10), protocol));
        var score = TaskScore.Of(Ladder, 8, 4, [.. Costs(10, 100), null, .. Costs(10)], protocol); // the fourth is beyond the protocol
        Assert.Equal((100 + 80 + 0) / 3.0, score.Score!.Value, 1e-12);
        Assert.Equal(100.0 * (3 + 2 + 0) / 9, score.Normalized!.Value, 1e-12);
        Assert.Equal(0.5, score.PassRate);
        Assert.False(score.HasUncertainMatch);
        Assert.True(TaskScore.Of(Ladder, 8, 2, [CensoredValue.AtLeast(50), CensoredValue.Exactly(1)], protocol).HasUncertainMatch);
    }

    [Fact]
    public void The_paper_takes_tasks_with_one_right_sample_and_the_code_those_with_ten()
    {
        Assert.Equal(100, TaskScore.Of(Ladder, 50, 1, Costs(10), ScoringProtocol.Paper).Score);
        Assert.Null(TaskScore.Of(Ladder, 50, 9, Costs(new double[9]), null).Score);
        Assert.Throws<ArgumentException>(() => TaskScore.Of(Ladder, 50, 30, Costs(10)));
        Assert.Throws<ArgumentException>(() => TaskScore.Of(Ladder, 50, 51, Costs(10)));
        Assert.Throws<ArgumentException>(() => TaskScore.Of(Ladder, 50, 1, Costs(10, 10), ScoringProtocol.Paper));
    }

    [Fact]
    public void One_task_moves_the_score_by_at_most_a_hundred_over_the_number_of_tasks()
    {
        // The mean speed-up of the same model moves by half as soon as one reference is a thousand times slower.
        double[] references = [.. Enumerable.Repeat(100.0, 20)], costs = [.. Enumerable.Repeat(90.0, 20)];
        double Dps(double first) => new ModelScores("m", [.. references.Select((r, i) =>
            TaskScore.Of(new ReferenceLadder($"{i}", [i == 0 ? first : r, 10], [60, 100]), 1, 1, Costs(costs[i]), ScoringProtocol.Paper))]).Score!.Value;
        double SpeedUp(double first) => references.Select((r, i) => (i == 0 ? first : r) / costs[i]).Average();
        Assert.InRange(Math.Abs(Dps(100_000) - Dps(100)), 0, 100.0 / 20);
        Assert.True(SpeedUp(100_000) > 1.5 * SpeedUp(100));
    }

    private static ModelScores Model(string name, params double?[] scores) =>
        new(name, [.. scores.Select((score, i) => new TaskScore($"{i}", score is null ? 0 : 0.5, score, score))]);

    [Fact]
    public void Models_are_compared_on_the_tasks_that_both_entered()
    {
        // Alone the first looks better, because it skipped the hard task; where both entered it is worse.
        var (first, second) = (Model("first", 80, 70, null), Model("second", 85, 75, 20));
        Assert.True(first.Score > second.Score);
        Assert.Equal(-5, ModelComparison.Align(first, second).Difference, 1e-12);
        Assert.Equal([(first, second)], ModelComparison.OrderChanges([first, second]));
        Assert.Equal([0.0, 1], ModelComparison.TaskWinRates([first, second]));
        Assert.Equal([0.0, 1], ModelComparison.ModelWinRates([first, second]));
        Assert.Equal(1.0 / 3, first.PassRate, 1e-12);
        Assert.Equal(2, first.Entered);

        var difference = ModelComparison.Difference(Model("a", 1, 2, 3), Model("b", 0, 0, 0), new RandomGenerator(1), new BootstrapOptions { Resamples = 100 });
        Assert.Equal(2, difference.Estimate);
    }

    [Fact]
    public void A_tie_is_half_a_win_and_no_common_task_no_round()
    {
        var (first, second) = (Model("first", 80, null), Model("second", 80, 10));
        Assert.Equal([0.5, 0.5], ModelComparison.TaskWinRates([first, second]));
        Assert.Equal([0.5, 0.5], ModelComparison.ModelWinRates([first, second]));
        Assert.All(ModelComparison.ModelWinRates([first, Model("third", null, 5)]), rate => Assert.True(double.IsNaN(rate)));
        Assert.Throws<ArgumentException>(() => ModelComparison.Difference(first, Model("third", null, 5), new RandomGenerator(1)));
    }

    [Fact]
    public void Impossible_scores_are_refused_by_name()
    {
        Assert.Throws<ArgumentException>(() => new ModelScores("m", []));
        Assert.Throws<ArgumentException>(() => new ModelScores("m", [new("t", 1, 1, 1), new("t", 1, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new ModelScores("m", [new("t", 1, 101, 1)]));
        Assert.Throws<ArgumentException>(() => new ModelScores("m", [new("t", double.NaN, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new ModelScores("m", [new("t", 1, 1, null)]));
    }
}
