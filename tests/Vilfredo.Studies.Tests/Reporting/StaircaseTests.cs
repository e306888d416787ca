using CsCheck;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class StaircaseTests
{
    private static readonly PlanePoint[] Square = [new(1, 1), new(1, 3), new(3, 1), new(3, 3), new(2, 2)];

    [Fact]
    public void Each_pair_of_directions_has_its_own_best_corner()
    {
        Assert.Equal([new(1, 1)], Staircase.Corners(Square, Direction.Minimize, Direction.Minimize));
        Assert.Equal([new(1, 3)], Staircase.Corners(Square, Direction.Minimize, Direction.Maximize));
        Assert.Equal([new(3, 1)], Staircase.Corners(Square, Direction.Maximize, Direction.Minimize));
        Assert.Equal([new(3, 3)], Staircase.Corners(Square, Direction.Maximize, Direction.Maximize));
    }

    [Fact]
    public void Minimised_points_step_down_to_the_right()
    {
        var corners = Staircase.Corners([new(3, 1), new(1, 3), new(2, 2), new(2, 2), new(3, 3)], Direction.Minimize, Direction.Minimize);

        Assert.Equal([new(1, 3), new(2, 2), new(3, 1)], corners);
        Assert.Equal(
            [new(1, 9), new(1, 3), new(2, 3), new(2, 2), new(3, 2), new(3, 1), new(9, 1)],
            Staircase.Path(corners, worstX: 9, worstY: 9));
    }

    [Fact]
    public void Maximised_points_step_down_to_the_left_of_the_ideal()
    {
        var corners = Staircase.Corners([new(1, 3), new(2, 2), new(3, 1), new(1, 1)], Direction.Maximize, Direction.Maximize);

        Assert.Equal([new(3, 1), new(2, 2), new(1, 3)], corners);
        Assert.Equal(
            [new(3, 0), new(3, 1), new(2, 1), new(2, 2), new(1, 2), new(1, 3), new(0, 3)],
            Staircase.Path(corners, worstX: 0, worstY: 0));
    }

    [Fact]
    public void A_cost_against_a_benefit_rises_to_the_right()
    {
        var corners = Staircase.Corners([new(1, 10), new(2, 20), new(3, 15)], Direction.Minimize, Direction.Maximize);

        Assert.Equal([new(1, 10), new(2, 20)], corners);
        Assert.Equal([new(1, 0), new(1, 10), new(2, 10), new(2, 20), new(5, 20)], Staircase.Path(corners, worstX: 5, worstY: 0));
    }

    [Fact]
    public void Elbows_among_the_points_change_nothing()
    {
        PlanePoint[] points = [new(1, 3), new(2, 2), new(3, 1)];
        PlanePoint[] withElbows = [.. points, new(2, 3), new(3, 2)];
        Assert.Equal(
            Staircase.Corners(points, Direction.Minimize, Direction.Minimize),
            Staircase.Corners(withElbows, Direction.Minimize, Direction.Minimize));
    }

    [Fact]
    public void No_points_give_no_line() =>
        Assert.Empty(Staircase.Path(Staircase.Corners([], Direction.Minimize, Direction.Minimize), 1, 1));

    [Fact]
    public void Corners_are_exactly_the_points_that_nothing_dominates() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]).Array[0, 30].Select(Gen.Enum<Direction>(), Gen.Enum<Direction>())
            .Sample((pairs, x, y) =>
            {
                var points = pairs.Select(pair => new PlanePoint(pair.Item1, pair.Item2)).ToArray();
                bool Dominates(PlanePoint a, PlanePoint b)
                {
                    var noWorse = (x == Direction.Minimize ? a.X <= b.X : a.X >= b.X) && (y == Direction.Minimize ? a.Y <= b.Y : a.Y >= b.Y);
                    return noWorse && a != b;
                }

                var expected = points.Distinct().Where(point => !points.Any(other => Dominates(other, point))).ToHashSet();
                Assert.True(expected.SetEquals(Staircase.Corners(points, x, y)));
            });
}
