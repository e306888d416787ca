namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// One-point or two-point crossover of categorical and binary variables: the children exchange the variables between two
/// random cuts (with one point, from a cut to the end), in the order of the space.
/// </summary>
/// <remarks>Source: D. E. Goldberg, "Genetic algorithms in search, optimization, and machine learning", Addison-Wesley, 1989.</remarks>
public sealed class PointCrossover : ICrossover
{
    private readonly int[] variables;
    private readonly int points;

    /// <summary>Creates the operator for the categorical variables of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="points">1 or 2 cuts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is neither 1 nor 2.</exception>
    public PointCrossover(DecisionSpace space, int points)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, 2);
        variables = CategoricalVariables.Of(space);
        this.points = points;
    }

    /// <inheritdoc/>
    public void Cross(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (variables.Length < 2) return; // no place for a cut

        // Cuts lie between variables, so that a single cut always leaves something on both sides.
        var start = 1 + random.NextInt32(variables.Length - 1);
        var end = variables.Length;
        if (points == 2)
        {
            // Two different cuts out of 0..length, of which the outer pair 0 and length would exchange everything.
            (start, end) = (random.NextInt32(variables.Length + 1), random.NextInt32(variables.Length));
            if (end >= start) end++;
            if (end < start) (start, end) = (end, start);
        }

        for (var i = start; i < end; i++) CategoricalVariables.Exchange(firstChild, secondChild, variables[i]);
    }
}
