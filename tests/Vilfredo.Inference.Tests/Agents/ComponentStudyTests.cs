using CsCheck;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Assembly;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Tests.Agents;

public class ComponentStudyTests
{
    // A configuration is a price and the tasks that it fails.
    private sealed record Toy(double Price, int Failed)
    {
        public Toy Cheaper(double by, int worse) => new(Price - by, Failed + worse);
    }

    private static ComponentOption<Toy> Option(string name, double cheaper, int worse) => new(name, toy => toy.Cheaper(cheaper, worse));

    private static ComponentStudy<Toy, int> Study(params StudyComponent<Toy>[] components) =>
        new(new(1, 50), components, (toy, task, _) => Task.FromResult(new Attempt($"{task}", task >= toy.Failed, new Money(toy.Price, "USD"))));

    private static readonly int[] Tasks = [.. Enumerable.Range(0, 200)];

    [Fact]
    public async Task Each_component_takes_the_cheapest_pass_among_options_that_keep_the_accuracy()
    {
        var study = Study(
            new("memory", [Option("simple", 0.2, 0), Option("none", 0.5, 60), Option("rich", -0.4, -5)]),
            new("steps", [Option("8", 0.1, 3), Option("4", 0.3, 20)]),
            new("tools", [Option("more", -0.3, -2)]));
        var report = await study.OneAtATimeAsync(Tasks, new(1));
        Assert.Equal(("default", 0.75, 1 / 0.75), (report.Default.Name, report.Default.Accuracy, report.Default.CostOfPass.Value.Amount));
        Assert.Equal("simple", report.Choose("memory").Option);
        Assert.Equal("8", report.Choose("steps", 2).Option);
        Assert.Null(report.Choose("steps", 1).Option);
        Assert.Null(report.Choose("tools").Option);
        var assembled = study.Assemble(report);
        Assert.Equal(0.7, assembled.Price, 12);
        Assert.Equal(53, assembled.Failed);
        var none = report.Options[1];
        Assert.Equal(-0.3, none.AccuracyDifference, 12);
        Assert.InRange(none.AccuracyDifference, none.AccuracyLower, none.AccuracyUpper);
        Assert.True(none.AccuracyUpper < 0);
    }

    [Fact]
    public void An_option_that_loses_more_than_the_tolerance_is_never_taken_and_what_is_taken_costs_no_more_a_pass() =>
        Gen.Select(Gen.Double[-0.5, 0.5].Array[4], Gen.Int[-20, 20].Array[4], Gen.Int[0, 5]).Sample((prices, worse, tolerance) =>
        {
            var study = Study(new StudyComponent<Toy>("c", [.. prices.Zip(worse, (price, w) => (price, w)).Select((pair, i) => Option($"{i}", pair.price, pair.w))]));
            var report = study.OneAtATimeAsync([.. Tasks[..60]], new(2)).GetAwaiter().GetResult();
            var chosen = report.Choose("c", tolerance);
            Assert.True(chosen.CostOfPass.Value <= report.Default.CostOfPass.Value);
            Assert.True(chosen.Accuracy >= report.Default.Accuracy - (tolerance / 100.0) - 1e-9);
        }, iter: 20);

    [Fact]
    public async Task Bad_studies_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Study());
        Assert.Throws<ArgumentException>(() => Study(new StudyComponent<Toy>("a", [])));
        Assert.Throws<ArgumentException>(() => Study(new StudyComponent<Toy>("a", [Option("x", 0, 0), Option("x", 0, 0)])));
        var study = Study(new StudyComponent<Toy>("a", [Option("x", 0, 0)]));
        await Assert.ThrowsAsync<ArgumentException>(() => study.OneAtATimeAsync([], new(1)));
        var report = await study.OneAtATimeAsync(Tasks, new(1));
        Assert.Throws<ArgumentException>(() => report.Choose("b"));
    }

    [Fact]
    public void The_components_of_an_agent_are_those_of_the_paper()
    {
        Assert.Equal(["attempts", "max_steps", "planning", "search", "queries", "memory", "reading"], AgentComponents.All.Select(component => component.Name));
        // Taking the published winner of each gives the published configuration.
        var published = ((string Component, string Option)[])[("max_steps", "8"), ("search", "multi"), ("queries", "5"), ("memory", "Simple")];
        var assembled = published.Aggregate(AgentConfiguration.PaperDefault, (configuration, choice) =>
            AgentComponents.All.Single(component => component.Name == choice.Component).Options.Single(option => option.Name == choice.Option).Apply(configuration));
        Assert.Equal(AgentConfiguration.EfficientAgents, assembled);
    }
}
