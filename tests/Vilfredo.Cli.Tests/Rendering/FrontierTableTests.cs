using Vilfredo.Cli.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Tests.Rendering;

public class FrontierTableTests
{
    [Fact]
    public void Rows_run_along_the_first_objective_with_units_in_the_headers() =>
        Assert.Equal(
        [
            "",
            " trial  size [MiB]  time [s]  level  tool",
            "───────────────────────────────────────────",
            "     3       1.907      8.00      9  xz",
            "   ◆ 2       2.861      1.00      6  gzip",
            "     1       3.815      0.25      1  gzip",
            "",
        ], Screen.Lines(new FrontierTable(Sample.Study()), 80));

    [Fact]
    public void Without_unicode_the_table_is_ascii() =>
        Assert.All(Screen.Render(new FrontierTable(Sample.Study()), 80, unicode: false), character => Assert.True(char.IsAscii(character)));

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void Many_knobs_become_pairs_where_their_columns_do_not_fit(int width)
    {
        var knobs = Enumerable.Range(0, 9).Select(i => new ReportKnob { Name = $"knob{i}", Kind = ReportKnobKind.Integer }).ToArray();
        var study = Sample.Study() with
        {
            Knobs = knobs,
            Points = [Sample.Study().Points[0] with { Knobs = knobs.Skip(1).ToDictionary(knob => knob.Name, knob => ReportKnobValue.Of(1234567)) }],
        };
        var lines = Screen.Lines(new FrontierTable(study), width);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        var words = string.Join(' ', lines).Split(' ');
        Assert.Contains("knob8=1234567", words);
        Assert.DoesNotContain(words, word => word.StartsWith("knob0=", StringComparison.Ordinal)); // not active, so not named
    }

    [Fact]
    public void The_probability_is_shown_when_it_is_known()
    {
        var study = Sample.Study();
        var lines = Screen.Lines(new FrontierTable(study with { Points = [study.Points[0] with { NonDominatedProbability = 0.999 }, study.Points[1]] }), 80);
        Assert.Contains("P(non-dom.)", lines[1], StringComparison.Ordinal);
        Assert.Contains(">99%", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_frontier_is_thinned_evenly_with_its_ends_and_the_knee()
    {
        var study = Sample.WithValues([.. Enumerable.Range(1, 100).Select(i => new double[] { i, 101 - i })]);
        study = study with { Points = [.. study.Points.Select(point => point with { IsKnee = point.Trial == 41 })] };
        var lines = Screen.Lines(new FrontierTable(study) { MaximumRows = 5 }, 80);

        Assert.Equal(["1", "26", "◆ 41", "75", "100"], lines[3..8].Select(line => line[..6].Trim()));
        Assert.Contains("5 of 100 trials on the frontier", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_frontier_says_why() =>
        Assert.Equal(["The frontier is empty: no trial has completed."], Screen.Lines(new FrontierTable(Sample.Study() with { Points = [] }), 80));

    [Fact]
    public void Numbers_with_decimals_of_their_own_stand_point_under_point()
    {
        var lines = Screen.Lines(new FrontierTable(Sample.WithValues([1, 123456], [2, 0.001]) with { Objectives = [Objective.Minimize("a"), Objective.Minimize("b")] }), 80);
        Assert.Contains("123,456    ", lines[3], StringComparison.Ordinal);
        Assert.Contains("      0.001", lines[4], StringComparison.Ordinal);
    }
}
