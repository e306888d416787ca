namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The reference lines of NSGA-III: from the origin of the normalised objectives through each direction (Deb and Jain 2014,
/// section IV-D).
/// </summary>
internal sealed class ReferenceNiches
{
    private readonly int objectiveCount;
    private readonly double[] units;

    /// <summary>Creates the lines.</summary>
    /// <exception cref="ArgumentException">The shape does not fit, or a direction is negative, zero or not finite.</exception>
    public ReferenceNiches(int objectiveCount, ReadOnlySpan<double> directions)
    {
        if (directions.IsEmpty || directions.Length % objectiveCount != 0)
        {
            throw new ArgumentException(
                $"There are {directions.Length} values of reference directions; give at least one row of {objectiveCount} values, one per objective.",
                nameof(directions));
        }

        this.objectiveCount = objectiveCount;
        units = directions.ToArray();
        Count = units.Length / objectiveCount;
        for (var line = 0; line < Count; line++)
        {
            var unit = units.AsSpan(line * objectiveCount, objectiveCount);
            var (square, isValid) = (0.0, true);
            foreach (var value in unit)
            {
                square += value * value;
                isValid &= value >= 0;
            }

            if (!isValid || !(square > 0) || !double.IsFinite(square))
            {
                throw new ArgumentException(
                    $"Reference direction {line} is ({string.Join(", ", unit.ToArray())}); a direction has finite values of at least 0, not all 0.",
                    nameof(directions));
            }

            foreach (ref var value in unit) value /= Math.Sqrt(square);
        }
    }

    /// <summary>The number of lines.</summary>
    public int Count { get; }

    /// <summary>The line that is nearest to a point, the first of several, and its perpendicular distance.</summary>
    public (int Line, double Distance) Nearest(ReadOnlySpan<double> point)
    {
        var (nearest, best) = (0, double.PositiveInfinity);
        for (var line = 0; line < Count; line++)
        {
            var unit = units.AsSpan(line * objectiveCount, objectiveCount);
            var along = 0.0;
            for (var j = 0; j < unit.Length; j++) along += point[j] * unit[j];

            // As a sum of squares rather than |p|^2 - along^2, which cancels near the line.
            var square = 0.0;
            for (var j = 0; j < unit.Length && square < best; j++)
            {
                var off = point[j] - along * unit[j];
                square += off * off;
            }

            if (square < best) (nearest, best) = (line, square);
        }

        return (nearest, Math.Sqrt(best));
    }
}
