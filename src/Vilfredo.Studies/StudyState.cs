using System.Runtime.InteropServices;

namespace Vilfredo.Studies;

/// <summary>What is known of a study: the fold of its events. Two processes that have read the same events agree.</summary>
public sealed class StudyState
{
    private readonly List<TrialRecord> trials = [];
    private readonly List<StudyDefined> definitions = [];
    private readonly SortedSet<int> open = [];
    private readonly Dictionary<string, double> costs = new(StringComparer.Ordinal);
    private DateTimeOffset lastEvent;
    private int active;

    /// <summary>How many events have been applied.</summary>
    public long Version { get; private set; }

    /// <summary>The definition that holds now.</summary>
    public StudyDefinition Definition => definitions.Count > 0
        ? definitions[^1].Definition
        : throw new InvalidOperationException("The study has no events yet.");

    /// <summary>Every definition the study has had, with what changed and when, first to last.</summary>
    public IReadOnlyList<StudyDefined> History => definitions;

    /// <summary>All trials; the index is the trial's number.</summary>
    public IReadOnlyList<TrialRecord> Trials => trials;

    /// <summary>The numbers of the trials that are running or wait to be given out again.</summary>
    public IReadOnlyCollection<int> Open => open;

    /// <summary>How many trials need no further work.</summary>
    public int Finished => trials.Count - open.Count;

    /// <summary>How many trials repeat an earlier one.</summary>
    public int Repeats { get; private set; }

    /// <summary>How long trials have been running, overlapping ones counted once, up to the last event.</summary>
    public TimeSpan UsedTime { get; private set; }

    /// <summary>The longest pause between events that can lie within running work: beyond it every lease has ended.</summary>
    internal static TimeSpan LongestPause => StudyLease.Duration;

    /// <summary>The sum of an objective or metric over all finished trials that have it.</summary>
    public double Cost(string name) => costs.GetValueOrDefault(name);

    /// <summary>The time that counts against the budget at a moment, running work included.</summary>
    internal TimeSpan UsedTimeAt(DateTimeOffset now) => UsedTime + Pause(now);

    /// <summary>Applies the next event and returns what became of a told result.</summary>
    internal TellStatus? Apply(StudyEvent entry)
    {
        UsedTime += Pause(entry.Time);
        if (entry.Time > lastEvent) lastEvent = entry.Time;
        Version++;
        switch (entry)
        {
            case StudyDefined defined:
                definitions.Add(defined);
                return null;
            case TrialStarted started:
                var trial = new TrialRecord(started.Trial, started.Configuration, started.RepeatOf);
                trial.GiveOut(1, started.Worker, started.Time, started.LeaseUntil);
                trials.Add(trial);
                open.Add(started.Trial);
                if (started.RepeatOf is not null) Repeats++;
                active++;
                return null;
            case TrialRestarted restarted:
                if (trials[restarted.Trial].State != TrialState.Running) active++;
                trials[restarted.Trial].GiveOut(restarted.Attempt, restarted.Worker, restarted.Time, restarted.LeaseUntil);
                open.Add(restarted.Trial);
                return null;
            case LeasesExtended extended:
                foreach (var number in open)
                {
                    if (trials[number].Worker == extended.Worker && trials[number].State == TrialState.Running)
                        trials[number].LeaseUntil = extended.LeaseUntil;
                }

                return null;
            case TrialReported reported:
                // A report of an attempt whose trial has been given out again, or has ended, is of no use to anyone.
                if (trials[reported.Trial] is { State: TrialState.Running } running && running.Attempt == reported.Attempt) running.Report(reported.Report);
                return null;
            case TrialTold told:
                return ApplyTold(told);
            default:
                throw new InvalidOperationException($"Unknown event {entry.GetType().Name}.");
        }
    }

    private TellStatus ApplyTold(TrialTold told)
    {
        var trial = trials[told.Trial];
        var before = trial.Outcome;
        var wasRunning = trial.State == TrialState.Running;
        var status = trial.Tell(told.Attempt, told.Outcome, told.Time);
        if (status is TellStatus.Counted or TellStatus.CountedLate)
        {
            if (told.Chosen is not null) trial.Configuration = told.Chosen;
            if (before is not null) AddCosts(before, -1);
            AddCosts(told.Outcome, 1);
            if (wasRunning) active--;
            if (trial.IsFinished) open.Remove(told.Trial);
            else open.Add(told.Trial);
        }

        return status;
    }

    private void AddCosts(TrialOutcome outcome, double sign)
    {
        // A trial that measured several times has paid several times; one that timed out has paid at least its bound.
        var paid = sign * Math.Max(1, outcome.Samples.Length);
        var values = outcome.HasValues ? outcome.Values : outcome.LowerBounds;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i])) AddCost(Definition.Objectives[i].Objective.Name, paid * values[i]);
        }

        foreach (var (name, value) in outcome.Metrics) AddCost(name, paid * value);
    }

    private void AddCost(string name, double amount) =>
        CollectionsMarshal.GetValueRefOrAddDefault(costs, name, out _) += amount;

    private TimeSpan Pause(DateTimeOffset until)
    {
        var pause = until - lastEvent;
        return active > 0 && pause > TimeSpan.Zero && pause <= LongestPause ? pause : TimeSpan.Zero;
    }
}
