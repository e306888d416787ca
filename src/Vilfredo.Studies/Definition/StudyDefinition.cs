using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>Everything that says what a study is: what may be turned, what is measured, how it is searched and when it ends.</summary>
public sealed record StudyDefinition
{
    /// <summary>The study's name, unique within its storage.</summary>
    public required string Name { get; init; }

    /// <summary>The knobs and the constraints between them.</summary>
    public SearchSpace Space { get; init; } = SearchSpace.Empty;

    /// <summary>The goals, at least one.</summary>
    public required IReadOnlyList<ObjectiveDefinition> Objectives { get; init; }

    /// <summary>Further values to measure, for constraints, cost budgets and the report.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>Constraints on measured values: formulas over knobs, objectives and metrics, such as <c>memory &lt;= 100</c>.</summary>
    public IReadOnlyList<KnobExpression> MeasuredConstraints { get; init; } = [];

    /// <summary>The command that a trial runs, or <see langword="null"/> for a study whose objective is a function.</summary>
    public CommandDefinition? Command { get; init; }

    /// <summary>How trials are proposed.</summary>
    public SamplerDefinition Sampler { get; init; } = new();

    /// <summary>Which part of the frontier is of interest, or <see langword="null"/> for all of it.</summary>
    public PreferenceDefinition? Preference { get; init; }

    /// <summary>Which rule ends unpromising trials, or <see langword="null"/> for none.</summary>
    public PrunerDefinition? Pruner { get; init; }

    /// <summary>When the study ends.</summary>
    public StudyBudget Budget { get; init; } = new();

    /// <summary>How often each configuration is measured.</summary>
    public RepeatsDefinition Repeats { get; init; } = new();

    /// <summary>How long one trial may take, or <see langword="null"/> for as long as it likes.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How many trials run at once, at least 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>The seed of every random choice.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Whether trial n must be the same whatever the number of workers: a trial is then proposed only when every result
    /// that its proposal depends on is in.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>The definition, if it makes sense as a whole.</summary>
    /// <exception cref="ArgumentException">It does not; the message says what to change.</exception>
    public StudyDefinition Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        if (Objectives.Count == 0) throw new ArgumentException("A study needs at least one objective.");
        if (Parallelism < 1) throw new ArgumentException($"'parallelism' must be at least 1, not {Parallelism}.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Space.Knobs.Select(k => k.Name).Concat(Objectives.Select(o => o.Objective.Name)).Concat(Metrics.Select(m => m.Name)))
        {
            if (!names.Add(name))
                throw new ArgumentException($"The name '{name}' is used twice; knobs, objectives and metrics share one set of names.");
        }

        foreach (var constraint in MeasuredConstraints)
        {
            var unknown = constraint.Names.FirstOrDefault(n => !names.Contains(n));
            if (unknown is not null)
                throw new ArgumentException($"The constraint '{constraint}' uses '{unknown}', which is no knob, objective or metric; there are: {string.Join(", ", names)}.");
        }

        Preference?.Validate(Objectives);
        Pruners.Create(this);
        Command?.Intermediate?.Check(Objectives);
        if (Command is { Intermediate: not null, StandardOutput: not null })
            throw new ArgumentException("Intermediate values are read from standard output, which goes to a file here; leave out 'stdout' or 'intermediate'.");
        BudgetRules.Check(Budget, Objectives, Metrics);
        return this;
    }
}
