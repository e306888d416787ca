namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The directions of R-NSGA-III: around each reference point a lattice of directions, shrunk and moved to where the line through the point meets the unit hyperplane; and the axes, which keep
/// the scale of the front known (Y. Vesikar, K. Deb, J. Blank, "Reference point based NSGA-III for preferred solutions", IEEE SSCI 2018).
/// </summary>
internal sealed class AspirationDirections(int objectiveCount, double[] referencePoints, double[] lattice, double spread)
{
    private const double LeastWeight = 1e-3; // of the largest

    /// <summary>Weights whose direction stands for a reference point, or <see langword="null"/>.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The lines for the scale of the front as it is known now.</summary>
    public ReferenceNiches For(FrontNormalization normalization)
    {
        var directions = new List<double>();
        Span<double> center = stackalloc double[objectiveCount];
        Span<double> direction = stackalloc double[objectiveCount];
        for (var z = 0; z < referencePoints.Length; z += objectiveCount)
        {
            normalization.Normalize(referencePoints.AsSpan(z, objectiveCount), center);
            var sum = Sum(center);
            // A point that is better than everything seen lies on no line of its own; the middle of the front is as near as any.
            for (var j = 0; j < objectiveCount; j++) center[j] = sum > 0 ? center[j] / sum : 1.0 / objectiveCount;
            AddAround(center, directions);
        }

        if (Weights is not null)
        {
            var least = LeastWeight * Weights.Max();
            for (var j = 0; j < objectiveCount; j++) center[j] = 1 / Math.Max(Weights[j], least);
            var sum = Sum(center);
            foreach (ref var value in center) value /= sum;
            AddAround(center, directions);
        }

        for (var axis = 0; axis < objectiveCount; axis++)
        {
            direction.Clear();
            direction[axis] = 1;
            directions.AddRange(direction);
        }

        return new(objectiveCount, directions.ToArray());
    }

    private void AddAround(ReadOnlySpan<double> center, List<double> directions)
    {
        Span<double> direction = stackalloc double[objectiveCount];
        for (var row = 0; row < lattice.Length; row += objectiveCount)
        {
            var total = Sum(lattice.AsSpan(row, objectiveCount));
            for (var j = 0; j < objectiveCount; j++)
                direction[j] = Math.Max(0, center[j] + spread * (lattice[row + j] / total - 1.0 / objectiveCount));
            directions.AddRange(direction);
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }
}
