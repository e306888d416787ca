namespace Vilfredo.Indicators;

/// <summary>The mean of distances raised to a power, on which the distance indicators rest.</summary>
internal static class PowerMean
{
    public static void ValidatePower(double power)
    {
        if (!(power > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(power), power, "The power must be above 0: 1 averages the distances, +Infinity takes the largest.");
        }
    }

    /// <summary>
    /// (sum over queries of d^p / n)^(1/p), d being the distance (root of the squared measure) to the nearest member.
    /// </summary>
    public static double OfNearest<TSquaredMeasure>(
        ReadOnlySpan<double> queries, ReadOnlySpan<double> members, int objectives, double power)
        where TSquaredMeasure : IPairMeasure
    {
        var columns = new PointColumns(members, objectives);
        var count = queries.Length / objectives;
        double sum = 0, largest = 0;
        for (var i = 0; i < count; i++)
        {
            var distance = Math.Sqrt(columns.Minimum<TSquaredMeasure>(queries.Slice(i * objectives, objectives), 0));
            largest = Math.Max(largest, distance);
            sum += power == 1 ? distance : power == 2 ? distance * distance : Math.Pow(distance, power);
        }

        if (double.IsPositiveInfinity(power)) return largest;
        return power == 1 ? sum / count : Math.Pow(sum / count, 1 / power);
    }
}
