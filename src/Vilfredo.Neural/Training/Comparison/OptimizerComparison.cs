using Vilfredo.Statistics;

namespace Vilfredo.Neural.Training.Comparison;

/// <summary>How much less one way of training spends than another to reach the other's loss, over seeds: two optimisers, say, each with its own tuned rate (<see cref="RateSweep"/>).</summary>
/// <param name="Above">How far the target is above the baseline's final loss, in its units.</param>
/// <param name="Ratios">Per seed, what the method spends until it reaches the target divided by what the baseline spends; null where the method never reaches it.</param>
public sealed record OptimizerComparison(double Above, IReadOnlyList<double?> Ratios)
{
    /// <summary>The number of seeds on which the method reaches the target.</summary>
    public int Reached => Ratios.Count(ratio => ratio is not null);

    /// <summary>Compares trainings seed by seed.</summary>
    /// <param name="curves">The method's curve of each seed.</param>
    /// <param name="baselines">The baseline's curve of the same seeds, in the same order and of the same kind.</param>
    /// <param name="above">How far the target is above the baseline's final loss of the seed; not negative.</param>
    /// <exception cref="ArgumentException">There are not as many curves of both, or none.</exception>
    public static OptimizerComparison Of(IReadOnlyList<TrainingCurve> curves, IReadOnlyList<TrainingCurve> baselines, double above = 0)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(baselines);
        if (curves.Count == 0 || curves.Count != baselines.Count)
            throw new ArgumentException($"There are {curves.Count} curves and {baselines.Count} of the baseline; give one of each per seed.", nameof(baselines));
        if (!(above >= 0 && double.IsFinite(above)))
            throw new ArgumentOutOfRangeException(nameof(above), above, "The target is at or above the baseline's final loss, which it would not reach otherwise.");
        return new(above, [.. curves.Zip(baselines, (curve, baseline) => StepsToTarget.Ratio(curve, baseline, baseline.FinalLoss + above))]);
    }

    /// <summary>The mean ratio with its bootstrap interval over seeds.</summary>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; null means 95 %.</param>
    /// <exception cref="InvalidOperationException">A seed never reaches the target: its ratio has no value, and the mean of the others would be too good.</exception>
    public BootstrapInterval Mean(RandomGenerator random, BootstrapOptions? options = null) => Reached == Ratios.Count
        ? Bootstrap.OneSample([.. Ratios.Select(ratio => ratio!.Value)], Descriptive.Mean, random, options)
        : throw new InvalidOperationException($"{Ratios.Count - Reached} of {Ratios.Count} seeds never reach the target; compare at one further above, or train longer.");
}
