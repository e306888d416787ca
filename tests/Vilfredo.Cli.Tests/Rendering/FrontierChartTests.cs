using Vilfredo.Cli.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Tests.Rendering;

public class FrontierChartTests
{
    [Fact]
    public void The_plain_chart_looks_like_this()
    {
        var lines = Screen.Lines(new FrontierChart(Sample.Study()) { Height = 8 }, 60, unicode: false);

        Assert.Equal(
        [
            "time [s] smaller is better",
            "  |  o----------------+",
            "  |                   |",
            "  |                   |",
            "5 +                   |",
            "  |                   |",
            "  |                   |                                  .",
            "  |                   #-----------------|",
            "0 +           x                         o-------------------",
            "  +----+-----------------+-----------------+----------------",
            "       2                 3                 4",
            "                                size [MiB] smaller is better",
            "o frontier   # knee (trial 2)   . dominated   x infeasible",
        ], lines);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(200)]
    public void The_chart_fills_the_width_and_never_exceeds_it(int width)
    {
        foreach (var unicode in new[] { true, false })
        {
            var lines = Screen.Render(new FrontierChart(Sample.Study()), width, unicode).TrimEnd('\n').Split('\n');
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
            Assert.Equal(width, lines.Max(line => line.Length));
        }
    }

    [Fact]
    public void Without_unicode_every_character_is_ascii() =>
        Assert.All(Screen.Render(new FrontierChart(Sample.Study()), 80, unicode: false), character => Assert.True(char.IsAscii(character)));

    [Fact]
    public void With_unicode_the_cloud_is_braille_and_the_roles_have_their_marks()
    {
        var text = Screen.Render(new FrontierChart(Sample.Study()), 80);
        Assert.Contains(text, character => character is > '\u2800' and <= '\u28ff');
        Assert.Equal(3, text.Count(character => character == '●')); // two points and the legend; the knee covers the third
        Assert.Equal(2, text.Count(character => character == '◆'));
        Assert.Contains("knee (trial 2)", text, StringComparison.Ordinal);
        Assert.Contains("← smaller is better", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_have_their_own_colours()
    {
        var text = Screen.Render(new FrontierChart(Sample.Study()), 80, color: true);
        Assert.Matches("\u001b\\[[0-9;]*m●", text);
        Assert.Matches("\u001b\\[[0-9;]*m◆", text);
    }

    [Fact]
    public void Larger_is_better_turns_the_staircase_round()
    {
        // A cost against a benefit: the frontier rises to the right, and its line runs on to the right edge at the top.
        var study = Sample.WithValues([1, 10], [2, 20], [3, 30]) with { Objectives = [Objective.Minimize("cost"), Objective.Maximize("gain")] };
        var lines = Screen.Lines(new FrontierChart(study) { Height = 6 }, 60, unicode: false);

        Assert.Contains("larger is better", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("o--", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("   |  o--", lines[6], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_range_gets_decades_for_ticks()
    {
        var lines = Screen.Lines(new FrontierChart(Sample.WithValues([1, 1000], [2, 10], [3, 0.1])), 80);
        Assert.Equal(["1000", "100", "10", "1", "0.1"], lines.Skip(1).Take(18).Where(line => line.Contains('┤')).Select(line => line.Split('┤')[0].Trim()));
    }

    [Fact]
    public void Degenerate_studies_are_drawn()
    {
        var study = Sample.Study();
        Assert.Equal(["No trial has completed yet."], Screen.Lines(new FrontierChart(study with { Points = [] }), 60));
        Assert.Equal(["No trial has completed yet."], Screen.Lines(new FrontierChart(study with { Points = [study.Points[5]] }), 60));
        Assert.Contains(Screen.Lines(new FrontierChart(Sample.WithValues([5, 5])), 60), line => line.Contains('●'));
        Assert.Contains(Screen.Lines(new FrontierChart(Sample.WithValues([0, 0], [0, 0])), 60), line => line.Contains('●'));
        Assert.Contains(Screen.Lines(new FrontierChart(Sample.WithValues([1e300, -1e300], [-1e300, 1e300])), 60), line => line.Contains('●'));
        Assert.NotEmpty(Screen.Lines(new FrontierChart(study) { Height = 1 }, 10));
    }

    [Fact]
    public void Names_cannot_send_control_sequences()
    {
        var study = Sample.WithValues([1, 2]) with { Objectives = [Objective.Minimize("si\u001b[2Jze\u0007"), Objective.Minimize("ti\nme")] };
        var text = Screen.Render(new FrontierChart(study), 80) + Screen.Render(new FrontierTable(study), 80);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u0007', text);
        Assert.Contains("ti me", text, StringComparison.Ordinal);
    }
}
