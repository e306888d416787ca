namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Makes a child of a target and three further points, base + F (first - second) with binomial crossover, for any mix of
/// variables. Every child is inside the space and satisfies its filter.
/// </summary>
/// <remarks>
/// <para>A value beyond a bound comes back to a uniformly random place between the base's value and that bound. Integers are
/// rounded at random to one of the two nearest, so that small differences count. A category is the base's where the two further points agree, and
/// with probability F the first's where they do not.</para>
/// <para>With a filter, a child that is refused is made again from the same points, up to 100 times; after that it is the target
/// moved by one step inside the feasible part, or a random feasible point. Holds no changing state.</para>
/// </remarks>
internal sealed class DifferentialVariation
{
    private const int FilterTries = 100;

    private readonly DecisionSpace space;
    private readonly DifferentialOptions options;
    private readonly IMutation[] mutations;
    private readonly Variable[] variables;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly bool isReal;

    /// <summary>Creates the operator.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="options">F and CR.</param>
    /// <param name="mutation">Polynomial mutation and reset of categories that follow; <see langword="null"/> for none.</param>
    public DifferentialVariation(DecisionSpace space, DifferentialOptions options, VariationOptions? mutation = null)
    {
        options.Validate();
        this.space = space;
        this.options = options;
        variables = [.. space.Variables];
        lower = Array.ConvertAll(variables, variable => variable.Lower);
        upper = Array.ConvertAll(variables, variable => variable.Upper);
        isReal = Array.TrueForAll(variables, variable => variable.Kind == VariableKind.Real);
        mutations = mutation is null ? [] : Reproduction.MutationsOf(space, mutation);
    }

    /// <summary>Makes a child.</summary>
    public void Vary(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> origin,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Span<double> child,
        RandomGenerator random)
    {
        for (var i = 0; i < FilterTries; i++)
        {
            Once(target, origin, first, second, child, random);
            if (space.Satisfies(child)) return;
        }

        target.CopyTo(child);
        if (space.Satisfies(child)) space.Walk(random, child);
        else space.Sample(random, child);
    }

    private void Once(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> origin,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Span<double> child,
        RandomGenerator random)
    {
        var (scale, rate) = (options.Scale, options.CrossoverRate);
        var always = random.NextInt32(child.Length);
        for (var j = 0; j < child.Length; j++)
        {
            if (j != always && rate != 1 && random.NextDouble() >= rate) child[j] = target[j];
            else if (isReal) child[j] = Inside(j, origin[j], origin[j] + scale * (first[j] - second[j]), random);
            else child[j] = Mutant(j, origin[j], first[j], second[j], random);
        }

        foreach (var mutation in mutations) mutation.Mutate(child, random);
    }

    private double Mutant(int j, double origin, double first, double second, RandomGenerator random)
    {
        var variable = variables[j];
        if (variable.Kind == VariableKind.Categorical) return first != second && random.NextDouble() < options.Scale ? first : origin;
        var value = Inside(j, origin, origin + options.Scale * (first - second), random);
        return variable.Kind == VariableKind.Real ? value : variable.Clamp(Math.Floor(value + random.NextDouble()));
    }

    private double Inside(int j, double origin, double value, RandomGenerator random)
    {
        if (value < lower[j]) return origin + random.NextDouble() * (lower[j] - origin);
        return value > upper[j] ? origin + random.NextDouble() * (upper[j] - origin) : value;
    }
}
