using Vilfredo.ReferenceDirections;

namespace Vilfredo.Tests.ReferenceDirections;

public class DasDennisDirectionsTests
{
    [Fact]
    public void Three_objectives_and_two_divisions_give_six_directions()
    {
        Assert.Equal(
            [0, 0, 1, 0, 0.5, 0.5, 0, 1, 0, 0.5, 0, 0.5, 0.5, 0.5, 0, 1, 0, 0],
            DasDennisDirections.Create(3, 2));
    }

    [Theory]
    [InlineData(1, 5, 1)]
    [InlineData(2, 99, 100)]
    [InlineData(3, 12, 91)]
    [InlineData(5, 6, 210)]
    [InlineData(8, 3, 120)]
    [InlineData(10, 3, 220)]
    public void The_count_is_the_binomial_and_directions_are_distinct_points_of_the_simplex(int objectives, int divisions, long count)
    {
        Assert.Equal(count, DasDennisDirections.Count(objectives, divisions));
        var rows = DasDennisDirections.Create(objectives, divisions).Chunk(objectives).ToArray();
        Assert.Equal(count, rows.Length);
        Assert.Equal(count, rows.Select(r => string.Join(' ', r)).Distinct().Count());
        Assert.All(rows, r => Assert.Equal(1, r.Sum(), 1e-14));
        Assert.All(rows, r => Assert.All(r, x => Assert.InRange(x, 0, 1)));
        Assert.All(rows, r => Assert.All(r, x => Assert.Equal(Math.Round(x * divisions), x * divisions, 1e-12)));
    }

    [Fact]
    public void Two_layers_are_the_lattice_and_a_shrunk_one()
    {
        var directions = DasDennisDirections.TwoLayers(8, 3, 2);
        Assert.Equal(156, directions.Length / 8);
        Assert.Equal(DasDennisDirections.Create(8, 3), directions[..(120 * 8)]);
        foreach (var row in directions[(120 * 8)..].Chunk(8))
        {
            Assert.Equal(1, row.Sum(), 1e-14);
            Assert.All(row, x => Assert.InRange(x, 0.5 / 8, 1));
        }

        Assert.Equal(DasDennisDirections.Create(3, 4), DasDennisDirections.TwoLayers(3, 4, 0));
    }

    [Fact]
    public void The_divisions_for_a_count_are_the_most_that_fit()
    {
        Assert.Equal(12, DasDennisDirections.DivisionsFor(3, 91));
        Assert.Equal(11, DasDennisDirections.DivisionsFor(3, 90));
        Assert.Equal(0, DasDennisDirections.DivisionsFor(5, 4));
        Assert.Equal(1, DasDennisDirections.DivisionsFor(5, 5));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DasDennisDirections.Create(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DasDennisDirections.Create(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DasDennisDirections.TwoLayers(3, 3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DasDennisDirections.TwoLayers(3, 3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DasDennisDirections.DivisionsFor(1, 10));
        Assert.Throws<OverflowException>(() => DasDennisDirections.Create(30, 30));
        Assert.Throws<OverflowException>(() => DasDennisDirections.Count(100, 100));
    }
}
