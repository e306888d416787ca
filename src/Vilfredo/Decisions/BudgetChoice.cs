namespace Vilfredo.Decisions;

/// <summary>Chooses the best point by one objective among those within limits on the others. All objectives are minimised.</summary>
public static class BudgetChoice
{
    /// <summary>Chooses in O(n m).</summary>
    /// <param name="points">Row-major points, at least one; +Infinity is allowed.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="limits">The largest allowed value of each objective; +Infinity where there is no limit.</param>
    /// <param name="best">The objective to be best in, from 0.</param>
    /// <returns>
    /// The choice. Of equally good points the one with the smaller sum of normalised objectives wins. Which point beyond the
    /// budget is nearest is decided by its largest excess relative to the range of that objective, then by its value.
    /// </returns>
    /// <exception cref="ArgumentException">The points or the limits have a wrong shape or a value that is not allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="best"/> is not an objective.</exception>
    public static BudgetDecision Choose(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> limits, int best)
    {
        var count = Ranking.Validate(points, objectives);
        PointMatrix.ValidatePoint(limits, objectives, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(best);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(best, objectives);

        var sums = Ranking.NormalizedSums(points, objectives);
        int? chosen = null;
        for (var i = 0; i < count; i++)
        {
            if (!Within(points.Slice(i * objectives, objectives), limits)) continue;
            if (chosen is not { } c || (points[i * objectives + best], sums[i]).CompareTo((points[c * objectives + best], sums[c])) < 0)
                chosen = i;
        }

        var value = chosen is { } index ? points[index * objectives + best] : double.PositiveInfinity;
        return new(chosen, value, Nearest(points, objectives, limits, best, chosen is null ? null : value));
    }

    private static BudgetAlternative? Nearest(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> limits, int best, double? valueToBeat)
    {
        var scale = ObjectiveNormalization.FromPoints(points, objectives);
        var nearest = -1;
        (double Excess, double Value) nearestKey = default;
        for (var i = 0; i < points.Length / objectives; i++)
        {
            var value = points[i * objectives + best];
            if (value >= valueToBeat) continue;
            double largest = 0;
            for (var j = 0; j < objectives; j++)
                largest = Math.Max(largest, Excess(points[i * objectives + j], limits[j]) / scale.Range(j));
            if (nearest >= 0 && (largest, value).CompareTo(nearestKey) >= 0) continue;
            (nearest, nearestKey) = (i, (largest, value));
        }

        if (nearest < 0) return null;
        var excess = new double[objectives];
        for (var j = 0; j < objectives; j++) excess[j] = Excess(points[nearest * objectives + j], limits[j]);
        return new(nearest, nearestKey.Value, excess);
    }

    private static double Excess(double value, double limit) => value <= limit ? 0 : value - limit;

    private static bool Within(ReadOnlySpan<double> point, ReadOnlySpan<double> limits)
    {
        for (var j = 0; j < point.Length; j++)
        {
            if (point[j] > limits[j]) return false;
        }

        return true;
    }
}
