namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The weights of MOEA/D, which of them are neighbours, and the value that a subproblem gives a point.</summary>
internal sealed class MoeadSubproblems
{
    private const double SmallestWeight = 1e-6; // so that no objective is left out

    private readonly int objectiveCount;
    private readonly MoeadScalarization scalarization;
    private readonly double penalty;
    private readonly double[] weights;
    private readonly double[] factors; // the weights, none of them 0
    private readonly int[] neighbors;

    /// <summary>Creates the subproblems.</summary>
    /// <exception cref="ArgumentException">The shape does not fit, or a row has a negative value or does not sum to 1.</exception>
    public MoeadSubproblems(int objectiveCount, MoeadOptions options)
    {
        this.objectiveCount = objectiveCount;
        scalarization = options.Scalarization;
        penalty = options.Penalty;
        weights = options.WeightsFor(objectiveCount);
        if (weights.Length % objectiveCount != 0 || weights.Length < 2 * objectiveCount)
        {
            throw new ArgumentException(
                $"There are {weights.Length} values of weights; give at least two rows of {objectiveCount} values, one per objective.");
        }

        Count = weights.Length / objectiveCount;
        for (var i = 0; i < Count; i++) CheckRow(i);
        factors = Array.ConvertAll(weights, weight => Math.Max(weight, SmallestWeight));
        NeighborhoodSize = Math.Min(options.Neighborhood, Count);
        neighbors = new int[Count * NeighborhoodSize];
        for (var i = 0; i < Count; i++) FindNeighbors(i);
    }

    /// <summary>The number of subproblems.</summary>
    public int Count { get; }

    /// <summary>The number of neighbours of each.</summary>
    public int NeighborhoodSize { get; }

    public ReadOnlySpan<double> WeightsOf(int subproblem) => weights.AsSpan(subproblem * objectiveCount, objectiveCount);

    /// <summary>The subproblems with the nearest weights, the subproblem itself first.</summary>
    public ReadOnlySpan<int> NeighborsOf(int subproblem) => neighbors.AsSpan(subproblem * NeighborhoodSize, NeighborhoodSize);

    /// <summary>The value of a point, smaller being better.</summary>
    /// <param name="subproblem">The subproblem.</param>
    /// <param name="point">The objective values less the ideal point, in units of their ranges.</param>
    public double ValueOf(int subproblem, ReadOnlySpan<double> point) => scalarization == MoeadScalarization.Tchebycheff
        ? Tchebycheff(factors.AsSpan(subproblem * objectiveCount, objectiveCount), point)
        : BoundaryIntersection(WeightsOf(subproblem), point);

    private static double Tchebycheff(ReadOnlySpan<double> factors, ReadOnlySpan<double> point)
    {
        var value = 0.0;
        for (var j = 0; j < point.Length; j++)
        {
            var term = factors[j] * point[j];
            if (term > value) value = term;
        }

        return value;
    }

    private double BoundaryIntersection(ReadOnlySpan<double> weight, ReadOnlySpan<double> point)
    {
        var (dot, square) = (0.0, 0.0);
        for (var j = 0; j < point.Length; j++)
        {
            if (double.IsPositiveInfinity(point[j])) return double.PositiveInfinity;
            dot += point[j] * weight[j];
            square += weight[j] * weight[j];
        }

        var off = 0.0;
        for (var j = 0; j < point.Length; j++)
        {
            var difference = point[j] - dot / square * weight[j];
            off += difference * difference;
        }

        return Math.Abs(dot) / Math.Sqrt(square) + penalty * Math.Sqrt(off);
    }

    private void CheckRow(int row)
    {
        var (sum, isValid) = (0.0, true);
        foreach (var weight in WeightsOf(row))
        {
            sum += weight;
            isValid &= weight >= 0;
        }

        if (!isValid || !(Math.Abs(sum - 1) <= 1e-9))
        {
            throw new ArgumentException(
                $"Weight {row} is ({string.Join(", ", WeightsOf(row).ToArray())}); weights are at least 0 and sum to 1.");
        }
    }

    // The subproblem itself, then the nearest others in order; of equally near ones the first.
    private void FindNeighbors(int subproblem)
    {
        var nearest = neighbors.AsSpan(subproblem * NeighborhoodSize, NeighborhoodSize);
        var distances = new double[NeighborhoodSize];
        (nearest[0], distances[0]) = (subproblem, double.NegativeInfinity);
        var known = 1;
        for (var i = 0; i < Count; i++)
        {
            if (i == subproblem) continue;
            var square = 0.0;
            for (var j = 0; j < objectiveCount; j++)
            {
                var difference = weights[i * objectiveCount + j] - weights[subproblem * objectiveCount + j];
                square += difference * difference;
            }

            if (known == distances.Length && !(square < distances[^1])) continue;
            if (known < distances.Length) known++;
            var place = known - 1;
            for (; square < distances[place - 1]; place--)
                (nearest[place], distances[place]) = (nearest[place - 1], distances[place - 1]);
            (nearest[place], distances[place]) = (i, square);
        }
    }
}
