namespace Vilfredo.Studies.Tests.Exchange;

public class WarmStartTests
{
    [Fact]
    public void Finished_trials_come_along_with_objectives_in_the_new_order()
    {
        using var source = Measured(6);
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives.Reverse(), TestStudies.Options(20, name: "new"));
        Assert.Equal((6, 0), WarmStart.From(study, source));
        var (old, copied) = (source.Read(s => s.Trials.ToArray()), study.Read(s => s.Trials.ToArray()));
        Assert.Equal(old.Select(t => t.Configuration.Key), copied.Select(t => t.Configuration.Key));
        Assert.Equal(old.Select(t => (t.Outcome!.Values[0], t.Outcome.Values[1])), copied.Select(t => (t.Outcome!.Values[1], t.Outcome.Values[0])));
    }

    [Fact]
    public void Trials_outside_the_new_space_stay_behind()
    {
        using var source = Measured(30);
        var narrow = new SearchSpace([new FloatKnob("x", 0, 0.5), new IntegerKnob("n", 1, 9), new CategoricalKnob("tool", ["a", "b"])]);
        using var study = Study.Create(narrow, TestStudies.TwoObjectives, TestStudies.Options(20, name: "new"));
        var (copied, leftOut) = WarmStart.From(study, source);
        Assert.Equal(30, copied + leftOut);
        Assert.Equal(source.Read(s => s.Trials.Count(t => t.Configuration.ToString()!.Length > 0 && Half(t))), copied);

        static bool Half(TrialRecord trial) => trial.Configuration.TryGet("x", out var x) && Convert.ToDouble(SearchSpace.AsObject(x), System.Globalization.CultureInfo.InvariantCulture) <= 0.5;
    }

    [Fact]
    public void A_sampler_learns_from_what_came_along()
    {
        using var source = Measured(40);
        using var warm = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(60, name: "warm", sampler: "tpe"));
        using var cold = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(60, name: "cold", sampler: "tpe"));
        WarmStart.From(warm, source);
        Assert.Equal(40, warm.AskTrial().Number);
        Assert.NotEqual(cold.AskTrial().Configuration.Key, warm.AskTrial().Configuration.Key);
    }

    [Fact]
    public void A_source_without_an_objective_is_refused_and_nothing_is_copied()
    {
        using var source = Measured(3);
        using var study = Study.Create(TestStudies.Space, [.. TestStudies.TwoObjectives, Objective.Minimize("energy", "J")], TestStudies.Options(20, name: "new"));
        Assert.Contains("energy", Assert.Throws<ArgumentException>(() => WarmStart.From(study, source)).Message, StringComparison.Ordinal);
        Assert.Equal(0, study.Read(s => s.Trials.Count));
    }

    [Fact]
    public void Measured_constraints_are_those_of_the_new_study()
    {
        using var source = Measured(20);
        var definition = source.Definition with { Name = "new", MeasuredConstraints = [KnobExpression.Parse("cost <= 2")] };
        using var study = Study.Create(definition);
        WarmStart.From(study, source);
        Assert.All(study.Read(s => s.Trials.ToArray()), trial => Assert.Equal(trial.Outcome!.Values[0] <= 2, trial.Outcome.Kind == OutcomeKind.Completed));
    }

    private static Study Measured(int trials)
    {
        var study = TestStudies.Create(trials);
        for (var i = 0; i < trials; i++)
        {
            var trial = study.AskTrial();
            study.Tell(trial, TestStudies.Measure(trial));
        }

        return study;
    }
}
