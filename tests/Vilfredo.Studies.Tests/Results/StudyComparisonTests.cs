namespace Vilfredo.Studies.Tests.Results;

public class StudyComparisonTests
{
    private static StudyFrontier Of(params double[][] values)
    {
        using var study = TestStudies.Create();
        foreach (var row in values) study.Tell(study.AskTrial(), row);
        return StudyFrontier.Of(study);
    }

    private static StudyFrontier Repeated(double shift, ulong seed, int repeats = 20)
    {
        var random = new RandomGenerator(seed);
        using var study = TestStudies.Create();
        for (var n = 1; n <= 5; n++)
        {
            var samples = Enumerable.Range(0, repeats).Select(_ => new[] { n + 0.1 * random.NextNormal(), n + shift + 0.1 * random.NextNormal() });
            study.Tell(study.AskTrial(), TrialOutcome.MeasuredRepeatedly([.. samples]));
        }

        return StudyFrontier.Of(study);
    }

    [Fact]
    public void Units_do_not_matter()
    {
        var seconds = StudyComparison.Of([Of([1, 2], [3, 5])], [Of([2, 3], [4, 4])]);
        var milliseconds = StudyComparison.Of([Of([1000, 2], [3000, 5])], [Of([2000, 3], [4000, 4])]);
        Assert.Equal(seconds.First.Mean, milliseconds.First.Mean, 12);
        Assert.Equal(seconds.Second.Mean, milliseconds.Second.Mean, 12);
    }

    [Fact]
    public void The_reference_point_is_a_tenth_of_the_range_beyond_the_worst_of_all_frontiers()
    {
        var reference = StudyComparison.Of([Of([1, 1.2], [10, 2])], [Of([0, 0.2], [1, 1.2])]).Reference;
        Assert.Equal(11, reference[0], 12);
        Assert.Equal(0.02, reference[1], 12);
    }

    [Fact]
    public void Swapping_the_groups_swaps_the_result()
    {
        StudyFrontier[] a = [Of([1, 2]), Of([1, 3], [2, 4])], b = [Of([2, 3]), Of([1, 1]), Of([1, 3], [2, 4])];
        var (forth, back) = (StudyComparison.Of(a, b), StudyComparison.Of(b, a));
        Assert.Equal(1, forth.ProbabilityFirstIsBetter + back.ProbabilityFirstIsBetter, 12);
        Assert.Equal(forth.ProbabilityFirstIsBetter, forth.Test!.ProbabilityOfSuperiority, 12);
        Assert.Equal(forth.AttainedMore()!.Value.First, back.AttainedMore()!.Value.Second, 12);
        Assert.Equal(forth.First.Hypervolumes, back.Second.Hypervolumes);
    }

    [Fact]
    public void Equal_groups_are_better_with_probability_one_half()
    {
        var comparison = StudyComparison.Of([Of([1, 2])], [Of([1, 2])]);
        Assert.Equal(0.5, comparison.ProbabilityFirstIsBetter);
        Assert.Equal((0, 0), comparison.AttainedMore()!.Value);
        Assert.Equal(ChanceSource.None, comparison.Chance);
        Assert.Null(comparison.First.Interval);
    }

    [Fact]
    public void With_one_run_each_the_repeats_of_trials_give_interval_and_probability()
    {
        var clear = StudyComparison.Of([Repeated(1, 1)], [Repeated(0, 2)]);
        Assert.Equal(ChanceSource.Repeats, clear.Chance);
        Assert.True(clear.ProbabilityFirstIsBetter > 0.99);
        Assert.True(clear.First.Interval!.Width > 0);
        Assert.Null(clear.Test);
        Assert.InRange(StudyComparison.Of([Repeated(0, 3)], [Repeated(0, 4)]).ProbabilityFirstIsBetter, 0.02, 0.98);
    }

    [Fact]
    public void A_run_that_found_nothing_has_no_hypervolume_and_attains_nothing()
    {
        var comparison = StudyComparison.Of([Of([1, 2])], [Of()]);
        Assert.Equal(0, comparison.Second.Mean);
        Assert.Equal(0, comparison.AttainedMore()!.Value.Second);
    }

    [Fact]
    public void Other_objectives_no_points_and_reference_points_that_bound_nothing_are_refused()
    {
        using var other = Study.Create(TestStudies.Space, [Objective.Minimize("cost", "EUR"), Objective.Maximize("quality")], TestStudies.Options());
        Assert.Throws<ArgumentException>(() => StudyComparison.Of([Of([1, 2])], [StudyFrontier.Of(other)]));
        Assert.Throws<ArgumentException>(() => StudyComparison.Of([Of()], [Of()]));
        Assert.Throws<ArgumentException>(() => StudyComparison.Of([Of([1, 2])], []));
        Assert.Throws<ArgumentException>(() => StudyComparison.Of([Of([1, 2])], [Of([2, 3])], [0.5, 0]));
        Assert.Throws<ArgumentException>(() => StudyComparison.Of([Of([1, 2])], [Of([2, 3])], [5]));
    }
}
