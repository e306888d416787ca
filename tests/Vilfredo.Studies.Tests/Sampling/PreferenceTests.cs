using Vilfredo.Optimization.Problems;

namespace Vilfredo.Studies.Tests.Sampling;

/// <summary>Reference points, weights and ranges of studies.</summary>
public class PreferenceTests
{
    // The front of Zdt1 in a study's own directions: cost = f1, quality = -f2 = sqrt(cost) - 1.
    private static readonly SearchSpace Space = new(Enumerable.Range(1, 5).Select(i => new FloatKnob($"x{i}", 0, 1)));

    private static Dictionary<string, double> Point(double cost, double quality) => new() { ["cost"] = cost, ["quality"] = quality };

    // The directions of R-NSGA-III find their place when the scale of the front is known.
    [Theory]
    [InlineData("rnsga2", 1_500)]
    [InlineData("rnsga3", 4_000)]
    public void A_reference_point_gathers_the_search_that_is_spread_without_it(string sampler, int trials)
    {
        // A point of the front itself.
        var near = Shares(Run(sampler, new() { ReferencePoints = [Point(0.36, -0.4)] }, trials), 0.36, 0.1);
        var plain = Shares(Run("nsga2", null, trials), 0.36, 0.1);
        Assert.True(near > 0.5 && near > 1.8 * plain, $"{near} against {plain}");
    }

    [Theory]
    [InlineData("rnsga2")]
    [InlineData("rnsga3")]
    public void Weights_lead_to_the_side_of_the_heavier_objective(string sampler)
    {
        double Median(double cost, double quality) =>
            Run(sampler, new() { Weights = Point(cost, quality) }).TakeLast(150).Select(f => f[0]).Order().ElementAt(75);
        Assert.True(Median(10, 1) < Median(1, 1) - 0.05);
        Assert.True(Median(1, 10) > Median(1, 1) + 0.05);
    }

    [Fact]
    public void Several_reference_points_are_all_served()
    {
        var last = Run("rnsga2", new() { ReferencePoints = [Point(0.04, -0.8), Point(0.81, -0.1)] }).TakeLast(200).ToArray();
        Assert.True(last.Count(f => f[0] < 0.2) > 50);
        Assert.True(last.Count(f => f[0] > 0.6) > 50);
    }

    [Theory]
    [InlineData("nsga2")]
    [InlineData("moead")]
    [InlineData("smsemoa")]
    [InlineData("gde3")]
    public void Ranges_keep_evolution_where_values_are_of_interest(string sampler)
    {
        var ranges = new Dictionary<string, ObjectiveRange> { ["cost"] = new(0.2, 0.4), ["quality"] = new(Minimum: -1.5) };
        bool Inside(double[] f) => f[0] is >= 0.2 and <= 0.4 && f[1] >= -1.5;
        var with = Run(sampler, new() { Ranges = ranges }).TakeLast(200).Count(Inside);
        var without = Run(sampler, null).TakeLast(200).Count(Inside);
        Assert.True(with > 100 && with > 1.5 * without, $"{with} against {without}");
    }

    [Theory]
    [InlineData("bayesian", 26)]
    [InlineData("tpe", 60)]
    public void Ranges_keep_models_where_values_are_of_interest(string sampler, int trials)
    {
        var ranges = new Dictionary<string, ObjectiveRange> { ["cost"] = new(0.2, 0.4) };
        var with = Run(sampler, new() { Ranges = ranges }, trials).TakeLast(trials - 12).Count(f => f[0] is >= 0.2 and <= 0.4);
        var without = Run(sampler, null, trials).TakeLast(trials - 12).Count(f => f[0] is >= 0.2 and <= 0.4);
        Assert.True(with > without && with > (trials - 12) / 3, $"{with} against {without}");
    }

    [Fact]
    public void Everything_that_was_measured_counts_wherever_it_lies()
    {
        using var study = Create("nsga2", new() { Ranges = new Dictionary<string, ObjectiveRange> { ["cost"] = new(Maximum: 0.5) } }, 2);
        study.Tell(study.AskTrial(), 0.9, 0.5);
        study.Tell(study.AskTrial(), 0.4, 0.2);
        Assert.Equal(2, StudyFrontier.Of(study).Frontier.Count);
    }

    [Theory]
    [InlineData("needs reference points or weights", "rnsga2", "none")]
    [InlineData("makes no use of reference points", "nsga2", "point")]
    [InlineData("makes no use of ranges", "sobol", "range")]
    [InlineData("makes no use of ranges", "mgda", "range")]
    [InlineData("has no value for 'quality'", "rnsga2", "partial")]
    [InlineData("names 'speed'", "rnsga2", "unknown")]
    [InlineData("must be finite", "rnsga2", "infinite")]
    [InlineData("not below 0", "rnsga2", "negative")]
    [InlineData("All weights are 0", "rnsga2", "zero")]
    [InlineData("has no end", "nsga2", "open")]
    [InlineData("swap them", "nsga2", "reversed")]
    [InlineData("one or the other", "rnsga3", "both")]
    [InlineData("has no option 'spread'", "rnsga2", "option")]
    public void What_makes_no_sense_is_refused(string message, string sampler, string mistake)
    {
        Dictionary<string, ObjectiveRange> Range(double? low, double? high) => new() { ["cost"] = new(low, high) };
        PreferenceDefinition preference = mistake switch
        {
            "none" => new(),
            "range" => new() { Ranges = Range(0, 1) },
            "partial" => new() { ReferencePoints = [new Dictionary<string, double> { ["cost"] = 1 }] },
            "unknown" => new() { Weights = new Dictionary<string, double> { ["speed"] = 1 } },
            "infinite" => new() { ReferencePoints = [Point(1, double.PositiveInfinity)] },
            "negative" => new() { Weights = Point(1, -1) },
            "zero" => new() { Weights = Point(0, 0) },
            "open" => new() { Ranges = Range(null, null) },
            "reversed" => new() { Ranges = Range(2, 1) },
            "both" => new() { ReferencePoints = [Point(1, 1)], Weights = Point(1, 1) },
            _ => new() { ReferencePoints = [Point(1, 1)] },
        };
        var options = Options(sampler, preference, 10);
        if (mistake == "option") options = options with { Sampler = options.Sampler with { Options = new Dictionary<string, double> { ["spread"] = 0.1 } } };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Study.Create(Space, TestStudies.TwoObjectives, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_chooses_a_sampler_that_uses_the_preference()
    {
        string Chosen(PreferenceDefinition preference, int trials, SearchSpace? space = null)
        {
            using var study = Study.Create(space ?? Space, TestStudies.TwoObjectives, Options("auto", preference, trials));
            return study.Definition.Sampler.Name;
        }

        Assert.Equal("rnsga2", Chosen(new() { Weights = Point(1, 2) }, 50));
        var ranges = new PreferenceDefinition { Ranges = new Dictionary<string, ObjectiveRange> { ["cost"] = new(Maximum: 1) } };
        Assert.Equal("bayesian", Chosen(ranges, 8));
        Assert.Equal("bayesian", Chosen(ranges, 50, new SearchSpace([new IntegerKnob("n", 1, 9)])));
        Assert.Equal("nsga2", Chosen(ranges, 50, SearchSpace.Empty));
    }

    private static StudyOptions Options(string sampler, PreferenceDefinition? preference, int trials) =>
        TestStudies.Options(trials, sampler: sampler) with { Preference = preference };

    private static Study Create(string sampler, PreferenceDefinition? preference, int trials) =>
        Study.Create(Space, TestStudies.TwoObjectives, Options(sampler, preference, trials));

    private static List<double[]> Run(string sampler, PreferenceDefinition? preference, int trials = 1_500)
    {
        using var study = Create(sampler, preference, trials);
        var problem = new Zdt1(5);
        var values = new List<double[]>();
        study.Run(trial =>
        {
            var f = new double[2];
            problem.Evaluate(Enumerable.Range(1, 5).Select(i => trial.Float($"x{i}")).ToArray(), 1, f, []);
            values.Add([f[0], -f[1]]);
            return values[^1];
        });
        return values;
    }

    private static double Shares(List<double[]> values, double cost, double radius) => values.TakeLast(200).Count(f => Math.Abs(f[0] - cost) < radius) / 200.0;
}
