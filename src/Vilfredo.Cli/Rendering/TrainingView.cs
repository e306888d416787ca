using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Neural.Training;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>The live view of a training: a bar with steps, rate and time left, a line with the losses, and the curve below. Where output is redirected, <see cref="PlainLine"/> is written instead.</summary>
/// <param name="progress">The moment.</param>
internal sealed class TrainingView(TrainingProgress progress) : Renderable
{
    /// <summary>The moment as one line of plain text.</summary>
    public static string PlainLine(TrainingProgress progress) => string.Join(", ", [.. Counts(progress), .. Findings(progress)]);

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(20, maxWidth), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bar = ProgressLine.Of((double)progress.Step / progress.Steps, string.Join("  ", Counts(progress)), maxWidth, options.Unicode);
        return
        [
            .. Segment.Truncate(bar, maxWidth), Segment.LineBreak,
            .. Segment.Truncate([new Segment(string.Join("   ", Findings(progress)), Style.Plain)], maxWidth), Segment.LineBreak, Segment.LineBreak,
            .. ((IRenderable)new LossChart(progress.Records, progress.Steps)).Render(options, maxWidth),
        ];
    }

    private static IEnumerable<string> Counts(TrainingProgress progress)
    {
        yield return $"{progress.Step}/{progress.Steps} steps";
        if (progress.TokensPerSecond > 0)
            yield return $"{QuantityFormat.Significant(progress.TokensPerSecond, 3)} tokens/s";
        if (progress.Remaining is { } remaining)
            yield return $"{ProgressLine.Duration(remaining)} left";
    }

    private static IEnumerable<string> Findings(TrainingProgress progress)
    {
        if (progress.Records is not [.., var last])
            yield break;
        if (last.Loss is { } loss)
            yield return $"loss {QuantityFormat.Significant(loss, 4)}";
        if (progress.Records.LastOrDefault(record => record.Evaluation is not null)?.Evaluation is { } evaluation)
        {
            foreach (var (name, value) in evaluation)
                yield return $"{name} {QuantityFormat.Significant(value, 4)}";
        }

        if (last.GradientNorm is { } norm)
            yield return $"gradient {QuantityFormat.Significant(norm, 3)}";
        if (last.Skipped > 0)
            yield return $"{last.Skipped} steps skipped";
    }
}
