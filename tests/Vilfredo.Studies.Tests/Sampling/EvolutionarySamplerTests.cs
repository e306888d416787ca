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

    [Theory]
    [InlineData("nsga2")]
    [InlineData("nsga3")]
    [InlineData("unsga3")]
    [InlineData("smsemoa")]
    [InlineData("spea2")]
    [InlineData("agemoea2")]
    [InlineData("rvea")]
    [InlineData("moead")]
    [InlineData("ctaea")]
    public void Operators_of_orders_change_what_is_proposed(string sampler)
    {
        string[] crossovers = ["order", "partially_mapped", "edge_recombination"], mutations = ["inversion", "insertion", "swap"];
        var runs = (from crossover in crossovers from mutation in mutations select string.Join(' ', Orders(sampler, crossover, mutation))).ToArray();
        Assert.Equal(9, runs.Distinct().Count());
        Assert.Equal(runs[0], string.Join(' ', Orders(sampler))); // the defaults
        Assert.Equal(runs[5], string.Join(' ', Orders(sampler, "partially_mapped", "swap")));
    }

    [Theory]
    [InlineData("nsga2", "order_crossover", "ox", "must be one of order, partially_mapped, edge_recombination, not 'ox'")]
    [InlineData("moead", "order_mutation", "Swap", "must be one of inversion, insertion, swap, not 'Swap'")]
    [InlineData("nsga3", "extreme_points", "5", "must be one of scaled, raw, not '5'")]
    [InlineData("nsga2", "extreme_points", "raw", "has no option 'extreme_points'; it has: population, order_crossover, order_mutation")]
    [InlineData("gde3", "order_mutation", "swap", "has no option 'order_mutation'; it has: population, scale, crossover")]
    [InlineData("mopso", "order_mutation", "swap", "has no option 'order_mutation'; it has: population")]
    [InlineData("random", "order_mutation", "swap", "has no option 'order_mutation'; it has none")]
    [InlineData("auto", "order_mutation", "swap", "has no option 'order_mutation'")]
    [InlineData("nsga2", "population", "20", "is a number, not a word")]
    public void Options_that_are_words_are_checked(string sampler, string option, string word, string message)
    {
        var definition = TestStudies.Create().Read(state => state.Definition) with { Sampler = new(sampler) { Choices = new Dictionary<string, string> { [option] = word } } };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Samplers.Create(definition)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_where_an_option_is_a_word_is_refused()
    {
        var definition = TestStudies.Create().Read(state => state.Definition) with { Sampler = new("nsga2") { Options = new Dictionary<string, double> { ["order_mutation"] = 1 } } };
        Assert.Contains("is a word, not a number", Assert.Throws<ArgumentException>(() => Samplers.Create(definition)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_units_of_extreme_points_can_be_chosen()
    {
        var (scaled, raw) = (Run("scaled"), Run("raw"));
        Assert.NotEqual(scaled, raw);

        static string[] Run(string units)
        {
            SearchSpace space = new([.. Enumerable.Range(0, 4).Select(i => new FloatKnob($"x{i}", 0, 1))]);
            var options = TestStudies.Options(200) with
            {
                Sampler = new("nsga3") { Options = new Dictionary<string, double> { ["population"] = 20 }, Choices = new Dictionary<string, string> { ["extreme_points"] = units } },
            };
            using var study = Study.Create(space, [.. "abc".Select(name => Objective.Minimize(name.ToString()))], options);
            study.Run(trial =>
            {
                double[] x = [.. Enumerable.Range(0, 4).Select(i => trial.Float($"x{i}"))];
                return [x[0], x[1] + Math.Pow(x[3] - 0.5, 2), 1e6 * (Math.Abs(x[0] - x[2]) + Math.Pow(x[1] - 1, 2))];
            });
            return [.. study.Read(s => s.Trials.Select(t => t.Configuration.Key).ToArray())];
        }
    }

    private static string[] Orders(string sampler, string? crossover = null, string? mutation = null)
    {
        var choices = new Dictionary<string, string>();
        if (crossover is not null) choices["order_crossover"] = crossover;
        if (mutation is not null) choices["order_mutation"] = mutation;
        var tour = new OrderKnob("tour", ["a", "b", "c", "d", "e", "f", "g", "h"]);
        var options = TestStudies.Options(60) with { Sampler = new(sampler) { Options = new Dictionary<string, double> { ["population"] = 12 }, Choices = choices } };
        using var study = Study.Create(new SearchSpace([tour]), TestStudies.TwoObjectives, options);
        study.Run(trial =>
        {
            var items = tour.ItemsOf(trial.Configuration["tour"]);
            return [items.Index().Sum(i => Math.Abs(i.Item[0] - 'a' - i.Index)), items.Index().Count(i => i.Item[0] - 'a' == 7 - i.Index)];
        });
        return [.. study.Read(s => s.Trials.Select(t => t.Configuration["tour"].Text).ToArray())];
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
