namespace Vilfredo.Studies;

/// <summary>Everything that a study knows of one trial. Changed only by the study's events.</summary>
public sealed class TrialRecord
{
    private List<ToldResult>? uncounted;
    private List<StepReport>? reports;
    private int countedAttempt;

    internal TrialRecord(int number, Configuration configuration, int? repeatOf)
    {
        Number = number;
        Configuration = configuration;
        RepeatOf = repeatOf;
    }

    /// <summary>The number, counted from 0 in the order in which trials were proposed.</summary>
    public int Number { get; }

    /// <summary>The knobs that were set.</summary>
    public Configuration Configuration { get; internal set; }

    /// <summary>The trial whose configuration this one measures again, or <see langword="null"/>.</summary>
    public int? RepeatOf { get; }

    /// <summary>Where the trial stands.</summary>
    public TrialState State { get; private set; } = TrialState.Running;

    /// <summary>The result that counts, or <see langword="null"/> while there is none.</summary>
    public TrialOutcome? Outcome { get; private set; }

    /// <summary>The number of times the trial was given out; the last attempt's number.</summary>
    public int Attempt { get; private set; }

    /// <summary>Who works on the last attempt.</summary>
    public string Worker { get; private set; } = "";

    /// <summary>When the last attempt's lease ends; the trial may be given out again afterwards.</summary>
    public DateTimeOffset LeaseUntil { get; internal set; }

    /// <summary>When the last attempt was given out.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>When the counted result was told.</summary>
    public DateTimeOffset? Finished { get; private set; }

    /// <summary>Results that were told but do not count: duplicates and superseded ones, in order.</summary>
    public IReadOnlyList<ToldResult> Uncounted => uncounted ?? (IReadOnlyList<ToldResult>)[];

    /// <summary>What the last attempt has reported of itself, in the order of its steps.</summary>
    public IReadOnlyList<StepReport> Reports => reports ?? (IReadOnlyList<StepReport>)[];

    /// <summary>Whether the trial has values for every objective and satisfies every constraint.</summary>
    public bool IsFeasible => State is TrialState.Completed or TrialState.Late;

    /// <summary>Whether the trial needs no further work.</summary>
    public bool IsFinished => State is not (TrialState.Running or TrialState.Cancelled);

    internal void GiveOut(int attempt, string worker, DateTimeOffset now, DateTimeOffset leaseUntil)
    {
        Attempt = attempt;
        Worker = worker;
        Started = now;
        LeaseUntil = leaseUntil;
        State = TrialState.Running;
        reports = null;
    }

    internal void Report(StepReport report) => (reports ??= []).Add(report);

    /// <summary>Decides what becomes of a told result and keeps it. A pure function of the order of the events.</summary>
    internal TellStatus Tell(int attempt, TrialOutcome outcome, DateTimeOffset time)
    {
        var status = Classify(attempt, outcome);
        if (status is TellStatus.Counted or TellStatus.CountedLate)
        {
            if (Outcome is not null) Keep(new ToldResult(countedAttempt, Outcome, TellStatus.Superseded, Finished!.Value));
            Outcome = outcome;
            countedAttempt = attempt;
            Finished = time;
            State = StateOf(outcome.Kind, status == TellStatus.CountedLate);
        }
        else
        {
            Keep(new ToldResult(attempt, outcome, status, time));
        }

        return status;
    }

    private TellStatus Classify(int attempt, TrialOutcome outcome)
    {
        if (attempt == countedAttempt || (uncounted?.Exists(t => t.Attempt == attempt) ?? false))
        {
            // A second answer for an attempt counts only as the late result of one that had ended without values.
            var firstHadNoResult = attempt == countedAttempt && !Outcome!.HasValues && outcome.HasValues;
            return firstHadNoResult ? TellStatus.CountedLate : TellStatus.Duplicate;
        }

        var late = attempt < Attempt;
        if (Outcome is null || Outcome.Kind == OutcomeKind.Cancelled) return late ? TellStatus.CountedLate : TellStatus.Counted;
        return outcome.HasValues && !Outcome.HasValues ? (late ? TellStatus.CountedLate : TellStatus.Counted) : TellStatus.Superseded;
    }

    private void Keep(ToldResult result) => (uncounted ??= []).Add(result);

    private static TrialState StateOf(OutcomeKind kind, bool late) => kind switch
    {
        OutcomeKind.Completed => late ? TrialState.Late : TrialState.Completed,
        OutcomeKind.Infeasible => TrialState.Infeasible,
        OutcomeKind.Failed => TrialState.Failed,
        OutcomeKind.TimedOut => TrialState.TimedOut,
        OutcomeKind.Pruned => TrialState.Pruned,
        _ => TrialState.Cancelled,
    };
}
