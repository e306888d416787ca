namespace Vilfredo.Studies;

/// <summary>
/// One thing that happened to a study. A study is the fold of its events, in order; storage only ever appends them.
/// </summary>
/// <param name="Time">When it happened.</param>
public abstract record StudyEvent(DateTimeOffset Time);

/// <summary>The study was created or its definition was changed.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Definition">The whole definition that holds from here on.</param>
/// <param name="Note">What changed, in words; empty at creation.</param>
public sealed record StudyDefined(DateTimeOffset Time, StudyDefinition Definition, string Note) : StudyEvent(Time);

/// <summary>A new trial was proposed and given to a worker, as its first attempt.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Trial">The trial's number, one more than the last.</param>
/// <param name="Configuration">The proposed knobs.</param>
/// <param name="RepeatOf">The trial that this one measures again, or <see langword="null"/>.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="LeaseUntil">When the trial may be given out again unless it is told or the lease is extended.</param>
public sealed record TrialStarted(
    DateTimeOffset Time, int Trial, Configuration Configuration, int? RepeatOf, string Worker, DateTimeOffset LeaseUntil) : StudyEvent(Time);

/// <summary>A trial whose worker is gone, or that had been cancelled, was given out again.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The new attempt's number.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="LeaseUntil">When its lease ends.</param>
public sealed record TrialRestarted(DateTimeOffset Time, int Trial, int Attempt, string Worker, DateTimeOffset LeaseUntil) : StudyEvent(Time);

/// <summary>A worker extended the leases of everything it runs.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Worker">Who.</param>
/// <param name="LeaseUntil">Until when.</param>
public sealed record LeasesExtended(DateTimeOffset Time, string Worker, DateTimeOffset LeaseUntil) : StudyEvent(Time);

/// <summary>A running trial reported how far it is and what it has by then.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt it belongs to.</param>
/// <param name="Report">What was reported.</param>
public sealed record TrialReported(DateTimeOffset Time, int Trial, int Attempt, StepReport Report) : StudyEvent(Time);

/// <summary>A result was told.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt it belongs to.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Chosen">The knobs that a define-by-run trial chose, when they differ from the proposal; else <see langword="null"/>.</param>
public sealed record TrialTold(
    DateTimeOffset Time, int Trial, int Attempt, TrialOutcome Outcome, Configuration? Chosen = null) : StudyEvent(Time);
