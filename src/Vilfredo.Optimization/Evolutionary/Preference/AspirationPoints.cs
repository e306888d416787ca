namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The points that a user would like to reach.</summary>
internal static class AspirationPoints
{
    /// <exception cref="ArgumentException">There is none, a row is partial, or a value is not finite.</exception>
    public static void Validate(IReadOnlyList<double> points, int objectiveCount)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0 || points.Count % objectiveCount != 0 || points.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException(
                $"The reference points have {points.Count} values ({string.Join(", ", points.Take(8))}); give at least one row of {objectiveCount} finite values, one per objective.", nameof(points));
        }
    }
}
