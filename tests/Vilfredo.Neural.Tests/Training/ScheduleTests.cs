using CsCheck;
using Vilfredo.Neural.Training.Schedules;

namespace Vilfredo.Neural.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void A_warm_up_rises_linearly_and_reaches_the_peak_with_its_last_step()
    {
        var schedule = new ConstantSchedule(4);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Factors(schedule, 0, 1, 2, 3, 1000));
    }

    [Fact]
    public void A_constant_schedule_without_warm_up_is_one() => Assert.Equal([1, 1], Factors(new ConstantSchedule(), 0, 7));

    [Fact]
    public void A_linear_schedule_falls_to_its_last_factor_and_stays()
    {
        var schedule = new LinearSchedule(12, 2, 0.5);
        Assert.Equal([0.5, 1, 1, 0.75, 0.5, 0.5], Factors(schedule, 0, 1, 2, 7, 12, 99));
    }

    [Fact]
    public void A_cosine_schedule_is_half_way_between_peak_and_last_factor_in_the_middle()
    {
        var factors = Factors(new CosineSchedule(12, 2, 0.1), 2, 7, 12, 50);
        Assert.Equal(1, factors[0]);
        Assert.Equal(0.55, factors[1], 1e-12);
        Assert.Equal(0.1, factors[2], 1e-12);
        Assert.Equal(factors[2], factors[3]);
    }

    [Theory]
    [InlineData(DecayShape.Linear, 0.75)]
    [InlineData(DecayShape.OneMinusSquareRoot, 0.5)]
    public void A_plateau_lasts_until_the_decay_begins(DecayShape shape, double afterQuarter)
    {
        var schedule = new WarmupStableDecaySchedule(20, decaySteps: 8, warmupSteps: 2, shape: shape);
        Assert.Equal([0.5, 1, 1, 1, afterQuarter, 0, 0], Factors(schedule, 0, 1, 11, 12, 14, 20, 21));
    }

    [Fact]
    public void A_plateau_schedule_whose_decay_takes_all_steps_is_the_linear_one() =>
        Gen.Long[0, 120].Sample(step => Math.Abs(new WarmupStableDecaySchedule(100, 90, 10, 0.2).Factor(step) - new LinearSchedule(100, 10, 0.2).Factor(step)) < 1e-12);

    [Fact]
    public void A_decay_of_no_steps_is_a_plateau_and_then_the_last_factor() =>
        Assert.Equal([1, 0.1], Factors(new WarmupStableDecaySchedule(10, 0, finalFactor: 0.1), 9, 10));

    [Fact]
    public void Factors_never_leave_zero_to_one() =>
        Gen.Select(Gen.Long[1, 50], Gen.Long[0, 49], Gen.Double[0, 1], Gen.Long[0, 200]).Where((total, warmup, _, _) => warmup < total).Sample((total, warmup, final, step) =>
            new ISchedule[] { new LinearSchedule(total, warmup, final), new CosineSchedule(total, warmup, final), new WarmupStableDecaySchedule(total, (total - warmup) / 2, warmup, final) }
                .All(schedule => schedule.Factor(step) is >= 0 and <= 1 + 1e-12));

    [Fact]
    public void Plans_that_contradict_themselves_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(5, finalFactor: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupStableDecaySchedule(10, 9, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule().Factor(-1));
    }

    private static double[] Factors(ISchedule schedule, params long[] steps) => [.. steps.Select(schedule.Factor)];
}
