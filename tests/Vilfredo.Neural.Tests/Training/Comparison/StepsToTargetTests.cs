using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Comparison;

namespace Vilfredo.Neural.Tests.Training.Comparison;

public class StepsToTargetTests
{
    private static readonly TrainingCurve Falling = new([(100, 3), (200, 2), (300, 2.5), (400, 1)]);

    [Theory]
    [InlineData(3.5, 100.0)] // reached at the first evaluation
    [InlineData(3.0, 100.0)]
    [InlineData(2.25, 175.0)]
    [InlineData(2.0, 200.0)] // the first time counts, though the loss rises again
    [InlineData(1.75, 350.0)]
    [InlineData(1.0, 400.0)]
    [InlineData(0.99, null)]
    public void A_target_is_reached_on_the_line_between_evaluations(double target, double? expected) => Assert.Equal(expected, StepsToTarget.Of(Falling, target));

    [Fact]
    public void A_plateau_at_the_target_is_reached_where_it_begins() => Assert.Equal(2, StepsToTarget.Of(new([(1, 4), (2, 2), (3, 2)]), 2));

    [Fact]
    public void A_ratio_needs_both_to_reach_the_target()
    {
        var slow = new TrainingCurve([(100, 3), (500, 2)]);
        Assert.Equal(0.4, StepsToTarget.Ratio(Falling, slow, 2)!.Value, 1e-12);
        Assert.Null(StepsToTarget.Ratio(Falling, slow, 1.5));
        Assert.Null(StepsToTarget.Ratio(slow, Falling, 1.5));
    }

    [Fact]
    public void Ratios_of_seeds_are_averaged_only_when_all_reach_the_target()
    {
        TrainingCurve[] baselines = [Line(100, 2), Line(200, 1), Line(400, 3)];
        TrainingCurve[] twice = [Line(50, 2), Line(100, 1), Line(120, 3)];
        var comparison = OptimizerComparison.Of(twice, baselines);
        Assert.Equal([0.5, 0.5, 0.3], comparison.Ratios.Select(ratio => Math.Round(ratio!.Value, 12)));
        var interval = comparison.Mean(new RandomGenerator(1));
        Assert.Equal(1.3 / 3, interval.Estimate, 1e-12);
        Assert.InRange(interval.Lower, 0.3, 1.3 / 3);
        Assert.InRange(interval.Upper, 1.3 / 3, 0.5);

        // A method that stays above the target on one seed; half a nat above it does not.
        TrainingCurve[] stuck = [Line(50, 2), Line(100, 1.4), Line(120, 3)];
        var unreached = OptimizerComparison.Of(stuck, baselines);
        Assert.Equal(2, unreached.Reached);
        Assert.Throws<InvalidOperationException>(() => unreached.Mean(new RandomGenerator(1)));
        Assert.Equal(3, OptimizerComparison.Of(stuck, baselines, above: 0.5).Reached);

        static TrainingCurve Line(double steps, double final) => new([(steps / 2, final + 2), (steps, final)]);
    }

    [Fact]
    public void A_log_gives_the_curve_of_its_evaluations()
    {
        TrainingRecord[] records = [Record(10, null), Record(20, 4), Record(30, null), Record(40, 3)];
        Assert.Equal([(20, 4), (40, 3)], TrainingCurve.Of(records, "text").Points);
        Assert.Equal([(2000, 4), (4000, 3)], TrainingCurve.Of(records, "text", record => record.Flops).Points);
        Assert.Throws<ArgumentException>(() => TrainingCurve.Of(records, "other"));

        static TrainingRecord Record(long step, double? loss) => new()
        {
            Step = step,
            Tokens = 8 * step,
            Flops = 100 * step,
            Seconds = step,
            Loss = 1,
            LearningRateFactor = 1,
            GradientNorm = 1,
            Skipped = 0,
            Evaluation = loss is { } value ? new Dictionary<string, double> { ["text"] = value } : null,
        };
    }

    [Fact]
    public void Curves_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrainingCurve([]));
        Assert.Throws<ArgumentException>(() => new TrainingCurve([(1, 2), (1, 1)]));
        Assert.Throws<ArgumentException>(() => new TrainingCurve([(1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => StepsToTarget.Of(Falling, double.NaN));
        Assert.Throws<ArgumentException>(() => OptimizerComparison.Of([Falling], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimizerComparison.Of([Falling], [Falling], above: -1));
    }
}
