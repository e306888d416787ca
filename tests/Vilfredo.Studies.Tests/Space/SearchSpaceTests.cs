using CsCheck;

namespace Vilfredo.Studies.Tests.Space;

public class SearchSpaceTests
{
    private static readonly SearchSpace Conditional = new(
        [
            new CategoricalKnob("tool", ["gzip", "xz"]),
            new IntegerKnob("level", 1, 9),
            new CategoricalKnob("extreme", ["no", "yes"]) { When = KnobExpression.Parse("tool == 'xz' and level > 3") },
        ]);

    [Fact]
    public void An_inactive_knob_is_absent()
    {
        Assert.Equal("tool=gzip level=5", Conditional.Decode([0, 4, 1]).ToString());
        Assert.Equal("tool=xz level=3", Conditional.Decode([1, 2, 1]).ToString());
        Assert.Equal("tool=xz level=4 extreme=yes", Conditional.Decode([1, 3, 1]).ToString());
    }

    [Fact]
    public void Encoding_a_decoded_point_gives_a_point_that_decodes_to_the_same()
    {
        var space = new SearchSpace(
            [new FloatKnob("a", 0.001, 1000, log: true), new FloatKnob("b", -1, 1, step: 0.1), new IntegerKnob("c", 1, 1000, log: true), new IntegerKnob("d", -5, 5, step: 3), new CategoricalKnob("e", ["x", "y", "z"])]);
        Gen.ULong.Sample(seed =>
        {
            var random = new RandomGenerator(seed);
            var point = new double[5];
            space.Decisions.Sample(random, point);
            var configuration = space.Decode(point);
            var encoded = new double[5];
            return space.TryEncode(configuration, encoded, random)
                && space.Decode(encoded).Zip(configuration).All(p => p.First.Value == p.Second.Value
                    || Math.Abs(p.First.Value.Number / p.Second.Value.Number - 1) < 1e-12);
        });
    }

    [Fact]
    public void Every_step_of_a_grid_is_reached_and_the_end_is_included()
    {
        var knob = new FloatKnob("b", 0, 1, step: 0.1);
        Assert.Equal(11, knob.ToVariables()[0].Cardinality);
        Assert.Equal(1, knob.Decode([10]).Number);
        Assert.True(knob.Contains(KnobValue.Float(0.30000000000000004)));
        Assert.False(knob.Contains(KnobValue.Float(0.35)));
    }

    [Fact]
    public void A_configuration_outside_a_narrowed_space_cannot_be_encoded()
    {
        var wide = new SearchSpace([new FloatKnob("a", 0, 10)]);
        var narrow = new SearchSpace([new FloatKnob("a", 0, 5)]);
        Assert.False(narrow.TryEncode(wide.Decode([7]), new double[1], new RandomGenerator(1)));
    }

    [Fact]
    public void A_new_knob_counts_as_having_had_its_default()
    {
        var old = new SearchSpace([new FloatKnob("a", 0, 1)]);
        var extended = new SearchSpace([new FloatKnob("a", 0, 1), new FloatKnob("b", 0, 1) { Default = KnobValue.Float(0.25) }]);
        var point = new double[2];
        Assert.True(extended.TryEncode(old.Decode([0.5]), point, new RandomGenerator(1)));
        Assert.Equal([0.5, 0.25], point);
    }

    [Fact]
    public void Constraints_between_knobs_hold_for_every_proposal()
    {
        var space = new SearchSpace(
            [new FloatKnob("a", 0, 1), new FloatKnob("b", 0, 1), new FloatKnob("c", 0, 1)],
            [KnobExpression.Parse("a < b"), KnobExpression.Parse("a + b + c <= 1")]);
        foreach (var sampler in Samplers.Names.Where(n => n != "grid"))
        {
            using var study = Study.Create(
                space, TestStudies.TwoObjectives, TestStudies.Options(120, sampler: sampler));
            study.Run(t => [t.Float("a"), t.Float("b")]);
            Assert.All(study.Read(s => s.Trials), t =>
            {
                var (a, b, c) = (t.Configuration["a"].Number, t.Configuration["b"].Number, t.Configuration["c"].Number);
                Assert.True(a < b && a + b + c <= 1, $"{sampler}: {t.Configuration}");
            });
        }
    }

    [Fact]
    public void A_constraint_that_nothing_satisfies_is_an_error_that_says_so()
    {
        var space = new SearchSpace([new FloatKnob("a", 0, 1)], [KnobExpression.Parse("a > 2")]);
        using var study = Study.Create(space, TestStudies.TwoObjectives, TestStudies.Options(5));
        Assert.Contains("satisfies", Assert.ThrowsAny<InvalidOperationException>(() => study.Ask()).Message);
    }

    [Fact]
    public void Identity_of_a_configuration_does_not_depend_on_the_order_of_its_knobs()
    {
        var a = new Configuration([new("x", KnobValue.Float(1)), new("y", KnobValue.Choice("a;b=c"))]);
        var b = new Configuration([new("y", KnobValue.Choice("a;b=c")), new("x", KnobValue.Float(1))]);
        Assert.Equal(a, b);
        Assert.Equal(@"x=1;y=a\;b\=c", a.Key);
        Assert.NotEqual(a, new Configuration([new("x", KnobValue.Float(1)), new("y", KnobValue.Choice("a"))]));
    }

    [Fact]
    public void A_configuration_from_outside_is_checked_against_ranges_conditions_and_constraints()
    {
        Configuration Of(params (string Name, KnobValue Value)[] knobs) => new(knobs.Select(k => new KeyValuePair<string, KnobValue>(k.Name, k.Value)));
        Assert.True(Conditional.Accepts(Of(("tool", KnobValue.Choice("gzip")), ("level", KnobValue.Integer(9))), out _));
        Assert.False(Conditional.Accepts(Of(("tool", KnobValue.Choice("zip")), ("level", KnobValue.Integer(9))), out var problem));
        Assert.Contains("outside its range {gzip, xz}", problem);
        Assert.False(Conditional.Accepts(Of(("tool", KnobValue.Choice("xz")), ("level", KnobValue.Integer(9))), out problem));
        Assert.Contains("'extreme' has no value", problem);
        Assert.False(Conditional.Accepts(Of(("tool", KnobValue.Choice("gzip")), ("level", KnobValue.Integer(9)), ("extreme", KnobValue.Choice("no"))), out problem));
        Assert.Contains("inactive", problem);
        Assert.False(Conditional.Accepts(Of(("tool", KnobValue.Choice("gzip")), ("level", KnobValue.Integer(9)), ("z", KnobValue.Choice("no"))), out problem));
        Assert.Contains("no knob", problem);
    }
}
