using ScottPlot;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class LegendCornerTests
{
    private static Alignment CornerOf(params PlanePoint[] points)
    {
        var look = new PlotOptions();
        PlanePoint[] frame = [new(0, 0.5), new(1, 0.5), new(0.5, 0), new(0.5, 1)];
        var across = AxisScale.Fit(points.Concat(frame).Select(point => point.X), "", false);
        var up = AxisScale.Fit(points.Concat(frame).Select(point => point.Y), "", false);
        return LegendCorner.Of([.. points.Select((point, i) => new MethodSeries($"method {i}", [point]))], across, up, Alignment.LowerRight, look);
    }

    [Fact]
    public void A_legend_stays_where_both_objectives_are_worst_when_nothing_is_there() =>
        Assert.Equal(Alignment.LowerRight, CornerOf(new(0, 1), new(0.5, 0.5)));

    [Fact]
    public void It_moves_to_a_corner_without_points() =>
        Assert.Equal(Alignment.LowerLeft, CornerOf(new(1, 0), new(0, 1), new(1, 1)));

    [Fact]
    public void Of_corners_without_points_it_takes_one_without_lines()
    {
        // A line from corner to corner crosses the lower right and the upper left; the ends are not in the boxes of the other two.
        MethodSeries line = new("diagonal", [new(0.35, 0.72), new(0.99, 0.01)]);
        var (across, up) = (AxisScale.Fit([0, 1], "", false), AxisScale.Fit([0, 1], "", false));
        Assert.Equal(Alignment.UpperRight, LegendCorner.Of([line], across, up, Alignment.LowerRight, new PlotOptions()));
    }
}
