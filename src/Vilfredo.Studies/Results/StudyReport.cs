using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies;

/// <summary>Turns a study into the data that its pictures are drawn from.</summary>
public static class StudyReport
{
    private static readonly double[] BandLevels = [0.05, 0.5, 0.95];

    /// <summary>The report's data of a study as it is now.</summary>
    /// <param name="study">The study.</param>
    /// <param name="notes">Further notes, such as the command line.</param>
    public static ReportData Of(Study study, IReadOnlyList<ReportNote>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return study.Read(state => Of(state, notes ?? []));
    }

    private static ReportData Of(StudyState state, IReadOnlyList<ReportNote> notes)
    {
        var frontier = StudyFrontier.Of(state);
        var definition = state.Definition;
        var flags = frontier.Points.SelectMany(p => p.Trials.Select(t => (Trial: t, Point: p))).ToDictionary(p => p.Trial, p => p.Point);
        var hasRepeats = frontier.Points.Any(p => p.Trials.Count > 1);
        var (history, reference) = History(state, frontier);
        return new ReportData
        {
            Title = definition.Name,
            Subtitle = $"{frontier.Frontier.Count} of {frontier.Points.Count} feasible configurations are on the frontier of {string.Join(", ", definition.Objectives.Select(o => Phrase(o.Objective)))}.",
            Notes =
            [
                .. notes,
                .. hasRepeats ? [new ReportNote("trials", $"{state.Finished} trials measured {frontier.Points.Count} feasible configurations; repeats are one point")] : Array.Empty<ReportNote>(),
                new ReportNote("sampler", definition.Sampler.Name),
                new ReportNote("seed", definition.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                .. state.History.Skip(1).Where(h => h.Note.Length > 0).Select(h => new ReportNote($"changed {h.Time:yyyy-MM-dd HH:mm}", h.Note)),
            ],
            Objectives = frontier.Objectives,
            Knobs = [.. definition.Space.Knobs.Select(Knob)],
            // A repeat of an earlier trial is part of that trial's point.
            Points = [.. state.Trials.Where(t => t.IsFinished && (!flags.TryGetValue(t.Number, out var p) || p.Trial == t.Number)).Select(t => Point(t, flags.GetValueOrDefault(t.Number)))],
            HypervolumeHistory = history,
            ReferencePoint = reference,
            AttainmentCurves = Bands(frontier),
            // Where repeats are merged into points, their number says nothing about the budget in trials.
            TrialBudget = hasRepeats ? null : definition.Budget.Trials,
            Duration = state.UsedTime,
        };
    }

    private static string Phrase(Objective objective) => $"{(objective.Direction == Direction.Minimize ? "low" : "high")} {objective.Name}";

    private static ReportKnob Knob(Knob knob) => new()
    {
        Name = knob.Name,
        Kind = knob.Type switch { KnobType.Float => ReportKnobKind.Float, KnobType.Integer => ReportKnobKind.Integer, _ => ReportKnobKind.Categorical },
        IsLogarithmic = knob is FloatKnob { Log: true } or IntegerKnob { Log: true },
        Choices = knob is CategoricalKnob c ? c.Choices : [], // of an order those that occur
    };

    private static ReportPoint Point(TrialRecord trial, StudyPoint? point) => new()
    {
        Trial = trial.Number,
        State = trial.State switch
        {
            TrialState.Completed or TrialState.Late => ReportPointState.Completed,
            TrialState.Infeasible => ReportPointState.Infeasible,
            TrialState.TimedOut => ReportPointState.TimedOut,
            TrialState.Pruned => ReportPointState.Pruned,
            TrialState.Cancelled => ReportPointState.Cancelled,
            _ => ReportPointState.Failed,
        },
        Knobs = trial.Configuration.ToDictionary(
            k => k.Key,
            k => k.Value.Type == KnobType.Categorical ? ReportKnobValue.Of(k.Value.Text) : ReportKnobValue.Of(k.Value.Number),
            StringComparer.Ordinal),
        Values = point?.Values ?? trial.Outcome!.Values,
        Bounds = [.. trial.Outcome!.LowerBounds.Select(b => double.IsNaN(b) ? (double?)null : b)],
        Samples = point is { Samples.Length: > 1 } ? point.Samples : [],
        IsOnFrontier = point?.IsOnFrontier ?? false,
        IsKnee = point?.IsKnee ?? false,
        NonDominatedProbability = point?.Probability,
        Reason = trial.Outcome.Reason,
        Output = trial.State == TrialState.Failed ? trial.Outcome.Output : null,
        Duration = trial.Outcome.Duration,
    };

    private static (HypervolumeSample[] History, double[]? Reference) History(StudyState state, StudyFrontier frontier)
    {
        var reference = HypervolumeProgress.Suggest(frontier.Objectives, frontier.Points.Select(p => p.Values));
        if (reference is null) return ([], null);
        var progress = new HypervolumeProgress(frontier.Objectives, reference);
        var history = new List<HypervolumeSample>();
        var finished = 0;
        foreach (var trial in state.Trials.Where(t => t.IsFinished))
        {
            finished++;
            if (trial.IsFeasible && progress.Add(trial.Outcome!.Values) > 0) history.Add(new HypervolumeSample(finished, progress.Value));
        }

        if (finished > 0 && (history.Count == 0 || history[^1].Trials < finished)) history.Add(new HypervolumeSample(finished, progress.Value));
        return ([.. history], reference);
    }

    // Where repeats tell of the noise: the frontier as it might have come out.
    private static AttainmentCurve[] Bands(StudyFrontier frontier)
    {
        if (frontier.Objectives.Count != 2 || frontier.Noise is not { } noise) return [];
        var attainment = noise.Attainment();
        return
        [
            .. BandLevels.Select(level =>
            {
                var vertices = attainment.SurfaceAtPercentile(100 * level).Vertices.ToArray();
                return new AttainmentCurve(level, [.. vertices.Chunk(2).Select(v => new PlanePoint(
                    frontier.Objectives[0].ToMinimization(v[0]), frontier.Objectives[1].ToMinimization(v[1])))]);
            }),
        ];
    }
}
