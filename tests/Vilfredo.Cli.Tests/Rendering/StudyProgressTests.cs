using Vilfredo.Cli.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Tests.Rendering;

public class StudyProgressTests
{
    private static readonly StudyProgress HalfWay = new()
    {
        Ended = 100,
        TrialBudget = 200,
        Elapsed = TimeSpan.FromSeconds(50),
        OnFrontier = 12,
        Hypervolume = 0.812345678,
        Failed = 3,
        Running = 2,
    };

    [Fact]
    public void Rate_and_time_left_follow_from_the_counts()
    {
        Assert.Equal(2, HalfWay.Rate);
        Assert.Equal(TimeSpan.FromSeconds(50), HalfWay.Remaining);
        Assert.Equal(0.5, HalfWay.Fraction);
    }

    [Fact]
    public void Trials_of_an_earlier_run_count_as_done_but_not_for_the_rate()
    {
        var resumed = HalfWay with { EndedBefore = 50 };
        Assert.Equal(1, resumed.Rate);
        Assert.Equal(0.5, resumed.Fraction);
        Assert.Equal(TimeSpan.FromSeconds(100), resumed.Remaining);
    }

    [Fact]
    public void The_budget_that_ends_first_decides()
    {
        var both = HalfWay with { TimeBudget = TimeSpan.FromSeconds(60) };
        Assert.Equal(TimeSpan.FromSeconds(10), both.Remaining);
        Assert.Equal(50.0 / 60, both.Fraction);
        Assert.Equal(TimeSpan.Zero, (both with { Elapsed = TimeSpan.FromSeconds(61) }).Remaining);
    }

    [Fact]
    public void Before_the_first_trial_nothing_is_promised()
    {
        var start = new StudyProgress { Ended = 0, TrialBudget = 10 };
        Assert.Null(start.Rate);
        Assert.Null(start.Remaining);
        Assert.Equal("0/10 trials, 0 on the frontier", StudyProgressView.PlainLine(start));
        Assert.Null(new StudyProgress { Ended = 5 }.Fraction);
    }

    [Fact]
    public void The_plain_line_says_everything() =>
        Assert.Equal(
            "100/200 trials, 2/s, 0:50 left, 12 on the frontier, hypervolume 0.81235, 2 running, 3 failed",
            StudyProgressView.PlainLine(HalfWay));

    [Fact]
    public void Slow_studies_count_by_the_minute() =>
        Assert.Contains("3/min", StudyProgressView.PlainLine(HalfWay with { Ended = 3, Elapsed = TimeSpan.FromSeconds(60) }), StringComparison.Ordinal);

    [Fact]
    public void The_bar_is_as_long_as_the_work_done()
    {
        var lines = Screen.Lines(new StudyProgressView(HalfWay), 120, unicode: false);
        Assert.Equal(new string('#', 20) + new string('.', 20) + "  50%  100/200 trials  2/s  0:50 left", lines[0]);
        Assert.Equal("12 on the frontier   hypervolume 0.81235   2 running   3 failed", lines[1]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(120)]
    public void The_view_keeps_to_its_width_with_a_plot_or_without(int width)
    {
        foreach (var picture in new[] { null, FrontierProjection.Of(Sample.Study()), FrontierProjection.Of(Sample.Study() with { Points = [] }) })
        {
            var lines = Screen.Render(new StudyProgressView(HalfWay, picture), width).TrimEnd('\n').Split('\n');
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
        }
    }

    [Fact]
    public void An_overrun_budget_stays_at_one_hundred_percent()
    {
        Assert.Equal(1, (HalfWay with { Ended = 250 }).Fraction);
        Assert.Contains("100%", Screen.Render(new StudyProgressView(HalfWay with { Ended = 250 }), 120), StringComparison.Ordinal);
    }
}
