using CsCheck;

namespace Vilfredo.Studies.Tests.Space;

/// <summary>Orders of items as knobs.</summary>
public class OrderKnobTests
{
    private static readonly OrderKnob Passes = new("passes", ["inline", "unroll", "vectorize", "fold"]);

    [Fact]
    public void Values_round_trip_through_decision_variables()
    {
        var space = new SearchSpace([new FloatKnob("x", 0, 1), Passes, new CategoricalKnob("tool", ["a", "b"]) { When = KnobExpression.Parse("passes != 'fold,unroll,inline,vectorize'") }]);
        Assert.Equal(6, space.Decisions.Count);
        Gen.Shuffle(Passes.Items.ToArray()).Sample(items =>
        {
            var configuration = new Configuration([new("x", KnobValue.Float(0.5)), new("passes", KnobValue.Choice(string.Join(',', items))), new("tool", KnobValue.Choice("b"))]);
            var decisions = new double[6];
            return space.TryEncode(configuration, decisions, new RandomGenerator(1)) && space.Decode(decisions)["passes"].Text == string.Join(',', items);
        });
        Assert.Equal(2, space.Decode([0.5, 0.6, 0.3, 0.8, 0.1, 0]).Count); // the condition reads the order as a text
    }

    [Theory]
    [InlineData("inline,unroll,vectorize,fold", true)]
    [InlineData("fold,vectorize,unroll,inline", true)]
    [InlineData("fold,vectorize,unroll", false)]
    [InlineData("fold,vectorize,unroll,unroll", false)]
    [InlineData("fold,vectorize,unroll,inline,fold", false)]
    [InlineData("fold vectorize unroll inline", false)]
    public void A_value_has_each_item_once(string text, bool fits) => Assert.Equal(fits, Passes.Contains(KnobText.Parse(Passes, text)));

    [Theory]
    [InlineData("at least two", "a")]
    [InlineData("twice", "a", "b", "a")]
    [InlineData("separator", "a", "b,c")]
    [InlineData("empty", "a", "")]
    public void Items_that_make_no_order_are_refused(string message, params string[] items) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new OrderKnob("o", items)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nsga2")]
    [InlineData("moead")]
    [InlineData("gde3")]
    [InlineData("mopso")]
    [InlineData("random")]
    [InlineData("sobol")]
    [InlineData("tpe")]
    [InlineData("bayesian")]
    public void Every_sampler_proposes_orders(string sampler)
    {
        var space = new SearchSpace([Passes, new IntegerKnob("n", 1, 3)]);
        using var study = Study.Create(space, TestStudies.TwoObjectives, TestStudies.Options(sampler is "bayesian" ? 16 : 120, sampler: sampler));
        study.Run(trial =>
        {
            var items = Passes.ItemsOf(trial.Configuration["passes"]);
            return [trial.Integer("n") + items.Index().Sum(i => i.Item == Passes.Items[i.Index] ? 0 : 1), items.Index().Count(i => i.Item == Passes.Items[3 - i.Index])];
        });
        Assert.True(study.Read(s => s.Trials.Select(t => t.Configuration.Key).Distinct().Count()) > 10);
        Assert.True(study.Read(s => s.Trials.All(t => t.State == TrialState.Completed)));
    }

    [Fact]
    public void Evolution_finds_the_two_best_orders_of_opposite_goals_and_what_lies_between()
    {
        string[] items = [.. Enumerable.Range(0, 8).Select(i => $"s{i}")];
        using var study = Study.Create(new SearchSpace([new OrderKnob("tour", items)]), [Objective.Minimize("inversions"), Objective.Minimize("reverse")], TestStudies.Options(2_000, sampler: "nsga2"));
        study.Run(trial =>
        {
            var order = trial.Choice("tour").Split(',').Select(item => item[1] - '0').ToArray();
            var inversions = Enumerable.Range(0, 8).Sum(i => Enumerable.Range(i + 1, 7 - i).Count(j => order[i] > order[j]));
            return [inversions, 28 - inversions];
        });
        // Every number of inversions from 0 to 28 is a point of the frontier.
        Assert.Contains(StudyFrontier.Of(study).Frontier, p => p.Values[0] == 0);
        Assert.Contains(StudyFrontier.Of(study).Frontier, p => p.Values[0] == 28);
        Assert.InRange(StudyFrontier.Of(study).Frontier.Select(p => p.Values[0]).Distinct().Count(), 25, 29);
    }

    [Fact]
    public void A_grid_says_that_it_has_no_steps_for_an_order() => Assert.Contains(
        "no steps for the order",
        Assert.Throws<ArgumentException>(() => Study.Create(new SearchSpace([Passes]), TestStudies.TwoObjectives, TestStudies.Options(9, sampler: "grid"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Define_by_run_objectives_ask_for_orders_too()
    {
        using var study = Study.Create(TestStudies.TwoObjectives, TestStudies.Options(30, sampler: "nsga2"));
        study.Run(trial =>
        {
            var order = trial.SuggestOrder("stops", "a", "b", "c");
            Assert.Equal(["a", "b", "c"], order.Order());
            return [order.ToList().IndexOf("a"), order.ToList().IndexOf("c")];
        });
        Assert.IsType<OrderKnob>(Assert.Single(study.Definition.Space.Knobs));
        Assert.Equal(30, study.Read(s => s.Finished));
    }

    [Fact]
    public void Orders_are_kept_and_exported_as_texts()
    {
        using var directory = new Storage.TemporaryDirectory();
        using (var storage = new SqliteStorage(directory.File("orders.db")))
        {
            using var study = Study.Create(new SearchSpace([new OrderKnob("o", ["a", "b", "c"], " > ")]), TestStudies.TwoObjectives, TestStudies.Options(20, storage));
            study.Run(trial => [trial.Choice("o").IndexOf('a', StringComparison.Ordinal), 1]);
        }

        using var reopened = new SqliteStorage(directory.File("orders.db"), StorageAccess.Read);
        using var again = Study.Open(reopened, "study");
        Assert.Equal(new OrderKnob("o", ["a", "b", "c"], " > "), again.Definition.Space.Knobs[0]);
        Assert.Contains(again.Read(s => s.Trials.Select(t => t.Configuration["o"].Text).ToArray()), text => text == "b > a > c");
    }
}
