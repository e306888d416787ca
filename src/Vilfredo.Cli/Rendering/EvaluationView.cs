using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>The live view of an evaluation: a bar with answers, rate and time left, and a line with what was right, what was spent and what was given up. Where output is redirected, <see cref="PlainLine"/> is written instead.</summary>
/// <param name="progress">The moment.</param>
internal sealed class EvaluationView(EvaluationProgress progress) : Renderable
{
    /// <summary>The moment as one line of plain text.</summary>
    public static string PlainLine(EvaluationProgress progress) => string.Join(", ", [.. Counts(progress), .. Findings(progress).Select(finding => finding.Text)]);

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(20, maxWidth), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var fraction = progress.Planned > 0 ? Math.Clamp((double)progress.Answers / progress.Planned, 0, 1) : 0;
        var findings = Findings(progress).SelectMany((finding, i) => (Segment[])[new(i > 0 ? "   " : ""), new(finding.Text, finding.IsTrouble ? Palette.Trouble : Style.Plain)]);
        return
        [
            .. Segment.Truncate(ProgressLine.Of(fraction, string.Join("  ", Counts(progress)), maxWidth, options.Unicode), maxWidth), Segment.LineBreak,
            .. Segment.Truncate(findings, maxWidth), Segment.LineBreak,
        ];
    }

    private static IEnumerable<string> Counts(EvaluationProgress progress)
    {
        yield return $"{progress.Answers}/{progress.Planned} answers";
        var asked = progress.Answers - progress.Recorded;
        if (asked <= 0 || progress.Elapsed <= TimeSpan.Zero)
            yield break;
        var rate = asked / progress.Elapsed.TotalSeconds;
        yield return rate >= 1 ? $"{QuantityFormat.Significant(rate, 3)}/s" : $"{QuantityFormat.Significant(rate * 60, 3)}/min";
        yield return $"{ProgressLine.Duration(TimeSpan.FromSeconds(Math.Max(0, progress.Planned - progress.Answers) / rate))} left";
    }

    private static IEnumerable<(string Text, bool IsTrouble)> Findings(EvaluationProgress progress)
    {
        if (progress.Answers > 0)
            yield return ($"{QuantityFormat.Significant(100.0 * progress.Correct / progress.Answers, 3)}% right", false);
        yield return ($"{progress.Calls} calls, {progress.Tokens} tokens{(progress.Spent is { } spent ? $", {spent}" : "")}", false);
        if (progress.Recorded > 0)
            yield return ($"{progress.Recorded} answers recorded before", false);
        if (progress.GivenUp > 0)
            yield return ($"{progress.GivenUp} of {progress.Points + progress.GivenUp} points given up", false);
        if (progress.Failed > 0)
            yield return ($"{progress.Failed} failed", true);
    }
}
