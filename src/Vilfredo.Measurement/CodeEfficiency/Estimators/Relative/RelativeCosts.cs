using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Relative;

/// <summary>
/// The costs of solutions beside those of a baseline's, task by task: speed-ups b/c and normalised costs c/b. One task with a huge
/// speed-up can outweigh all others in the arithmetic mean; report it, rank by another score.
/// </summary>
/// <remarks>
/// A cost that was cut off makes c/b at least, and b/c at most, the limit's. Means then do not exist: what is left is the median of
/// c/b by Kaplan and Meier, and a bound of the mean.
/// </remarks>
public sealed class RelativeCosts
{
    private readonly double[] speedUps;
    private readonly CensoredSample ratios;

    /// <summary>Pairs the costs.</summary>
    /// <param name="baseline">The baseline's cost of each task, positive and finite.</param>
    /// <param name="costs">The solution's cost of the same tasks in the same unit and order, positive.</param>
    /// <exception cref="ArgumentException">There are no tasks, the numbers differ, or a cost is not positive.</exception>
    public RelativeCosts(ReadOnlySpan<double> baseline, ReadOnlySpan<CensoredValue> costs)
    {
        if (baseline.IsEmpty) throw new ArgumentException("There are no tasks; give at least one.", nameof(baseline));
        if (costs.Length != baseline.Length)
            throw new ArgumentException($"{baseline.Length} costs of the baseline but {costs.Length} of the solutions were given; give one of each per task.", nameof(costs));
        speedUps = new double[costs.Length];
        var values = new CensoredValue[costs.Length];
        for (var i = 0; i < costs.Length; i++)
        {
            if (!(baseline[i] > 0) || !double.IsFinite(baseline[i]))
                throw new ArgumentException($"Task {i}: the baseline costs {baseline[i]}; it must be positive and finite.", nameof(baseline));
            if (!(costs[i].Value > 0)) throw new ArgumentException($"Task {i}: the solution costs {costs[i]}; it must be positive.", nameof(costs));
            speedUps[i] = baseline[i] / costs[i].Value;
            var ratio = costs[i].Value / baseline[i];
            values[i] = costs[i].IsCensored ? CensoredValue.AtLeast(ratio) : CensoredValue.Exactly(ratio);
        }

        ratios = new CensoredSample(values);
    }

    /// <summary>The number of tasks.</summary>
    public int Count => speedUps.Length;

    /// <summary>How many solutions were cut off.</summary>
    public int CutOff => ratios.CensoredCount;

    /// <summary>c/b of the tasks.</summary>
    public CensoredSample Ratios => ratios;

    /// <summary>The median of c/b (Kaplan and Meier); the median speed-up is its inverse.</summary>
    public CensoredValue MedianRatio => ratios.Median;

    /// <summary>The interval of <see cref="MedianRatio"/> over tasks, by inverting the band of the survival curve.</summary>
    /// <param name="level">The probability with which it shall cover the true median, in (0, 1).</param>
    public (CensoredValue Lower, CensoredValue Upper) MedianRatioInterval(double level = 0.95) => ratios.Curve.QuantileInterval(0.5, level);

    /// <summary>
    /// What the arithmetic mean of b/c is at most: the mean with every limit in place of the cost that was cut off there. Exact when
    /// nothing was cut off.
    /// </summary>
    public double LargestMeanSpeedUp => Descriptive.Mean(speedUps);

    /// <summary>The arithmetic mean of b/c with its bootstrap interval over tasks.</summary>
    /// <exception cref="InvalidOperationException">A solution was cut off.</exception>
    public BootstrapInterval MeanSpeedUp(RandomGenerator random, BootstrapOptions? options = null) =>
        Bootstrap.OneSample(Complete(speedUps), Descriptive.Mean, random, options);

    /// <summary>The geometric mean of b/c, which the choice of the baseline cannot turn around, with its bootstrap interval.</summary>
    /// <exception cref="InvalidOperationException">A solution was cut off.</exception>
    public BootstrapInterval GeometricMeanSpeedUp(RandomGenerator random, BootstrapOptions? options = null) =>
        Bootstrap.OneSample(Complete(Array.ConvertAll(speedUps, Math.Log)), logs => Math.Exp(Descriptive.Mean(logs)), random, options);

    /// <summary>
    /// The arithmetic mean of c/b with its bootstrap interval: the normalised execution time, memory or memory-time of EffiBench when
    /// the costs are these and the baseline the canonical solution.
    /// </summary>
    /// <exception cref="InvalidOperationException">A solution was cut off.</exception>
    public BootstrapInterval MeanRatio(RandomGenerator random, BootstrapOptions? options = null) =>
        Bootstrap.OneSample(Complete(Array.ConvertAll(speedUps, speedUp => 1 / speedUp)), Descriptive.Mean, random, options);

    private double[] Complete(double[] values) => CutOff == 0
        ? values
        : throw new InvalidOperationException(
            $"{CutOff} of {Count} solutions were cut off, so the mean is not known. Use MedianRatio, or LargestMeanSpeedUp as a bound.");
}
