namespace Vilfredo.Optimization;

/// <summary>When a run ends: at the first of its limits that is reached. Limits that are not set do not apply.</summary>
public sealed record Termination
{
    /// <summary>The number of evaluated points, at least 1. Never exceeded: the last batch is cut.</summary>
    public long? Evaluations { get; init; }

    /// <summary>The number of batches asked, evaluated and told (generations of an evolutionary algorithm), at least 1.</summary>
    public long? Generations { get; init; }

    /// <summary>The time since the start of the run, above zero; looked at after each batch.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Values of the objectives: the run ends when one feasible point is at least as good in each of them. Positive infinity for an objective that does not matter.</summary>
    public IReadOnlyList<double>? Target { get; init; }

    /// <summary>The hypervolume at which the run ends.</summary>
    public HypervolumeTarget? Hypervolume { get; init; }

    /// <summary>How long the hypervolume may stand still before the run ends.</summary>
    public HypervolumeStagnation? Stagnation { get; init; }

    /// <summary>A condition of your own, looked at after each batch: the run ends when it is true.</summary>
    public Func<MinimizeProgress, bool>? Until { get; init; }

    /// <summary>Ends after a number of evaluated points.</summary>
    public static Termination AfterEvaluations(long evaluations) => new() { Evaluations = evaluations };

    /// <summary>Ends after a number of generations.</summary>
    public static Termination AfterGenerations(long generations) => new() { Generations = generations };

    /// <summary>Ends after a time.</summary>
    public static Termination AfterTime(TimeSpan time) => new() { Time = time };

    internal void Validate(bool canBeCanceled)
    {
        if (Evaluations is < 1)
            throw new ArgumentException($"Evaluations is {Evaluations}; it must be at least 1.");
        if (Generations is < 1)
            throw new ArgumentException($"Generations is {Generations}; it must be at least 1.");
        if (Time <= TimeSpan.Zero)
            throw new ArgumentException($"Time is {Time}; it must be above zero.");
        if (Evaluations is null && Generations is null && Time is null && Until is null && Target is null && Hypervolume is null && Stagnation is null && !canBeCanceled)
        {
            throw new ArgumentException(
                "The run would never end: set Evaluations, Generations, Time, Target, Hypervolume, Stagnation or Until, or pass a cancellation token.");
        }
    }

    internal long Remaining(long evaluations) => Evaluations is { } limit ? limit - evaluations : long.MaxValue;

    internal StopReason? Reached(in MinimizeProgress progress)
    {
        if (progress.Evaluations >= Evaluations) return StopReason.Evaluations;
        if (progress.Generations >= Generations) return StopReason.Generations;
        if (progress.Elapsed >= Time) return StopReason.Time;
        return Until is not null && Until(progress) ? StopReason.Condition : null;
    }
}
