using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

/// <summary>Small studies to draw.</summary>
internal static class Sample
{
    /// <summary>Two minimised objectives; trials 1 to 3 are the frontier, 4 is dominated, 5 infeasible, 6 failed, 7 timed out.</summary>
    internal static ReportData TwoObjectives() => new()
    {
        Title = "Compression",
        Subtitle = "size against time",
        Notes = [new ReportNote("seed", "1")],
        Objectives = [Objective.Minimize("size", "bytes"), Objective.Minimize("time", "s")],
        Knobs =
        [
            new ReportKnob { Name = "level", Kind = ReportKnobKind.Integer },
            new ReportKnob { Name = "rate", Kind = ReportKnobKind.Float, IsLogarithmic = true },
            new ReportKnob { Name = "tool", Kind = ReportKnobKind.Categorical, Choices = ["gzip", "xz"] },
        ],
        Points =
        [
            Frontier(1, 4e6, 0.25, 1, 0.001, "gzip"),
            Frontier(2, 3e6, 1.0, 6, 0.01, "gzip") with { IsKnee = true },
            Frontier(3, 2e6, 8.0, 9, null, "xz"),
            Completed(4, 5e6, 2.0, 2, 0.1, "gzip"),
            Completed(5, 2.5e6, 0.5, 3, 0.02, "xz") with { State = ReportPointState.Infeasible, Reason = "memory <= 64 MiB" },
            new ReportPoint { Trial = 6, State = ReportPointState.Failed, Knobs = Knobs(4, 0.5, "xz"), Reason = "exit code 1", Output = "out of memory" },
            new ReportPoint { Trial = 7, State = ReportPointState.TimedOut, Knobs = Knobs(9, 0.9, "xz"), Bounds = [null, 20.0], Reason = "stopped after 20 s" },
        ],
        HypervolumeHistory = [new(1, 0.1), new(2, 0.4), new(3, 0.4), new(7, 0.6)],
        ReferencePoint = [6e6, 10],
        Duration = TimeSpan.FromSeconds(32),
    };

    /// <summary>A study of any number of objectives, alternately minimised and maximised, in which every third trial is on the frontier.</summary>
    internal static ReportData Objectives(int objectives, int trials) => new()
    {
        Title = $"{objectives} objectives",
        Objectives = [.. Enumerable.Range(0, objectives).Select(i => new Objective($"f{i}", i % 2 == 0 ? Direction.Minimize : Direction.Maximize))],
        Knobs = [new ReportKnob { Name = "x", Kind = ReportKnobKind.Float }],
        Points =
        [
            .. Enumerable.Range(1, trials).Select(trial => new ReportPoint
            {
                Trial = trial,
                State = ReportPointState.Completed,
                Values = [.. Enumerable.Range(0, objectives).Select(i => 1 + Math.Sin(trial * (i + 1.3)))],
                Knobs = new Dictionary<string, ReportKnobValue> { ["x"] = ReportKnobValue.Of(trial / 7.0) },
                IsOnFrontier = trial % 3 == 0,
                IsKnee = trial == 3,
            }),
        ],
    };

    /// <summary>Every shape a picture must survive, by name.</summary>
    internal static IEnumerable<(string Name, ReportData Data)> EdgeCases()
    {
        var plain = TwoObjectives();
        yield return ("nothing ran", plain with { Points = [], HypervolumeHistory = [] });
        yield return ("one point", plain with { Points = [plain.Points[1]], HypervolumeHistory = [new(1, 0.1)] });
        yield return ("all failed", plain with { Points = [plain.Points[5], plain.Points[6]], HypervolumeHistory = [new(2, 0)] });
        yield return ("all infeasible", plain with { Points = [plain.Points[4]] });
        yield return ("constant objective", plain with { Points = [.. plain.Points.Take(4).Select(point => point with { Values = [0, point.Values[1]] })] });
        yield return ("no knobs", plain with { Knobs = [], Points = [.. plain.Points.Select(point => point with { Knobs = new Dictionary<string, ReportKnobValue>() })] });
        yield return ("extreme values", plain with { Points = [.. plain.Points.Take(3).Select((point, i) => point with { Values = [i * 1e307, i == 0 ? -1e-300 : 1e-300] })] });
        yield return ("one objective", Objectives(1, 9));
        yield return ("three objectives", Objectives(3, 30));
        yield return ("five objectives", Objectives(5, 30));
        yield return ("eight objectives", Objectives(8, 30));
        yield return ("repeats", WithRepeats());
    }

    internal static ReportData WithRepeats()
    {
        var plain = TwoObjectives();
        return plain with
        {
            Points =
            [
                .. plain.Points.Select(point => point.State != ReportPointState.Completed ? point : point with
                {
                    Samples = [point.Values, [point.Values[0] * 1.1, point.Values[1] * 0.9]],
                    NonDominatedProbability = 0.75,
                }),
            ],
            AttainmentCurves =
            [
                new AttainmentCurve(0.25, [new(1.9e6, 7), new(3.9e6, 0.2)]),
                new AttainmentCurve(0.75, [new(2.2e6, 9), new(4.2e6, 0.3)]),
            ],
        };
    }

    private static ReportPoint Frontier(int trial, double size, double time, int level, double? rate, string tool) =>
        Completed(trial, size, time, level, rate, tool) with { IsOnFrontier = true, Command = $"{tool} -{level} file" };

    private static ReportPoint Completed(int trial, double size, double time, int level, double? rate, string tool) => new()
    {
        Trial = trial,
        State = ReportPointState.Completed,
        Values = [size, time],
        Knobs = Knobs(level, rate, tool),
    };

    private static Dictionary<string, ReportKnobValue> Knobs(int level, double? rate, string tool)
    {
        var knobs = new Dictionary<string, ReportKnobValue> { ["level"] = ReportKnobValue.Of(level), ["tool"] = ReportKnobValue.Of(tool) };
        if (rate is { } value)
            knobs["rate"] = ReportKnobValue.Of(value);
        return knobs;
    }
}
