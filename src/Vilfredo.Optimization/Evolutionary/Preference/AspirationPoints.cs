namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The points that a user would like to reach.</summary>
internal static class AspirationPoints
{
    /// <exception cref="ArgumentException">
    /// There is neither a point nor weights, a row is partial, a value is not finite, or weights are negative, all 0, or not one per objective.
    /// </exception>
    public static void Validate(IReadOnlyList<double> points, IReadOnlyList<double>? weights, int objectiveCount)
    {
        ArgumentNullException.ThrowIfNull(points);
        if ((points.Count == 0 && weights is null) || points.Count % objectiveCount != 0 || points.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException(
                $"The reference points have {points.Count} values ({string.Join(", ", points.Take(8))}); give at least one row of {objectiveCount} finite values, one per objective, or weights.", nameof(points));
        }

        if (weights is not null && (weights.Count != objectiveCount || weights.Any(weight => !(weight >= 0 && double.IsFinite(weight))) || weights.All(weight => weight == 0)))
            throw new ArgumentException($"The weights are ({string.Join(", ", weights)}); give one finite value of at least 0 per objective ({objectiveCount}), not all 0.", nameof(weights));
    }
}
