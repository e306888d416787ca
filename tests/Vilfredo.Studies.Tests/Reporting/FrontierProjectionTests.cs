using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class FrontierProjectionTests
{
    [Fact]
    public void Points_are_split_by_role()
    {
        var view = FrontierProjection.Of(Sample.TwoObjectives());

        Assert.Equal(3, view.Frontier.Count);
        Assert.Equal([new(5e6, 2)], view.Dominated);
        Assert.Equal([new(2.5e6, 0.5)], view.Infeasible);
        Assert.Equal((new PlanePoint(3e6, 1), 2), (view.Knee, view.KneeTrial));
        Assert.Equal([new(2e6, 8), new(3e6, 1), new(4e6, 0.25)], view.Corners);
    }

    [Fact]
    public void Swapping_the_axes_mirrors_the_staircase()
    {
        var data = Sample.Objectives(3, 60);
        var one = FrontierProjection.Of(data, 0, 1).Corners;
        var other = FrontierProjection.Of(data, 1, 0).Corners;
        Assert.Equal(one, other.Reverse().Select(point => new PlanePoint(point.Y, point.X)));
    }

    [Fact]
    public void The_staircase_reaches_the_worst_edges_of_the_axes()
    {
        var data = Sample.Objectives(2, 60); // minimised across, maximised up
        var view = FrontierProjection.Of(data);
        var (x, y) = (view.ScaleX(), view.ScaleY());
        var path = view.StaircasePath(x, y);
        Assert.Equal(y.Minimum, path[0].Y);
        Assert.Equal(x.Maximum, path[^1].X);
    }

    [Fact]
    public void A_single_objective_is_seen_over_the_trials()
    {
        var view = FrontierProjection.Of(Sample.Objectives(1, 4));
        Assert.Equal("trial", view.X.Name);
        Assert.Equal(3, view.Knee?.X);
        Assert.Empty(view.Corners);
    }

    [Fact]
    public void An_objective_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrontierProjection.Of(Sample.TwoObjectives(), 0, 2));

    [Fact]
    public void Repeats_spread_from_their_smallest_to_their_largest_values()
    {
        var spread = FrontierProjection.Of(Sample.WithRepeats()).Spreads[1];
        Assert.Equal(new PlanePoint(3e6, 1), spread.Center);
        Assert.Equal(new PlanePoint(3e6, 0.9), spread.Low);
        Assert.Equal(new PlanePoint(3e6 * 1.1, 1), spread.High);
    }
}
