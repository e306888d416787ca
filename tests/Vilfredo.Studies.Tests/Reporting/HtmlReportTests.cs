using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public partial class HtmlReportTests
{
    private const string Attack = "</script><img src=x onerror=alert(1)>{{data}}<!--\"'&\u2028";

    [Fact]
    public void The_page_loads_nothing()
    {
        var page = Write(Sample.WithRepeats());

        // The only address is the name of SVG's namespace, which browsers do not fetch.
        Assert.Equal(["http://www.w3.org/2000/svg"], Address().Matches(page).Select(match => match.Value).Distinct());
        Assert.DoesNotMatch(@"<(link|iframe|object|embed|base)\b", page);
        Assert.DoesNotMatch(@"<[^>]+\ssrc\s*=", page);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_well_formed()
    {
        foreach (var (_, data) in Sample.EdgeCases())
        {
            var page = Write(data);
            Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
            foreach (var element in new[] { "html", "head", "title", "style", "body", "header", "main", "footer" })
            {
                Assert.Single(Regex.Matches(page, $"<{element}[ >]"));
                Assert.Single(Regex.Matches(page, $"</{element}>"));
            }

            Assert.Equal(2, Regex.Count(page, "<script[ >]"));
            Assert.Equal(2, Regex.Count(page, "</script>"));
            Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hostile_text_stays_data()
    {
        var page = Write(Hostile());

        Assert.Equal(2, Regex.Count(page, "</script>")); // the page's own
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        var data = DataOf(page);
        Assert.Equal(Attack, data.GetProperty("title").GetString());
        Assert.Equal(Attack, data.GetProperty("objectives")[0].GetProperty("name").GetString());
        Assert.Equal(Attack, data.GetProperty("points")[0].GetProperty("output").GetString());
    }

    [Fact]
    public void Numbers_round_trip_to_the_last_bit() =>
        Gen.Double.Where(double.IsFinite).Array[2].Sample(values =>
        {
            var plain = Sample.TwoObjectives();
            var page = Write(plain with { Points = [plain.Points[0] with { Values = values }] });
            var back = DataOf(page).GetProperty("points")[0].GetProperty("values").EnumerateArray().Select(value => value.GetDouble());
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), back.Select(BitConverter.DoubleToInt64Bits));
        }, iter: 30);

    [Fact]
    public void The_data_holds_staircases_in_every_plane()
    {
        var planes = DataOf(Write(Sample.Objectives(3, 30))).GetProperty("staircases").EnumerateArray()
            .Select(plane => (plane.GetProperty("x").GetInt32(), plane.GetProperty("y").GetInt32()));
        Assert.Equal([(0, 1), (0, 2), (1, 2)], planes);
    }

    [Fact]
    public void The_history_is_kept_where_it_changes()
    {
        var history = DataOf(Write(Sample.TwoObjectives())).GetProperty("hypervolume").EnumerateArray().Select(sample => sample[0].GetInt32());
        Assert.Equal([1, 2, 7], history);
    }

    [Fact]
    public void A_knob_that_is_not_set_is_null_in_its_place()
    {
        var knobs = DataOf(Write(Sample.TwoObjectives())).GetProperty("points")[2].GetProperty("knobs");
        Assert.Equal([JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.String], knobs.EnumerateArray().Select(knob => knob.ValueKind));
    }

    [Fact]
    public void Saving_replaces_the_file_as_a_whole_and_leaves_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-report-");
        try
        {
            var path = Path.Combine(folder.FullName, "new", "report.html");
            HtmlReport.Save(Sample.TwoObjectives(), path);
            HtmlReport.Save(Sample.Objectives(3, 5), path);
            Assert.Throws<ArgumentException>(() => HtmlReport.Save(Sample.TwoObjectives() with { Objectives = [] }, path));

            Assert.Contains("<title>3 objectives</title>", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static ReportData Hostile() => new()
    {
        Title = Attack,
        Subtitle = Attack,
        Notes = [new ReportNote(Attack, Attack)],
        Objectives = [Objective.Minimize(Attack, Attack), Objective.Maximize("other")],
        Knobs = [new ReportKnob { Name = Attack, Kind = ReportKnobKind.Categorical, Choices = [Attack] }],
        Points =
        [
            new ReportPoint
            {
                Trial = 1,
                State = ReportPointState.Completed,
                Values = [1, 2],
                IsOnFrontier = true,
                IsKnee = true,
                Knobs = new Dictionary<string, ReportKnobValue> { [Attack] = ReportKnobValue.Of(Attack) },
                Output = Attack,
                Command = Attack,
            },
            new ReportPoint { Trial = 2, State = ReportPointState.Failed, Reason = Attack, Output = Attack },
        ],
    };

    private static string Write(ReportData data)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(data, writer);
        return writer.ToString();
    }

    private static JsonElement DataOf(string page) => JsonDocument.Parse(DataBlock().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("""<script type="application/json" id="report-data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("""(https?:)?//[A-Za-z][\w.-]*\.[a-z]{2,}[^"'\s]*""")]
    private static partial Regex Address();
}
