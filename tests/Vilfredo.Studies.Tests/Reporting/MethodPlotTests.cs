using ScottPlot;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class MethodPlotTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 1, 2, 3 }, new[] { 3, 3 })] // two settings
    [InlineData(new[] { 1.0, 2, 1.8, 3 }, new[] { 4 })] // a small step back is part of the curve
    [InlineData(new[] { 3.0, 2, 1 }, new[] { 3 })] // a curve that goes back all the way
    [InlineData(new[] { 1.0, 3, 1 }, new[] { 2 })] // a setting with a single point has no line
    [InlineData(new[] { 1.0, 1 }, new[] { 2 })]
    [InlineData(new[] { 1.0 }, new int[0])]
    public void A_way_back_to_the_start_of_the_axis_is_no_part_of_a_curve(double[] across, int[] lengths) =>
        Assert.Equal(lengths, MethodPlot.Lines([.. across.Select(x => new Coordinates(x, 0))]).Select(line => line.Length));
}
