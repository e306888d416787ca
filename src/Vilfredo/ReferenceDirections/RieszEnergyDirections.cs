namespace Vilfredo.ReferenceDirections;

/// <summary>
/// Any number of well-spaced directions on the unit simplex, found by minimising their Riesz s-energy (J. Blank, K. Deb, Y.
/// Dhebar, S. Bandaru and H. Seada, "Generating well-spaced points on a unit simplex for evolutionary many-objective
/// optimization", IEEE Trans. Evol. Comput. 25(1), 2021).
/// </summary>
public static class RieszEnergyDirections
{
    /// <summary>The default of the number of steps.</summary>
    public const int DefaultIterations = 500;

    /// <summary>Creates directions: well-spread random ones, then improved by gradient steps on the energy.</summary>
    /// <param name="objectives">Coordinates of a direction, at least 2.</param>
    /// <param name="count">The number of directions; at least <paramref name="objectives"/>, as the corners are always among them.</param>
    /// <param name="random">The source of the starting directions.</param>
    /// <param name="iterations">The largest number of steps; each takes O(count^2 objectives).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Row-major directions that are not negative and sum to 1; the corners of the simplex first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is too small.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static double[] Create(
        int objectives,
        int count,
        RandomGenerator random,
        int iterations = DefaultIterations,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, objectives);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        ArgumentNullException.ThrowIfNull(random);

        var best = SpreadStart(objectives, count, random);
        if (count == objectives) return best;
        var descent = new EnergyDescent(best, objectives);
        for (var i = 0; i < iterations && !descent.Converged; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            descent.Step();
        }

        return descent.Best;
    }

    /// <summary>
    /// The natural logarithm of the Riesz s-energy, sum over pairs of 1 / distance^s, with the paper's s = m^2. Smaller is
    /// better spaced; +Infinity when two directions coincide, -Infinity for fewer than two.
    /// </summary>
    /// <param name="directions">Row-major directions.</param>
    /// <param name="objectives">Coordinates of a direction.</param>
    /// <exception cref="ArgumentException">The matrix has a wrong shape or a NaN.</exception>
    public static double LogEnergy(ReadOnlySpan<double> directions, int objectives)
    {
        PointMatrix.Validate(directions, objectives, nameof(directions));
        return EnergyDescent.LogEnergy(directions, objectives, default);
    }

    // The corners, then each time the candidate farthest from all directions chosen so far.
    private static double[] SpreadStart(int objectives, int count, RandomGenerator random)
    {
        const int candidatesPerDirection = 20;
        var directions = new double[count * objectives];
        for (var j = 0; j < objectives; j++) directions[j * objectives + j] = 1;

        var candidates = new double[(count - objectives) * candidatesPerDirection * objectives];
        for (var i = 0; i < candidates.Length; i += objectives) UniformOnSimplex(candidates.AsSpan(i, objectives), random);
        var distance = new double[candidates.Length / objectives];
        Array.Fill(distance, double.PositiveInfinity);
        for (var chosen = 0; chosen < count; chosen++)
        {
            var direction = directions.AsSpan(chosen * objectives, objectives);
            if (chosen >= objectives)
            {
                var farthest = Array.IndexOf(distance, distance.Max());
                candidates.AsSpan(farthest * objectives, objectives).CopyTo(direction);
            }

            for (var i = 0; i < distance.Length; i++)
                distance[i] = Math.Min(distance[i], EnergyDescent.SquaredDistance(direction, candidates.AsSpan(i * objectives, objectives)));
        }

        return directions;
    }

    private static void UniformOnSimplex(Span<double> point, RandomGenerator random)
    {
        double sum = 0;
        foreach (ref var x in point) sum += x = -Math.Log(1 - random.NextDouble());
        foreach (ref var x in point) x /= sum;
    }
}
