using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Tests.Rendering;

/// <summary>A small study: trials 1 to 3 are the frontier, 4 is dominated, 5 infeasible, 6 failed.</summary>
internal static class Sample
{
    internal static ReportData Study() => new()
    {
        Title = "Compression",
        Objectives = [Objective.Minimize("size", "bytes"), Objective.Minimize("time", "s")],
        Knobs = [new ReportKnob { Name = "level", Kind = ReportKnobKind.Integer }, new ReportKnob { Name = "tool", Kind = ReportKnobKind.Categorical }],
        Points =
        [
            Point(1, 4e6, 0.25, 1, "gzip", frontier: true),
            Point(2, 3e6, 1.0, 6, "gzip", frontier: true) with { IsKnee = true },
            Point(3, 2e6, 8.0, 9, "xz", frontier: true),
            Point(4, 5e6, 2.0, 2, "gzip", frontier: false),
            Point(5, 2.5e6, 0.5, 3, "xz", frontier: false) with { State = ReportPointState.Infeasible },
            new ReportPoint { Trial = 6, State = ReportPointState.Failed, Reason = "exit code 1" },
        ],
    };

    internal static ReportPoint Point(int trial, double size, double time, int level, string tool, bool frontier) => new()
    {
        Trial = trial,
        State = ReportPointState.Completed,
        Values = [size, time],
        Knobs = new Dictionary<string, ReportKnobValue> { ["level"] = ReportKnobValue.Of(level), ["tool"] = ReportKnobValue.Of(tool) },
        IsOnFrontier = frontier,
    };

    internal static ReportData WithValues(params double[][] rows) => Study() with
    {
        Points = [.. rows.Select((row, i) => Point(i + 1, row[0], row[1], 1, "gzip", frontier: true))],
    };
}
