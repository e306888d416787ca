namespace Vilfredo.Neural.Training.Comparison;

/// <summary>What a training spends until its loss first reaches a target.</summary>
public static class StepsToTarget
{
    /// <summary>Where a curve first reaches a loss, on the straight line between the two evaluations around that place.</summary>
    /// <param name="curve">The curve, over steps or anything else that is spent.</param>
    /// <param name="target">The loss.</param>
    /// <returns>The place, the first evaluation's own when the loss is reached there already; null when the curve never reaches it.</returns>
    /// <remarks>Read from one training to a given end it is the same-horizon reading. Over points that are each the end of a training of its own length, with a schedule of that length, it is the re-tuned one.</remarks>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    public static double? Of(TrainingCurve curve, double target)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (!double.IsFinite(target))
            throw new ArgumentException($"The target is {target}; it must be a finite loss.", nameof(target));
        for (var i = 0; i < curve.Points.Count; i++)
        {
            var (spent, loss) = curve.Points[i];
            if (loss > target)
                continue;
            if (i == 0)
                return spent;
            var (before, higher) = curve.Points[i - 1];
            return before + (spent - before) * (higher - target) / (higher - loss);
        }

        return null;
    }

    /// <summary>What a training spends until it reaches a target, divided by what another spends.</summary>
    /// <returns>The ratio; null when either never reaches it.</returns>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    public static double? Ratio(TrainingCurve curve, TrainingCurve baseline, double target) => Of(curve, target) / Of(baseline, target);
}
