using CsCheck;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.InferenceCosts;

public class FrontierCostOfPassTests
{
    private static readonly Money Human = new(12, "USD");

    private readonly FrontierMember cheap = Member("cheap", 1, 40, double.PositiveInfinity);
    private readonly FrontierMember strong = Member("strong", 5, 6, double.PositiveInfinity);
    private readonly FrontierMember dominated = Member("dominated", 7, 50, double.PositiveInfinity);

    [Fact]
    public void The_frontier_takes_the_cheapest_member_problem_by_problem()
    {
        var frontier = new FrontierCostOfPass([cheap, strong, dominated], Human);
        Assert.Equal(["cheap", "strong", null], frontier.Choices.Select(choice => choice.Member));
        Assert.Equal((1 + 6 + 12) / 3.0, frontier.Value.Amount, 12);
        Assert.Equal(12 - 19 / 3.0, frontier.Gain.Amount, 12);
        Assert.Equal(0, frontier.UnsolvedShare);
    }

    [Fact]
    public void Essentialness_is_the_saving_lost_without_the_members()
    {
        var frontier = new FrontierCostOfPass([cheap, strong, dominated], Human);
        Assert.Equal(0, frontier.Essentialness("dominated"));
        Assert.Equal((23 - 19) / 23.0, frontier.Essentialness("cheap"), 12); // without: 5 + 6 + 12
        Assert.Equal((36 - 19) / 36.0, frontier.Essentialness("cheap", "strong", "dominated"), 12);
        Assert.Contains("nobody", Assert.Throws<ArgumentException>(() => frontier.Essentialness("nobody")).Message);
    }

    [Fact]
    public void Progress_is_the_ratio_of_the_values_after_and_before_each_release()
    {
        var progress = new FrontierCostOfPass([cheap, strong, dominated], Human).Progress();
        Assert.Equal(25 / 36.0, progress[0], 12);
        Assert.Equal(19 / 25.0, progress[1], 12);
        Assert.Equal(1, progress[2], 12);
    }

    [Fact]
    public void A_problem_that_nobody_solves_makes_the_mean_infinite()
    {
        var frontier = new FrontierCostOfPass([cheap, strong]);
        Assert.True(frontier.Value.NeverPasses);
        Assert.Equal(1 / 3.0, frontier.UnsolvedShare, 12);
        Assert.Throws<InvalidOperationException>(() => frontier.Essentialness("cheap"));
        Assert.Throws<InvalidOperationException>(() => frontier.Gain);
        Assert.Throws<InvalidOperationException>(() => frontier.Interval(new RandomGenerator(1)));
    }

    [Fact]
    public void A_member_who_alone_solves_a_problem_is_fully_essential() =>
        Assert.Equal(1, new FrontierCostOfPass([Member("a", 1, 2), Member("b", 1, double.PositiveInfinity)]).Essentialness("a"));

    [Fact]
    public void One_more_member_never_raises_the_frontier() =>
        Gen.Double[0, 20].Array[4].Array[1, 5].Sample(costs =>
        {
            var members = costs.Select((row, i) => Member($"m{i}", row)).ToList();
            var values = Enumerable.Range(1, members.Count).Select(n => new FrontierCostOfPass([.. members.Take(n)]).Value.Amount).ToList();
            Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
            Assert.Equal(Enumerable.Range(0, 4).Average(p => costs.Min(row => row[p])), values[^1], 12);
        }, iter: 200);

    [Fact]
    public void The_interval_over_problems_surrounds_the_mean()
    {
        var frontier = new FrontierCostOfPass([cheap, strong], Human);
        var interval = frontier.Interval(new RandomGenerator(1), new BootstrapOptions { Resamples = 500 });
        Assert.Equal(frontier.Value.Amount, interval.Estimate, 12);
        Assert.True(interval.Lower < interval.Estimate && interval.Estimate < interval.Upper);
    }

    [Fact]
    public void Members_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FrontierCostOfPass([]));
        Assert.Throws<ArgumentException>(() => new FrontierCostOfPass([cheap, cheap]));
        Assert.Contains("p2", Assert.Throws<ArgumentException>(() => new FrontierCostOfPass([cheap, Member("short", 1, 2)])).Message);
        Assert.Throws<ArgumentException>(() => new FrontierCostOfPass([new FrontierMember("none", new Dictionary<string, PassCost>())]));
        Assert.Throws<InvalidOperationException>(() => new FrontierCostOfPass([cheap], new Money(1, "EUR")));
    }

    private static FrontierMember Member(string name, params double[] costs) =>
        new(name, costs.Select((cost, i) => (cost, i)).ToDictionary(p => $"p{p.i}", p => new PassCost(p.cost, "USD")));
}
