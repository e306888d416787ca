namespace Vilfredo.Studies.Tests.Running;

public class RepeatsTests
{
    private static readonly SearchSpace Whole = new([new IntegerKnob("n", 0, 9)]);

    // Even configurations are a clear frontier. Of the odd ones, 5 ties with 4 but for noise; the others are clearly dominated.
    private static double[] Noisy(Trial trial)
    {
        var n = trial.Integer("n");
        var loss = n == 5 ? 6 : n % 2 == 0 ? 10 - n : 30;
        return [n, -(loss + 0.2 * trial.Random().NextNormal())];
    }

    [Fact]
    public void Automatic_repeats_go_to_the_configurations_whose_place_is_undecided()
    {
        using var study = Study.Create(Whole, TestStudies.TwoObjectives, TestStudies.Options(200) with { Repeats = new RepeatsDefinition { Auto = true, Maximum = 30 } });
        study.Run(Noisy);
        var repeats = study.Read(s => s.Trials.Where(t => t.RepeatOf is not null).ToArray());
        Assert.NotEmpty(repeats);
        Assert.All(repeats, r => Assert.Equal(study.Read(s => s.Trials[r.RepeatOf!.Value].Configuration), r.Configuration));
        Assert.DoesNotContain(repeats, r => r.Configuration["n"].Number is 1 or 3 or 7 or 9);

        var points = StudyFrontier.Of(study).Points.ToDictionary(p => (int)p.Configuration["n"].Number);
        Assert.All(points.Values, p => Assert.NotNull(p.Probability));
        Assert.All(new[] { 0, 2, 4, 6, 8 }, n => Assert.True(points[n].Probability > 0.99));
        Assert.All(new[] { 1, 3, 7, 9 }, n => Assert.True(points[n].Probability < 0.01));
        Assert.InRange(points[5].Probability!.Value, 0.01, 0.99);
        Assert.Equal(30, points[5].Samples.Length, 15.0);
    }

    [Fact]
    public void Repeats_per_trial_are_means_with_their_samples()
    {
        using var study = Study.Create(Whole, TestStudies.TwoObjectives, TestStudies.Options(10) with { Repeats = new RepeatsDefinition { PerTrial = 3 } });
        var calls = 0;
        study.Run(trial => [trial.Integer("n"), calls++]);
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.Equal(30, calls);
        Assert.All(trials, t => Assert.Equal(3, t.Outcome!.Samples.Length));
        Assert.All(trials, t => Assert.Equal(3 * t.Number + 1, t.Outcome!.Values[1], 9));
    }
}
