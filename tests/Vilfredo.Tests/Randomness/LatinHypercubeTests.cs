namespace Vilfredo.Tests.Randomness;

public class LatinHypercubeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(100, 10)]
    public void Every_interval_of_every_axis_holds_one_point(int count, int dimension)
    {
        var points = LatinHypercube.Sample(count, dimension, new RandomGenerator(1));
        Assert.Equal(count * dimension, points.Length);
        for (var axis = 0; axis < dimension; axis++)
        {
            var intervals = Enumerable.Range(0, count).Select(i => (int)(points[i * dimension + axis] * count));
            Assert.Equal(Enumerable.Range(0, count), intervals.Order());
        }
    }

    [Fact]
    public void Centered_points_are_the_middles_of_the_intervals()
    {
        var points = LatinHypercube.Sample(4, 1, new RandomGenerator(1), centered: true);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], points.Order());
    }

    [Fact]
    public void A_seed_gives_the_same_sample()
    {
        Assert.Equal(LatinHypercube.Sample(9, 3, new RandomGenerator(8)), LatinHypercube.Sample(9, 3, new RandomGenerator(8)));
        Assert.NotEqual(LatinHypercube.Sample(9, 3, new RandomGenerator(8)), LatinHypercube.Sample(9, 3, new RandomGenerator(9)));
    }

    [Fact]
    public void Means_are_more_precise_than_those_of_random_points()
    {
        // The mean of a sum of the coordinates: stratification removes nearly all of its variance.
        double stratified = 0, random = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            stratified += Math.Pow(LatinHypercube.Sample(50, 4, new RandomGenerator(seed)).Average() - 0.5, 2);
            random += Math.Pow(Discrepancy.RandomPoints(4, 50, new RandomGenerator(seed)).Average() - 0.5, 2);
        }

        Assert.True(stratified < 0.01 * random);
    }

    [Fact]
    public void Bad_arguments_are_refused_and_no_points_are_no_points()
    {
        Assert.Empty(LatinHypercube.Sample(0, 2, new RandomGenerator(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatinHypercube.Sample(-1, 2, new RandomGenerator(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatinHypercube.Sample(1, 0, new RandomGenerator(1)));
        Assert.Throws<ArgumentNullException>(() => LatinHypercube.Sample(1, 1, null!));
    }
}
