namespace Vilfredo.Studies.Tests.Running;

public class ChangeTests
{
    [Theory]
    [InlineData("random")]
    [InlineData("nsga2")]
    [InlineData("sobol")]
    public void A_narrowed_space_holds_for_new_trials_and_keeps_the_old_ones(string sampler)
    {
        using var study = TestStudies.Create(30, sampler: sampler);
        study.Run(TestStudies.Measure);
        var before = study.Read(s => s.Trials.Select(t => t.Configuration).ToArray());
        study.Change(d => More(d) with { Space = new SearchSpace([new FloatKnob("x", 0.25, 0.5), new IntegerKnob("n", 1, 3), new CategoricalKnob("tool", ["a"])]) }, "narrower");
        study.Run(TestStudies.Measure);
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.Equal(60, trials.Length);
        Assert.Equal(before, trials.Take(30).Select(t => t.Configuration));
        Assert.All(trials.Skip(30), t => Assert.True(study.Definition.Space.Accepts(t.Configuration, out var problem), problem));
        Assert.Equal(60, StudyFrontier.Of(study).Points.Sum(p => p.Samples.Length));
    }

    [Fact]
    public void A_widened_space_is_explored()
    {
        using var study = TestStudies.Create(30);
        study.Run(TestStudies.Measure);
        study.Change(d => More(d) with { Space = new SearchSpace([new FloatKnob("x", 0, 10), new IntegerKnob("n", 1, 9), new CategoricalKnob("tool", ["a", "b", "c"])]) }, "wider");
        study.Run(TestStudies.Measure);
        Assert.Contains(study.Read(s => s.Trials.Skip(30).ToArray()), t => t.Configuration["x"].Number > 1);
        Assert.Contains(study.Read(s => s.Trials.Skip(30).ToArray()), t => t.Configuration["tool"].Text == "c");
        Assert.Equal("wider", study.Read(s => s.History[1].Note));
    }

    [Fact]
    public void A_new_knob_has_its_default_in_the_old_trials_that_nsga2_breeds_from()
    {
        using var study = Study.Create(new SearchSpace([new FloatKnob("x", 0, 1)]), TestStudies.TwoObjectives, TestStudies.Options(20) with
        {
            Sampler = new SamplerDefinition("nsga2") { Options = new Dictionary<string, double> { ["population"] = 10 } },
        });
        study.Run(trial => [trial.Float("x"), trial.Float("x")]);
        study.Change(
            d => d with
            {
                Space = new SearchSpace([new FloatKnob("x", 0, 1), new FloatKnob("y", 0, 1) { Default = KnobValue.Float(0.5) }]),
                Budget = d.Budget with { Trials = 60 },
            },
            "new knob y");
        study.Run(trial => [trial.Float("x") + trial.Float("y"), trial.Float("x")]);
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.All(trials.Take(20), t => Assert.False(t.Configuration.TryGet("y", out _)));
        Assert.All(trials.Skip(20), t => Assert.True(t.Configuration.TryGet("y", out _)));
        // Children of parents at the default are near it or are crossed from it far more often than uniform ones would be.
        Assert.Contains(trials.Skip(20), t => Math.Abs(t.Configuration["y"].Number - 0.5) < 1e-12);
    }

    [Theory]
    [InlineData("random", "nsga2")]
    [InlineData("nsga2", "sobol")]
    [InlineData("halton", "random")]
    [InlineData("grid", "nsga2")]
    public void Another_sampler_goes_on_with_what_is_there(string first, string second)
    {
        using var study = TestStudies.Create(20, sampler: first);
        study.Run(TestStudies.Measure);
        study.Change(d => More(d) with { Sampler = new SamplerDefinition(second) }, $"sampler {second}");
        Assert.Equal(20, study.Run(TestStudies.Measure).Trials);
        Assert.Equal([first, second], study.Read(s => s.History.Select(h => h.Definition.Sampler.Name).ToArray()));
    }

    [Fact]
    public void Objectives_and_the_name_stay()
    {
        using var study = TestStudies.Create(5);
        Assert.Throws<ArgumentException>(() => study.Change(d => d with { Name = "other" }, "renamed"));
        Assert.Throws<ArgumentException>(() => study.Change(d => d with { Objectives = [new ObjectiveDefinition(Objective.Minimize("cost", "EUR"))] }, "other money"));
        Assert.Throws<ArgumentException>(() => study.Change(d => d with { Sampler = new SamplerDefinition("magic") }, "magic"));
        Assert.Single(study.Read(s => s.History.ToArray()));
    }

    private static StudyDefinition More(StudyDefinition definition) => definition with { Budget = definition.Budget with { Trials = definition.Budget.Trials + (definition.Budget.Trials == 30 ? 30 : 20) } };
}
