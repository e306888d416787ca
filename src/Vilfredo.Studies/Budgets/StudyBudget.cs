namespace Vilfredo.Studies;

/// <summary>When a study ends: at the first limit that is reached. Never overrun by more than the trials that are running then.</summary>
public sealed record StudyBudget
{
    /// <summary>How many trials are finished in the end, whatever became of them; <see langword="null"/>: no limit.</summary>
    public int? Trials { get; init; }

    /// <summary>How long trials have been running, overlapping ones counted once; <see langword="null"/>: no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Per objective or metric, the most that its values over all finished trials may add up to.</summary>
    public IReadOnlyDictionary<string, double> Costs { get; init; } = new Dictionary<string, double>();

    /// <summary>Values of objectives, in their own directions: the study ends when one feasible trial is at least as good in each of them. Empty: no limit.</summary>
    public IReadOnlyDictionary<string, double> Target { get; init; } = new Dictionary<string, double>();

    /// <summary>The hypervolume with which the study ends; <see langword="null"/>: no limit.</summary>
    public HypervolumeTarget? Hypervolume { get; init; }

    /// <summary>How long the frontier may stand still before the study ends; <see langword="null"/>: no limit.</summary>
    public FrontierStagnation? Stagnation { get; init; }
}
