namespace Vilfredo.Studies;

/// <summary>The settings of a study made in code. Every default is that of a study file.</summary>
public sealed record StudyOptions
{
    /// <summary>The name; unique within its storage.</summary>
    public string Name { get; init; } = "study";

    /// <summary>How trials are proposed.</summary>
    public SamplerDefinition Sampler { get; init; } = new();

    /// <summary>Which part of the frontier is of interest; all of it when not given.</summary>
    public PreferenceDefinition? Preference { get; init; }

    /// <summary>Which rule ends unpromising trials; none when not given.</summary>
    public PrunerDefinition? Pruner { get; init; }

    /// <summary>When the study ends; without limits it ends when it is stopped.</summary>
    public StudyBudget Budget { get; init; } = new();

    /// <summary>How often each configuration is measured.</summary>
    public RepeatsDefinition Repeats { get; init; } = new();

    /// <summary>The seed of every random choice.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether trial n must be the same whatever the number of workers.</summary>
    public bool Deterministic { get; init; }

    /// <summary>How many trials run at once.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>How long one trial may take.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Metrics that trials record beside the objectives.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>Constraints on measured values, such as <c>memory &lt;= 100</c>.</summary>
    public IReadOnlyList<KnobExpression> MeasuredConstraints { get; init; } = [];

    /// <summary>Where the study is kept; in memory when not given. The caller disposes of it.</summary>
    public IStudyStorage? Storage { get; init; }

    /// <summary>The clock; the system's when not given.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>The name of this worker; one that tells whether the process is alive when not given.</summary>
    public string? Worker { get; init; }

    internal StudyDefinition Define(SearchSpace space, IEnumerable<Objective> objectives) => new()
    {
        Name = Name,
        Space = space,
        Objectives = [.. objectives.Select(o => new ObjectiveDefinition(o))],
        Metrics = Metrics,
        MeasuredConstraints = MeasuredConstraints,
        Sampler = Sampler,
        Preference = Preference,
        Pruner = Pruner,
        Budget = Budget,
        Repeats = Repeats,
        TimeLimit = TimeLimit,
        Parallelism = Parallelism,
        Seed = Seed,
        Deterministic = Deterministic,
    };
}
