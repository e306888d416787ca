namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Uniform crossover of categorical and binary variables: each is exchanged with probability 1/2.</summary>
/// <remarks>Source: G. Syswerda, "Uniform crossover in genetic algorithms", ICGA 1989.</remarks>
public sealed class UniformCrossover : ICrossover
{
    private readonly int[] variables;

    /// <summary>Creates the operator for the categorical variables of a space.</summary>
    public UniformCrossover(DecisionSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        variables = CategoricalVariables.Of(space);
    }

    /// <inheritdoc/>
    public void Cross(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bits = 0UL;
        for (var i = 0; i < variables.Length; i++)
        {
            if (i % 64 == 0) bits = random.NextUInt64();
            if ((bits >> (i % 64) & 1) != 0) CategoricalVariables.Exchange(firstChild, secondChild, variables[i]);
        }
    }
}
