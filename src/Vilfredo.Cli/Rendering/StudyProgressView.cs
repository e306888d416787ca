using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>
/// The live view of a running study: a bar with trials, rate and time left, a line with the frontier, the hypervolume and
/// what went wrong, and the growing frontier below. Where output is redirected, <see cref="PlainLine"/> is written instead.
/// </summary>
public sealed class StudyProgressView : Renderable
{
    private readonly StudyProgress progress;
    private readonly FrontierProjection? picture;

    /// <summary>Makes the view of one moment.</summary>
    /// <param name="progress">The numbers.</param>
    /// <param name="picture">The frontier so far; <see langword="null"/> for no plot.</param>
    public StudyProgressView(StudyProgress progress, FrontierProjection? picture = null)
    {
        ArgumentNullException.ThrowIfNull(progress);
        this.progress = progress;
        this.picture = picture;
    }

    /// <summary>Rows of the plot.</summary>
    public int PlotHeight { get; init; } = 14;

    /// <summary>The moment as one line of plain text, for logs and redirected output.</summary>
    public static string PlainLine(StudyProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return string.Join(", ", [.. Counts(progress), .. Findings(progress).Select(finding => finding.Text)]);
    }

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(20, maxWidth), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var lines = new List<Segment>();
        AddLine(lines, BarLine(options.Unicode, maxWidth), maxWidth);
        AddLine(lines, FindingsLine(), maxWidth);
        if (picture is not null)
        {
            lines.Add(Segment.LineBreak);
            lines.AddRange(((IRenderable)new FrontierChart(picture) { Height = PlotHeight }).Render(options, maxWidth));
        }

        return lines;
    }

    private static void AddLine(List<Segment> lines, IEnumerable<Segment> line, int width)
    {
        lines.AddRange(Segment.Truncate(line, width));
        lines.Add(Segment.LineBreak);
    }

    private List<Segment> BarLine(bool unicode, int width)
    {
        var counts = string.Join("  ", Counts(progress));
        if (progress.Fraction is not { } fraction)
            return [new Segment(counts)];
        return ProgressLine.Of(fraction, counts, width, unicode);
    }

    private IEnumerable<Segment> FindingsLine()
    {
        var gap = "";
        foreach (var (text, isTrouble) in Findings(progress))
        {
            yield return new Segment(gap);
            yield return new Segment(text, isTrouble ? Palette.Trouble : Style.Plain);
            gap = "   ";
        }
    }

    private static IEnumerable<string> Counts(StudyProgress progress)
    {
        yield return progress.TrialBudget is { } budget ? $"{progress.Ended}/{budget} trials" : $"{progress.Ended} trials";
        if (progress.Rate is { } rate)
            yield return rate >= 1 || rate == 0 ? $"{QuantityFormat.Significant(rate, 3)}/s" : $"{QuantityFormat.Significant(rate * 60, 3)}/min";
        if (progress.Remaining is { } remaining)
            yield return $"{ProgressLine.Duration(remaining)} left";
    }

    private static IEnumerable<(string Text, bool IsTrouble)> Findings(StudyProgress progress)
    {
        yield return ($"{progress.OnFrontier} on the frontier", false);
        if (progress.Hypervolume is { } hypervolume)
            yield return ($"hypervolume {QuantityFormat.Significant(hypervolume, 5)}", false);
        if (progress.Running > 0)
            yield return ($"{progress.Running} running", false);
        if (progress.Infeasible > 0)
            yield return ($"{progress.Infeasible} infeasible", false);
        if (progress.Pruned > 0)
            yield return ($"{progress.Pruned} pruned", false);
        if (progress.Failed > 0)
            yield return ($"{progress.Failed} failed", true);
        if (progress.TimedOut > 0)
            yield return ($"{progress.TimedOut} timed out", true);
    }
}
