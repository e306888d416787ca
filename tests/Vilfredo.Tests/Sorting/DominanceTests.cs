using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public class DominanceTests
{
    [Theory]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 3 }, DominanceRelation.Dominates)]
    [InlineData(new double[] { 1, 3 }, new double[] { 1, 2 }, DominanceRelation.DominatedBy)]
    [InlineData(new double[] { 1, 2 }, new double[] { 2, 1 }, DominanceRelation.Incomparable)]
    [InlineData(new double[] { 1, 0.0 }, new double[] { 1, -0.0 }, DominanceRelation.Equal)]
    [InlineData(new double[] { double.NegativeInfinity, 1 }, new double[] { 0, 1 }, DominanceRelation.Dominates)]
    [InlineData(new double[] { double.PositiveInfinity, 1 }, new double[] { double.PositiveInfinity, 1 }, DominanceRelation.Equal)]
    public void Points_compare_by_Pareto_dominance(double[] a, double[] b, DominanceRelation expected) =>
        Assert.Equal(expected, Dominance.Compare(a, b));

    [Fact]
    public void Weak_Pareto_and_strong_dominance_are_nested()
    {
        Assert.True(Dominance.WeaklyDominates([1, 2], [1, 2]));
        Assert.False(Dominance.Dominates([1, 2], [1, 2]));
        Assert.True(Dominance.Dominates([1, 2], [1, 3]));
        Assert.False(Dominance.StronglyDominates([1, 2], [1, 3]));
        Assert.True(Dominance.StronglyDominates([1, 2], [2, 3]));
        Assert.False(Dominance.WeaklyDominates([1, 4], [2, 3]));
    }

    [Fact]
    public void An_epsilon_tolerates_that_much_in_every_objective()
    {
        Assert.True(Dominance.AdditiveEpsilonDominates([1.5, 2], [1, 3], 0.5));
        Assert.False(Dominance.AdditiveEpsilonDominates([1.5, 2], [1, 3], 0.25));
        Assert.True(Dominance.MultiplicativeEpsilonDominates([1.5, 2], [1, 3], 1.5));
        Assert.False(Dominance.MultiplicativeEpsilonDominates([1.5, 2], [1, 3], 1.25));
        Assert.True(Dominance.MultiplicativeEpsilonDominates([1, 2], [1, 2], 1));
    }

    [Fact]
    public void Feasibility_decides_before_violation_and_violation_before_objectives()
    {
        Assert.Equal(DominanceRelation.Dominates, Dominance.CompareConstrained([9, 9], 0, [1, 1], 0.1));
        Assert.Equal(DominanceRelation.DominatedBy, Dominance.CompareConstrained([1, 1], 2, [9, 9], 1));
        Assert.Equal(DominanceRelation.Dominates, Dominance.CompareConstrained([1, 1], 2, [1, 2], 2));
        Assert.Equal(DominanceRelation.Incomparable, Dominance.CompareConstrained([1, 2], 0, [2, 1], 0));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Dominance.Compare([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Dominance.Compare([], []));
        Assert.Throws<ArgumentException>(() => Dominance.Compare([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => Dominance.StronglyDominates([1, 2], [double.NaN, 2]));
        Assert.Throws<ArgumentException>(() => Dominance.AdditiveEpsilonDominates([double.NaN], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dominance.AdditiveEpsilonDominates([1], [1], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dominance.MultiplicativeEpsilonDominates([1], [1], 0));
        Assert.Throws<ArgumentException>(() => Dominance.MultiplicativeEpsilonDominates([0], [1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dominance.CompareConstrained([1], -1, [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dominance.CompareConstrained([1], 0, [1], double.NaN));
    }
}
