using System.Buffers.Binary;
using System.Xml.Linq;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class PlotTests
{
    [Fact]
    public void Every_study_is_drawn()
    {
        foreach (var (name, data) in Sample.EdgeCases())
        {
            foreach (var svg in new[] { FrontierPlot.ToSvg(data), HypervolumePlot.ToSvg(data) })
                Assert.True(XDocument.Parse(svg).Root?.Name.LocalName == "svg", name);
            Assert.True(FrontierPlot.ToPng(data).Length > 1000, name);
        }
    }

    [Fact]
    public void A_png_has_the_size_that_was_asked_for_times_its_resolution()
    {
        var png = FrontierPlot.ToPng(Sample.TwoObjectives(), new PlotOptions { Width = 400, Height = 300, Resolution = 2, Dark = true });
        Assert.Equal((800, 600), SizeOf(png));
        Assert.Equal((960, 640), SizeOf(HypervolumePlot.ToPng(Sample.TwoObjectives())));
    }

    [Fact]
    public void An_svg_names_the_axes_with_their_units_and_the_knee()
    {
        var svg = FrontierPlot.ToSvg(Sample.TwoObjectives());
        var texts = XDocument.Parse(svg).Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value.Trim()).ToArray();

        Assert.Contains("Compression", texts);
        Assert.Contains(texts, text => text.StartsWith("size [MiB]", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("time [s]", StringComparison.Ordinal));
        Assert.Contains("knee (trial 2)", texts);
        Assert.Contains("sans-serif\"", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_library_brings_a_font_for_machines_that_have_none(bool bold)
    {
        using var typeface = new PlotFont.Bundled().CreateTypeface(PlotFont.Bundled.FontName, bold, italic: false);
        Assert.Equal("DejaVu Sans", typeface?.FamilyName);
        Assert.Equal(bold, typeface?.IsBold);
        Assert.All("Größe [µs] ←→ ≥ 90%", character => Assert.NotEqual(0, typeface!.GetGlyph(character)));
        Assert.Null(new PlotFont.Bundled().CreateTypeface("Another", bold, italic: false));
    }

    [Fact]
    public void The_same_data_gives_the_same_picture() =>
        Assert.Equal(FrontierPlot.ToSvg(Sample.WithRepeats()), FrontierPlot.ToSvg(Sample.WithRepeats()));

    [Fact]
    public void A_file_is_written_in_the_format_of_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-plot-");
        try
        {
            var svg = Path.Combine(folder.FullName, "a.svg");
            var png = Path.Combine(folder.FullName, "a.PNG");
            FrontierPlot.Save(Sample.TwoObjectives(), svg);
            HypervolumePlot.Save(Sample.TwoObjectives(), png);
            Assert.Contains("<svg", File.ReadAllText(svg), StringComparison.Ordinal);
            Assert.Equal(0x89, File.ReadAllBytes(png)[0]);
            Assert.Throws<ArgumentException>(() => FrontierPlot.Save(Sample.TwoObjectives(), Path.Combine(folder.FullName, "a.pdf")));
            Assert.Equal(2, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_picture_too_small_to_read_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrontierPlot.ToSvg(Sample.TwoObjectives(), new PlotOptions { Width = 10 }));

    // Width and height are the first fields of a PNG's header.
    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    [Fact]
    public void Names_in_a_crowd_choose_free_sides_or_stay_away()
    {
        var alone = NamePlacement.Of([("left", 50, 50), ("right", 490, 50)], 500, 100);
        Assert.Equal([ScottPlot.Alignment.MiddleLeft, ScottPlot.Alignment.MiddleRight], alone);
        // Many marks in one place: at most one name on each side.
        var crowd = NamePlacement.Of([.. Enumerable.Range(0, 9).Select(i => ($"method {i}", 250.0, 50.0))], 500, 100);
        Assert.Equal(crowd.OfType<ScottPlot.Alignment>().Distinct().Count(), crowd.Count(side => side is not null));
        Assert.Equal(4, crowd.Count(side => side is not null));
        // A mark is not written over: the first name goes to the other side.
        Assert.Equal(ScottPlot.Alignment.MiddleRight, NamePlacement.Of([("name", 250, 50), ("b", 270, 50)], 500, 100)[0]);
    }
}
