namespace Vilfredo.Studies.Tests.Space;

public class KnobExpressionTests
{
    private static object? ValueOf(string name) => name switch { "a" => 0.5, "b" => 0.75, "tool" => "xz", _ => null };

    [Theory]
    [InlineData("a < b", true)]
    [InlineData("a + b <= 1", false)]
    [InlineData("tool == 'xz' and a < 1", true)]
    [InlineData("tool in ('gzip', 'bzip2')", false)]
    [InlineData("not (a > b)", true)]
    [InlineData("missing > 0", false)]
    public void Formulas_are_true_or_false(string text, bool expected) => Assert.Equal(expected, KnobExpression.Parse(text).IsTrue(ValueOf));

    [Theory]
    [InlineData("a + b <= 1", 0.25)]
    [InlineData("a >= b", 0.25)]
    [InlineData("a < b", 0)]
    [InlineData("tool == 'gzip'", 1)]
    [InlineData("a > 1 or b > 1", 1)]
    public void A_violation_is_the_distance_between_both_sides_of_a_single_comparison(string text, double expected) =>
        Assert.Equal(expected, KnobExpression.Parse(text).Violation(ValueOf), 12);

    [Fact]
    public void A_strict_comparison_violated_by_equality_is_violated() => Assert.True(KnobExpression.Parse("a < 0.5").Violation(ValueOf) > 0);

    [Theory]
    [InlineData("a <")]
    [InlineData("a b")]
    [InlineData("(a")]
    public void Text_that_is_no_formula_is_refused(string text) => Assert.Throws<FormatException>(() => KnobExpression.Parse(text));

    [Theory]
    [InlineData("a + b")]
    [InlineData("foo(a) < 1")]
    public void A_formula_that_gives_no_truth_is_an_error_when_it_is_used(string text) =>
        Assert.Throws<FormatException>(() => KnobExpression.Parse(text).IsTrue(ValueOf));
}
