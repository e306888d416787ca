using Vilfredo.Decisions;

namespace Vilfredo.Tests.Decisions;

public class ObjectiveNormalizationTests
{
    [Fact]
    public void Ideal_becomes_zero_and_nadir_one()
    {
        var scale = ObjectiveNormalization.FromPoints([1, 30, 5, 10, 3, 20], 2);
        Assert.Equal([1, 10], scale.Ideal.ToArray());
        Assert.Equal([5, 30], scale.Nadir.ToArray());
        Assert.Equal([0, 1, 1, 0, 0.5, 0.5], scale.Normalize([1, 30, 5, 10, 3, 20]));
        Assert.Equal(3, scale.Denormalize(0, 0.5));
        Assert.Equal(20, scale.Range(1));
    }

    [Fact]
    public void A_constant_objective_becomes_zero_and_keeps_its_unit()
    {
        var scale = ObjectiveNormalization.FromPoints([7, 1, 7, 2], 2);
        Assert.True(scale.IsConstant(0));
        Assert.False(scale.IsConstant(1));
        Assert.Equal([0, 0, 0, 1], scale.Normalize([7, 1, 7, 2]));
        Assert.Equal(2, scale.Normalize(0, 9));
    }

    [Fact]
    public void Infinite_values_do_not_set_the_scale()
    {
        var scale = ObjectiveNormalization.FromPoints([1, double.PositiveInfinity, 3, 5], 2);
        Assert.Equal([1, 5], scale.Ideal.ToArray());
        Assert.Equal([3, 5], scale.Nadir.ToArray());
        Assert.Equal(double.PositiveInfinity, scale.Normalize(1, double.PositiveInfinity));
        Assert.Equal([0], ObjectiveNormalization.FromPoints([], 1).Ideal.ToArray());
    }

    [Fact]
    public void Bad_bounds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([], []));
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([2], [1]));
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([double.NegativeInfinity], [1]));
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => ObjectiveNormalization.FromPoints([1, double.NaN], 2));
        Assert.Throws<ArgumentException>(() => new ObjectiveNormalization([0, 0], [1, 1]).Normalize([1, 2, 3]));
    }
}
