namespace Vilfredo.Studies.Tests.Sampling;

public class AutoSamplerTests
{
    private static readonly SearchSpace Reals = new(Enumerable.Range(0, 6).Select(i => new FloatKnob($"x{i}", 0, 1)));

    private static readonly SearchSpace Small = new([new IntegerKnob("n", 1, 4), new CategoricalKnob("tool", ["a", "b", "c"])]);

    private static readonly SearchSpace Wide = new(Enumerable.Range(0, 30).Select(i => new FloatKnob($"x{i}", 0, 1)));

    [Theory]
    [InlineData(null, 2, "nsga2")]
    [InlineData(8, 2, "sobol")]
    [InlineData(60, 2, "bayesian")]
    [InlineData(60, 6, "nsga3")]
    [InlineData(5_000, 2, "nsga2")]
    [InlineData(5_000, 4, "nsga3")]
    public void The_budget_and_the_number_of_objectives_decide(int? trials, int objectives, string sampler)
    {
        var choice = AutoSampler.Choose(Definition(Reals, trials, objectives));
        Assert.Equal(sampler, choice.Sampler.Name);
        Assert.NotEmpty(choice.Reason);
    }

    [Fact]
    public void A_budget_that_covers_every_configuration_takes_them_all()
    {
        var study = Study.Create(Definition(Small, 12));
        Assert.Equal("grid", study.Definition.Sampler.Name);
        var seen = new HashSet<string>();
        while (study.Ask().Trial is { } trial)
        {
            seen.Add(trial.Configuration.Key);
            study.Tell(trial, TrialOutcome.Measured(1, 1));
        }

        Assert.Equal(12, seen.Count);
        Assert.NotEqual("grid", AutoSampler.Choose(Definition(Small, 11)).Sampler.Name);
    }

    [Fact]
    public void Many_knobs_go_to_density_estimators_and_cheap_trials_to_evolution()
    {
        Assert.Equal("tpe", AutoSampler.Choose(Definition(Wide, 200)).Sampler.Name);
        Assert.Equal("nsga2", AutoSampler.Choose(Definition(Reals, 60) with { TimeLimit = TimeSpan.FromMilliseconds(50) }).Sampler.Name);
    }

    [Fact]
    public void The_choice_is_part_of_the_study_and_has_no_options()
    {
        Assert.Equal("bayesian", Study.Create(Definition(Reals, 60)).Definition.Sampler.Name);
        var error = Assert.Throws<ArgumentException>(() => Study.Create(Definition(Reals, 60) with { Sampler = new("auto") { Options = new Dictionary<string, double> { ["population"] = 3 } } }));
        Assert.Contains("population", error.Message, StringComparison.Ordinal);
    }

    private static StudyDefinition Definition(SearchSpace space, int? trials, int objectives = 2) => new()
    {
        Name = "study",
        Space = space,
        Objectives = [.. Enumerable.Range(0, objectives).Select(i => new ObjectiveDefinition(Objective.Minimize($"f{i}")))],
        Budget = new() { Trials = trials },
        Sampler = new("auto"),
    };
}
