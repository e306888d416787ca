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

    /// <summary>Creates the operator.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="options">F and CR.</param>
    /// <param name="mutation">Polynomial mutation and reset of categories that follow; <see langword="null"/> for none.</param>
    public DifferentialVariation(DecisionSpace space, DifferentialOptions options, VariationOptions? mutation = null)
    {
        options.Validate();
        this.space = space;
        this.options = options;
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
        var always = random.NextInt32(child.Length);
        for (var j = 0; j < child.Length; j++)
        {
            child[j] = j == always || options.CrossoverRate == 1 || random.NextDouble() < options.CrossoverRate
                ? Mutant(space.Variables[j], origin[j], first[j], second[j], random)
                : target[j];
        }

        foreach (var mutation in mutations) mutation.Mutate(child, random);
    }

    private double Mutant(Variable variable, double origin, double first, double second, RandomGenerator random)
    {
        if (variable.Kind == VariableKind.Categorical) return first != second && random.NextDouble() < options.Scale ? first : origin;
        var value = origin + options.Scale * (first - second);
        if (value < variable.Lower) value = origin + random.NextDouble() * (variable.Lower - origin);
        else if (value > variable.Upper) value = origin + random.NextDouble() * (variable.Upper - origin);
        return variable.Kind == VariableKind.Real ? value : variable.Clamp(Math.Floor(value + random.NextDouble()));
    }
}
