using System.Diagnostics;
using Spectre.Console;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>
/// Shows on standard error how a study runs: on a terminal a live view with the growing frontier, otherwise a plain line
/// now and then.
/// </summary>
internal sealed class StudyProgressDisplay(Terminal terminal, Study study)
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly int endedBefore = study.Read(s => s.Finished);
    private ReportData? picture;
    private long pictureVersion = -1;
    private TimeSpan pictureCost;
    private long pictureTime;

    /// <summary>Runs the study under the display.</summary>
    public RunSummary Show(Func<IProgress<RunProgress>?, RunSummary> run)
    {
        if (!terminal.ErrorIsInteractive) return ShowLines(run);
        return terminal.ErrorConsole.Live(View()).AutoClear(true).Start(live =>
        {
            using var timer = new Timer(_ => live.UpdateTarget(View()), null, LiveInterval, LiveInterval);
            return run(null);
        });
    }

    private RunSummary ShowLines(Func<IProgress<RunProgress>?, RunSummary> run)
    {
        // The first line comes soon, so that one sees that something happens.
        using var timer = new Timer(_ => WriteLine(), null, TimeSpan.FromSeconds(1.5), PlainInterval);
        var summary = run(null);
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        WriteLine();
        return summary;
    }

    private void WriteLine()
    {
        lock (terminal)
        {
            terminal.Error.WriteLine(StudyProgressView.PlainLine(Numbers(Picture())));
        }
    }

    private StudyProgressView View()
    {
        lock (terminal)
        {
            var data = Picture();
            var projection = data.Objectives.Count >= 2 && data.Points.Any(p => p.IsOnFrontier) ? FrontierProjection.Of(data) : null;
            return new StudyProgressView(Numbers(data), projection);
        }
    }

    private StudyProgress Numbers(ReportData data) => study.Read(state =>
    {
        var counts = state.Trials.CountBy(t => t.State).ToDictionary();
        return new StudyProgress
        {
            Ended = state.Finished,
            EndedBefore = endedBefore,
            TrialBudget = state.Definition.Budget.Trials,
            TimeBudget = state.Definition.Budget.Time,
            Elapsed = Stopwatch.GetElapsedTime(started),
            Running = state.Open.Count,
            OnFrontier = data.Points.Count(p => p.IsOnFrontier),
            Hypervolume = data.HypervolumeHistory.Count > 0 ? data.HypervolumeHistory[^1].Hypervolume : null,
            Failed = counts.GetValueOrDefault(TrialState.Failed),
            Pruned = counts.GetValueOrDefault(TrialState.Pruned),
            TimedOut = counts.GetValueOrDefault(TrialState.TimedOut),
            Infeasible = counts.GetValueOrDefault(TrialState.Infeasible),
        };
    });

    // A large study's picture takes time to make; it is made at most a tenth of the time.
    private ReportData Picture()
    {
        var version = study.Read(s => s.Version);
        if (picture is not null && (version == pictureVersion || Stopwatch.GetElapsedTime(pictureTime) < 10 * pictureCost)) return picture;
        var start = Stopwatch.GetTimestamp();
        picture = StudyReport.Of(study);
        (pictureVersion, pictureCost, pictureTime) = (version, Stopwatch.GetElapsedTime(start), Stopwatch.GetTimestamp());
        return picture;
    }
}
