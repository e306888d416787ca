namespace Vilfredo.Optimization.Tests.Variables;

public class DecisionSpaceTests
{
    private static readonly DecisionSpace Mixed = new(
        [Variable.Real("r", -1, 3), Variable.Integer("i", -2, 2), Variable.Categorical("c", 3), Variable.Binary("b"), Variable.Real("fixed", 7, 7)]);

    [Fact]
    public void Uniform_points_are_inside_and_cover_integers_and_categories_evenly()
    {
        var random = new RandomGenerator(1);
        var integers = new int[5];
        var categories = new int[3];
        var point = new double[5];
        for (var i = 0; i < 30_000; i++)
        {
            Mixed.Sample(random, point);
            Assert.True(Mixed.Contains(point));
            integers[(int)point[1] + 2]++;
            categories[(int)point[2]]++;
        }

        Assert.All(integers, n => Assert.InRange(n, 5_600, 6_400));
        Assert.All(categories, n => Assert.InRange(n, 9_500, 10_500));
    }

    [Fact]
    public void The_corners_of_the_unit_cube_are_the_bounds()
    {
        var point = new double[5];
        Mixed.FromUnit([0, 0, 0, 0, 0], point);
        Assert.Equal([-1, -2, 0, 0, 7], point);
        Mixed.FromUnit([1, 1, 1, 1, 1], point);
        Assert.Equal([3, 2, 2, 1, 7], point);
    }

    [Fact]
    public void Clamping_rounds_whole_numbers_and_moves_values_to_the_bounds()
    {
        double[] point = [4, 1.4, -3, 0.5, 0, /* second point */ -9, -7, 9, 0.49, 8];
        Mixed.Clamp(point);
        Assert.Equal([3, 1, 0, 1, 7, -1, -2, 2, 0, 7], point);
    }

    [Theory]
    [InlineData(0, 3.5, "'r' of point 1 is 3.5")]
    [InlineData(1, 0.5, "whole number in [-2, 2]")]
    [InlineData(2, 3, "'c' of point 1 is 3")]
    [InlineData(0, double.NaN, "'r' of point 1 is NaN")]
    public void A_value_its_variable_cannot_take_is_refused_and_located(int variable, double value, string message)
    {
        double[] points = [0, 0, 0, 0, 7, 0, 0, 0, 0, 7];
        Assert.Equal(2, Mixed.Validate(points));
        points[5 + variable] = value;
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Mixed.Validate(points)).Message);
        Assert.False(Mixed.Contains(points.AsSpan(5)));
    }

    [Fact]
    public void Wide_spaces_are_checked_in_every_position()
    {
        var space = DecisionSpace.Continuous(11, 0, 1);
        for (var j = 0; j < 11; j++)
        {
            var point = new double[11];
            Assert.True(space.Contains(point));
            point[j] = -0.1;
            Assert.False(space.Contains(point));
            point[j] = double.NaN;
            Assert.False(space.Contains(point));
        }
    }

    [Fact]
    public void Bad_variables_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Variable.Real("x", 1, 0));
        Assert.Throws<ArgumentException>(() => Variable.Real("x", 0, double.NaN));
        Assert.Throws<ArgumentException>(() => Variable.Real("x", double.MinValue, double.MaxValue));
        Assert.Throws<ArgumentException>(() => Variable.Integer("x", 0, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Variable.Categorical("x", 0));
        Assert.Throws<ArgumentException>(() => Variable.Real(" ", 0, 1));
        Assert.Throws<ArgumentException>(() => new DecisionSpace([]));
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => new DecisionSpace([Variable.Binary("x"), Variable.Binary("x")])).Message);
        Assert.Throws<ArgumentException>(() => DecisionSpace.Continuous(0, 0, 1));
    }

    [Fact]
    public void Binary_is_categorical_with_two_categories()
    {
        Assert.True(Variable.Binary("b").IsBinary);
        Assert.Equal(Variable.Categorical("b", 2), Variable.Binary("b"));
        Assert.Equal(2, Variable.Binary("b").Cardinality);
        Assert.Null(Variable.Real("r", 0, 1).Cardinality);
        Assert.Equal(1, Variable.Real("r", 1, 1).Cardinality);
    }
}
