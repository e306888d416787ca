namespace Vilfredo.Studies.Tests.Sampling;

public class EvolutionarySamplerTests
{
    [Theory]
    [InlineData("nsga2")]
    [InlineData("nsga3")]
    [InlineData("smsemoa")]
    [InlineData("moead")]
    [InlineData("unsga3")]
    [InlineData("spea2")]
    [InlineData("agemoea2")]
    [InlineData("rvea")]
    [InlineData("gde3")]
    [InlineData("mopso")]
    [InlineData("ctaea")]
    public void Proposals_depend_on_seed_and_results_only(string sampler)
    {
        Assert.Equal(Run(sampler, 1), Run(sampler, 1));
        Assert.NotEqual(Run(sampler, 1), Run(sampler, 2));
    }

    [Fact]
    public void The_first_generation_is_the_same_for_all_and_later_ones_are_not()
    {
        var (nsga2, nsga3, smsemoa) = (Run("nsga2", 1), Run("nsga3", 1), Run("smsemoa", 1));
        Assert.Equal(nsga2[..50], nsga3[..50]);
        Assert.Equal(nsga2[..50], smsemoa[..50]);
        Assert.NotEqual(nsga2, nsga3);
        Assert.NotEqual(nsga3, smsemoa);
    }

    [Theory]
    [InlineData("nsga3")]
    [InlineData("smsemoa")]
    [InlineData("moead")]
    [InlineData("unsga3")]
    [InlineData("spea2")]
    [InlineData("agemoea2")]
    [InlineData("rvea")]
    [InlineData("gde3")]
    [InlineData("mopso")]
    [InlineData("ctaea")]
    public void Options_are_checked_under_the_samplers_own_name(string sampler)
    {
        var definition = TestStudies.Create().Read(state => state.Definition);
        SamplerDefinition With(string option, double value) =>
            new(sampler) { Options = new Dictionary<string, double> { [option] = value } };
        Assert.Contains(sampler, Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With("population", 1.5) })).Message);
        Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With("directions", 3) }));
        Assert.NotNull(Samplers.Create(definition with { Sampler = With("population", 8) }));
    }

    [Theory]
    [InlineData("neighborhood", 1)]
    [InlineData("pbi", 2)]
    [InlineData("penalty", -1)]
    [InlineData("differential", 0.5)]
    [InlineData("scale", 0)]
    [InlineData("crossover", 1.5)]
    public void The_options_of_MOEAD_are_checked(string option, double value)
    {
        var definition = TestStudies.Create().Read(state => state.Definition);
        SamplerDefinition With(double v) => new("moead") { Options = new Dictionary<string, double> { [option] = v } };
        Assert.Throws<ArgumentException>(() => Samplers.Create(definition with { Sampler = With(value) }));
        Assert.NotNull(Samplers.Create(definition with { Sampler = With(option == "neighborhood" ? 5 : 1) }));
    }

    [Fact]
    public void MO_CMA_ES_searches_real_knobs_and_says_so_to_others()
    {
        var mixed = TestStudies.Create().Read(state => state.Definition);
        Assert.Contains("real", Assert.Throws<ArgumentException>(() => Samplers.Create(mixed with { Sampler = new("mocmaes") })).Message, StringComparison.Ordinal);
        var real = mixed with { Space = new SearchSpace([new FloatKnob("x", 0, 1), new FloatKnob("y", 0, 1)]) };
        Assert.NotNull(Samplers.Create(real with { Sampler = new("mocmaes") { Options = new Dictionary<string, double> { ["step"] = 0.2 } } }));
        Assert.Throws<ArgumentException>(() => Samplers.Create(real with { Sampler = new("mocmaes") { Options = new Dictionary<string, double> { ["step"] = 2 } } }));
    }

    private static string[] Run(string sampler, ulong seed)
    {
        using var study = TestStudies.Create(180, seed: seed, sampler: sampler);
        var proposals = new List<string>();
        for (var i = 0; i < 180; i++)
        {
            var trial = study.AskTrial();
            proposals.Add(trial.Configuration.Key);
            study.Tell(trial, TestStudies.Measure(trial));
        }

        return [.. proposals];
    }
}
