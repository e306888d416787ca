using Vilfredo.Indicators;

namespace Vilfredo.Tests.Indicators;

public class EpsilonIndicatorTests
{
    [Fact]
    public void Known_values()
    {
        double[] points = [2, 5, 4, 2], reference = [1, 4, 3, 1];
        Assert.Equal(1, EpsilonIndicator.Additive(points, reference, 2));
        Assert.Equal(2, EpsilonIndicator.Multiplicative(points, reference, 2));
        Assert.Equal(-1, EpsilonIndicator.Additive(reference, points, 2));
        Assert.Equal(0.8, EpsilonIndicator.Multiplicative(reference, points, 2));
        Assert.Equal(0, EpsilonIndicator.Additive(points, points, 2));
        Assert.Equal(1, EpsilonIndicator.Multiplicative(points, points, 2));
    }

    [Fact]
    public void Both_agree_with_the_definitions_on_random_sets()
    {
        foreach (var (points, reference, m) in RandomSets.Pairs(300, seed: 11))
        {
            Assert.Equal(Define((a, r) => a - r), EpsilonIndicator.Additive(points, reference, m));
            Assert.Equal(Define((a, r) => a / r), EpsilonIndicator.Multiplicative(points, reference, m));

            double Define(Func<double, double, double> worse) =>
                reference.Chunk(m).Max(r => points.Chunk(m).Min(a => a.Zip(r, worse).Max()));
        }
    }

    [Fact]
    public void The_shifted_set_weakly_dominates_the_reference_and_no_less_does()
    {
        foreach (var (points, reference, m) in RandomSets.Pairs(50, seed: 12))
        {
            var epsilon = EpsilonIndicator.Additive(points, reference, m);
            Assert.True(Covers(epsilon + 1e-9));
            Assert.False(Covers(epsilon - 1e-9));

            bool Covers(double shift) => reference.Chunk(m).All(r => points.Chunk(m).Any(a => a.Zip(r).All(p => p.First - shift <= p.Second)));
        }
    }

    [Fact]
    public void Empty_sets_infinity_and_bad_input_are_defined()
    {
        Assert.Equal(double.PositiveInfinity, EpsilonIndicator.Additive([], [1, 1], 2));
        Assert.Equal(double.PositiveInfinity, EpsilonIndicator.Multiplicative([], [1, 1], 2));
        Assert.Equal(double.PositiveInfinity, EpsilonIndicator.Additive([double.PositiveInfinity, 0], [1, 1], 2));
        Assert.Equal(0, EpsilonIndicator.Additive([double.PositiveInfinity, 1], [double.PositiveInfinity, 1], 2));
        Assert.Equal(1, EpsilonIndicator.Multiplicative([double.PositiveInfinity, 1], [double.PositiveInfinity, 1], 2));
        Assert.Throws<ArgumentException>(() => EpsilonIndicator.Additive([1, 1], [], 2));
        Assert.Throws<ArgumentException>(() => EpsilonIndicator.Additive([1, 1, 1], [1, 1], 2));
        Assert.Throws<ArgumentException>(() => EpsilonIndicator.Additive([1, double.NaN], [1, 1], 2));
        Assert.Throws<ArgumentException>(() => EpsilonIndicator.Multiplicative([1, 0], [1, 1], 2));
        var error = Assert.Throws<ArgumentException>(() => EpsilonIndicator.Multiplicative([1, 1], [1, -2], 2));
        Assert.Contains("value 1 of point 0 is -2", error.Message, StringComparison.Ordinal);
    }
}
