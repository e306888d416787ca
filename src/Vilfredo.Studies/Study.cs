using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>
/// A search for the frontier of anything that can be measured. Ask for trials and tell their results, or let
/// <see cref="Run(Func{Trial, double[]}, RunOptions?, CancellationToken)"/> do so. Thread-safe.
/// </summary>
/// <remarks>
/// Every change is an event in the storage before it is visible here, so that nothing told is lost, whatever happens to
/// the process, and any number of processes can work on one study.
/// </remarks>
public sealed class Study : IDisposable
{
    private readonly Lock gate = new();
    private readonly IStudyStorage storage;
    private readonly TimeProvider clock;
    private readonly StudyState state = new();
    private readonly bool ownsStorage;
    private readonly string worker;
    private readonly Dictionary<string, (DateTimeOffset Checked, bool IsGone)> liveness = new(StringComparer.Ordinal);
    private ITrialSampler? sampler;
    private StudyDefinition? samplerDefinition;
    private StudyDefinition? prunerDefinition;
    private IPruner? pruner;
    private RepeatPolicy? repeats;
    private StudyDefinition? goalDefinition;
    private GoalWatch? goals;

    private Study(IStudyStorage storage, string name, StudyOptions? options, bool ownsStorage)
    {
        this.storage = storage;
        this.ownsStorage = ownsStorage;
        clock = options?.Clock ?? TimeProvider.System;
        worker = options?.Worker ?? WorkerIdentity.Current;
        Name = name;
        Synchronize();
    }

    /// <summary>The study's name in its storage.</summary>
    public string Name { get; }

    /// <summary>The definition that holds now.</summary>
    public StudyDefinition Definition
    {
        get
        {
            lock (gate) return state.Definition;
        }
    }

    /// <summary>The objectives, in order.</summary>
    public IReadOnlyList<Objective> Objectives => [.. Definition.Objectives.Select(o => o.Objective)];

    internal TimeProvider Clock => clock;

    internal IStudyStorage Storage => storage;

    /// <summary>Creates a study in memory.</summary>
    /// <param name="space">The knobs; <see cref="SearchSpace.Empty"/> for define-by-run.</param>
    /// <param name="objectives">The goals, at least one.</param>
    /// <param name="options">Sampler, seed, budget and the rest; defaults when not given.</param>
    /// <exception cref="ArgumentException">The definition does not make sense; the message says what to change.</exception>
    public static Study Create(SearchSpace space, IEnumerable<Objective> objectives, StudyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(objectives);
        options ??= new StudyOptions();
        return Create(options.Define(space, objectives), options.Storage, options);
    }

    /// <summary>Creates a define-by-run study: its knobs are the ones that the objective asks for.</summary>
    /// <inheritdoc cref="Create(SearchSpace, IEnumerable{Objective}, StudyOptions?)"/>
    public static Study Create(IEnumerable<Objective> objectives, StudyOptions? options = null) =>
        Create(SearchSpace.Empty, objectives, options);

    /// <summary>Creates a study from a whole definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="storage">Where it is kept; in memory when not given. The caller disposes of it.</param>
    /// <param name="options">Clock and worker name.</param>
    /// <exception cref="ArgumentException">The definition does not make sense; the message says what to change.</exception>
    /// <exception cref="StudyStorageException">The storage has a study of that name or cannot be written.</exception>
    public static Study Create(StudyDefinition definition, IStudyStorage? storage = null, StudyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition = AutoSampler.Resolve(definition.Validate());
        Samplers.Create(definition);
        var clock = options?.Clock ?? TimeProvider.System;
        var target = storage ?? new MemoryStorage();
        target.Create(definition.Name, new StudyDefined(clock.GetUtcNow(), definition, ""));
        return new Study(target, definition.Name, options, ownsStorage: storage is null);
    }

    /// <summary>Opens a study that exists.</summary>
    /// <exception cref="StudyStorageException">There is no such study, or the storage cannot be read.</exception>
    public static Study Open(IStudyStorage storage, string name, StudyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return new Study(storage, name, options, ownsStorage: false);
    }

    /// <summary>Gives out a trial, or says why there is none.</summary>
    public AskResult Ask()
    {
        lock (gate)
        {
            Synchronize();
            while (true)
            {
                var now = clock.GetUtcNow();
                if (IsSpent(now, out var limit)) return AskResult.None(AskStatus.BudgetSpent, limit);
                if (Reclaim(now) is { } reclaimed) return reclaimed;
                var budget = state.Definition.Budget;
                if (state.Trials.Count >= budget.Trials)
                {
                    return state.Open.Count == 0
                        ? AskResult.None(AskStatus.BudgetSpent, $"all {budget.Trials} trials are finished")
                        : AskResult.None(AskStatus.Wait, "the last trials are running");
                }

                var (proposal, repeatOf) = Propose();
                if (proposal.Configuration is not { } configuration)
                {
                    if (state.Open.Count == 0)
                    {
                        return proposal.IsExhausted
                            ? AskResult.None(AskStatus.Exhausted, "the sampler has nothing left to propose")
                            : throw new InvalidOperationException($"The sampler '{state.Definition.Sampler.Name}' waits for results, but nothing is running.");
                    }

                    return AskResult.None(AskStatus.Wait, "results of running trials are needed first");
                }

                var started = new TrialStarted(now, state.Trials.Count, configuration, repeatOf, worker, LeaseEnd(now));
                // A lost start costs nothing but the proposal: the fold of the events is as if it had never been.
                if (TryAppend(started, durable: false)) return AskResult.Of(new Trial(state.Trials[^1], state.Definition, Report));
            }
        }
    }

    /// <summary>Tells the objective values of a trial.</summary>
    /// <inheritdoc cref="Tell(Trial, TrialOutcome)"/>
    public TellStatus Tell(Trial trial, params double[] values) => Tell(trial, TrialOutcome.Measured(values));

    /// <summary>Tells the result of a trial. Telling again is harmless: the first result stands and the second is kept beside it.</summary>
    /// <returns>Whether the result counts.</returns>
    /// <exception cref="InvalidResultException">The result is refused (wrong number of values, NaN, infinity); the study is unchanged.</exception>
    public TellStatus Tell(Trial trial, TrialOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Configuration? chosen = null;
        if (trial.ChosenKnobs.Count > 0)
        {
            Discover(trial.ChosenKnobs);
            chosen = trial.Configuration;
        }

        ArgumentNullException.ThrowIfNull(outcome);
        return Tell(trial.Number, trial.Attempt, trial.Complete(outcome), chosen);
    }

    /// <summary>Tells the result of an attempt of a trial, for workers that know it by its numbers only.</summary>
    /// <returns>Whether the result counts.</returns>
    /// <exception cref="InvalidResultException">The result or the numbers are refused; the study is unchanged.</exception>
    public TellStatus Tell(int trial, int attempt, TrialOutcome outcome) => Tell(trial, attempt, outcome, null);

    /// <summary>Tells how far an attempt of a trial is, for workers that know it by its numbers only; see <see cref="Trial.Report"/>.</summary>
    /// <returns>Why the trial should end now, or <see langword="null"/>.</returns>
    /// <exception cref="InvalidResultException">The report or the numbers are refused; the study is unchanged.</exception>
    public string? Report(int trial, int attempt, StepReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        lock (gate)
        {
            Synchronize();
            if (trial < 0 || trial >= state.Trials.Count)
                throw new InvalidResultException($"There is no trial {trial}; the study has trials 0 to {state.Trials.Count - 1}. Report under the number that Ask gave.");
            var record = state.Trials[trial];
            if (report.Values.Count != state.Definition.Objectives.Count || report.Values.Any(value => !double.IsFinite(value)))
                throw new InvalidResultException($"The report at step {report.Step} has the values ({string.Join(", ", report.Values)}); report one finite number per objective ({state.Definition.Objectives.Count}).");
            if (report.Step < 0 || (record.Attempt == attempt && record.Reports.Count > 0 && report.Step <= record.Reports[^1].Step))
                throw new InvalidResultException($"The report is of step {report.Step}{(record.Reports.Count > 0 ? $" after one of step {record.Reports[^1].Step}" : "")}; steps are at least 0 and grow.");
            Append(new TrialReported(clock.GetUtcNow(), trial, attempt, report), durable: false);
            // Someone else has it by now: this attempt has nothing to win.
            if (record.State != TrialState.Running || record.Attempt != attempt) return "the trial has been given out again or has ended";
            if (!ReferenceEquals(prunerDefinition, state.Definition)) (prunerDefinition, pruner) = (state.Definition, Pruners.Create(state.Definition));
            return pruner?.Decide(state, record);
        }
    }

    /// <summary>Records a trial that was measured elsewhere, such as a row of an imported file.</summary>
    /// <param name="configuration">The knobs that were set; one that the space accepts.</param>
    /// <param name="outcome">The result.</param>
    /// <param name="started">When its measurement began; now when not given.</param>
    /// <param name="finished">When its measurement ended; now when not given.</param>
    /// <param name="repeatOf">The trial of this study that it measures again, if any.</param>
    /// <exception cref="InvalidResultException">The configuration is not one of the space, or the result is refused; the study is unchanged.</exception>
    public TrialRecord Add(
        Configuration configuration, TrialOutcome outcome, DateTimeOffset? started = null, DateTimeOffset? finished = null, int? repeatOf = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(outcome);
        if (!Definition.Space.Accepts(configuration, out var problem))
            throw new InvalidResultException($"The configuration {configuration} does not fit the study: {problem}.");
        return Restore(configuration, outcome, started, finished, repeatOf);
    }

    // A study's own old trials may lie outside a space that was narrowed since.
    internal TrialRecord Restore(
        Configuration configuration, TrialOutcome outcome, DateTimeOffset? started, DateTimeOffset? finished, int? repeatOf, bool isLate = false)
    {
        lock (gate)
        {
            Synchronize();
            outcome.Validate(state.Definition.Objectives.Count);
            var now = clock.GetUtcNow();
            while (!TryAppend(new TrialStarted(started ?? now, state.Trials.Count, configuration, repeatOf, worker, LeaseEnd(now)), durable: false))
            {
            }

            var number = state.Trials.Count - 1;
            // A result is late when its trial has been given out again.
            if (isLate) Append(new TrialRestarted(started ?? now, number, 2, worker, LeaseEnd(now)), durable: false);
            Append(new TrialTold(finished ?? now, number, 1, outcome), durable: true);
            return state.Trials[number];
        }
    }

    /// <summary>Changes the definition from here on: budget, limits, space, sampler. Old trials stay and are used.</summary>
    /// <param name="change">Gives the new definition; the name and the objectives must stay.</param>
    /// <param name="note">What changes, in words, for the record.</param>
    /// <exception cref="ArgumentException">The new definition does not make sense or changes the objectives.</exception>
    public void Change(Func<StudyDefinition, StudyDefinition> change, string note)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            do
            {
                Synchronize();
                var changed = AutoSampler.Resolve(change(state.Definition).Validate());
                if (changed.Name != Name)
                    throw new ArgumentException($"A study keeps its name '{Name}'; export it and import it into a new one instead.");
                if (!changed.Objectives.Select(o => o.Objective).SequenceEqual(Objectives))
                    throw new ArgumentException("A study keeps its objectives, since old trials have no values for others; create a new study and import the old one's results.");
                Samplers.Create(changed);
                if (TryAppend(new StudyDefined(clock.GetUtcNow(), changed, note), durable: true)) return;
            }
            while (true);
        }
    }

    /// <summary>Lets a reader look at the state while nothing changes it. Keep it short, and keep nothing of it afterwards but trials.</summary>
    public T Read<T>(Func<StudyState, T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        lock (gate)
        {
            Synchronize();
            return reader(state);
        }
    }

    /// <summary>Runs an objective until the budget is spent.</summary>
    /// <param name="objective">Gives one value per objective, in the user's direction. An exception fails the trial, not the study.</param>
    /// <param name="options">Parallelism, progress and the rest.</param>
    /// <param name="cancellation">Stops the study; running trials are given out again when it is resumed.</param>
    public RunSummary Run(Func<Trial, double[]> objective, RunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Run(new FunctionEvaluator(objective), options, cancellation);
    }

    /// <summary>Runs an evaluator until the budget is spent.</summary>
    /// <param name="evaluator">Measures trials.</param>
    /// <param name="options">Parallelism, progress and the rest.</param>
    /// <param name="cancellation">Stops the study; running trials are given out again when it is resumed.</param>
    public RunSummary Run(ITrialEvaluator evaluator, RunOptions? options = null, CancellationToken cancellation = default) =>
        new StudyRunner(this, evaluator, options ?? new RunOptions()).Run(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsStorage) storage.Dispose();
    }

    internal void ExtendLeases()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Append(new LeasesExtended(now, worker, LeaseEnd(now)), durable: false);
        }
    }

    private string? Report(Trial trial, StepReport report) => Report(trial.Number, trial.Attempt, report);

    private TellStatus Tell(int trial, int attempt, TrialOutcome outcome, Configuration? chosen)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        lock (gate)
        {
            if (trial >= state.Trials.Count) Synchronize();
            if (trial < 0 || trial >= state.Trials.Count)
                throw new InvalidResultException($"There is no trial {trial}; the study has trials 0 to {state.Trials.Count - 1}. Tell the number that Ask gave.");
            if (attempt > state.Trials[trial].Attempt) Synchronize();
            if (attempt < 1 || attempt > state.Trials[trial].Attempt)
                throw new InvalidResultException($"Trial {trial} has no attempt {attempt}; it was given out {state.Trials[trial].Attempt} times. Tell the attempt that Ask gave.");
            outcome.Validate(state.Definition.Objectives.Count);
            outcome.ValidateGradients(chosen ?? state.Trials[trial].Configuration);
            return Append(new TrialTold(clock.GetUtcNow(), trial, attempt, outcome, chosen), durable: true)!.Value;
        }
    }

    private bool IsSpent(DateTimeOffset now, out string limit)
    {
        var budget = state.Definition.Budget;
        limit = "";
        if (budget.Time is { } time && state.UsedTimeAt(now) >= time) limit = $"the time budget of {time} is used up";
        foreach (var (name, most) in budget.Costs)
        {
            if (state.Cost(name) >= most) limit = $"the budget of {most} for {name} is used up";
        }

        if (!ReferenceEquals(goalDefinition, state.Definition)) (goalDefinition, goals) = (state.Definition, new GoalWatch(state.Definition));
        if (goals!.Reached(state) is { } goal) limit = goal;

        return limit.Length > 0;
    }

    // Gives out again what was cancelled or whose worker is gone.
    private AskResult? Reclaim(DateTimeOffset now)
    {
        foreach (var number in state.Open)
        {
            var trial = state.Trials[number];
            if (trial.State == TrialState.Running && !IsAbandoned(trial, now)) continue;
            if (trial.Attempt >= StudyLease.MaximumAttempts && trial.State == TrialState.Running)
            {
                Append(
                    new TrialTold(now, number, trial.Attempt, TrialOutcome.Failed($"its worker was gone {trial.Attempt} times without a result")),
                    durable: true);
                return Reclaim(now);
            }

            if (TryAppend(new TrialRestarted(now, number, trial.Attempt + 1, worker, LeaseEnd(now)), durable: false))
                return AskResult.Of(new Trial(trial, state.Definition, Report));
            return Reclaim(now);
        }

        return null;
    }

    private bool IsAbandoned(TrialRecord trial, DateTimeOffset now)
    {
        if (!storage.IsShared || trial.Worker == worker) return storage.IsShared && trial.LeaseUntil <= now;
        if (trial.LeaseUntil <= now) return true;
        // Asking the system whether a process lives is slow; once a second is soon enough.
        if (!liveness.TryGetValue(trial.Worker, out var seen) || now - seen.Checked > TimeSpan.FromSeconds(1))
            liveness[trial.Worker] = seen = (now, WorkerIdentity.IsGone(trial.Worker));
        return seen.IsGone;
    }

    private (Proposal Proposal, int? RepeatOf) Propose()
    {
        var definition = state.Definition;
        if (!ReferenceEquals(samplerDefinition, definition))
        {
            samplerDefinition = definition;
            sampler = Samplers.Create(definition);
            repeats = definition.Repeats.Auto ? new RepeatPolicy(definition) : null;
        }

        if (repeats is not null)
        {
            var decision = repeats.Decide(state);
            if (decision.MustWait) return (Proposal.Wait, null);
            if (decision.Trial is { } original) return (new Proposal(state.Trials[original].Configuration), original);
        }

        return (sampler!.Propose(new SamplingContext(state, state.Trials.Count - state.Repeats)), null);
    }

    // The knobs of a define-by-run trial join the space, widened where an earlier trial asked for less.
    private void Discover(IReadOnlyList<Knob> knobs)
    {
        lock (gate)
        {
            while (true)
            {
                var space = state.Definition.Space;
                var united = space.UnitedWith(knobs, out var news);
                if (news.Length == 0) return;
                if (TryAppend(new StudyDefined(clock.GetUtcNow(), state.Definition with { Space = united }, news), durable: false)) return;
            }
        }
    }

    private DateTimeOffset LeaseEnd(DateTimeOffset now) => storage.IsShared ? now + StudyLease.Duration : DateTimeOffset.MaxValue;

    private void Synchronize()
    {
        foreach (var entry in storage.Read(Name, state.Version)) state.Apply(entry);
    }

    // Appends if the state here is the newest; else brings it up to date, so that the caller can think again.
    private bool TryAppend(StudyEvent entry, bool durable)
    {
        if (storage.Append(Name, state.Version, entry, durable) > 0)
        {
            state.Apply(entry);
            return true;
        }

        Synchronize();
        return false;
    }

    private TellStatus? Append(StudyEvent entry, bool durable)
    {
        var position = storage.Append(Name, -1, entry, durable);
        if (position == state.Version + 1) return state.Apply(entry);
        TellStatus? status = null;
        foreach (var other in storage.Read(Name, state.Version))
        {
            var applied = state.Apply(other);
            if (state.Version == position) status = applied;
        }

        return status;
    }
}
