namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Random reset of categorical variables: a mutated variable takes one of its other categories, each equally likely. For
/// binary variables this is the bit flip.
/// </summary>
public sealed class ResetMutation : IMutation
{
    private readonly int[] variables;
    private readonly int[] cardinalities;
    private readonly BernoulliTrials trials;

    /// <summary>Creates the operator for the categorical variables of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="probability">The probability with which each variable is mutated, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside its range.</exception>
    public ResetMutation(DecisionSpace space, double probability)
    {
        ArgumentNullException.ThrowIfNull(space);
        VariationOptions.CheckProbability(probability, nameof(probability));
        Probability = probability;
        trials = new BernoulliTrials(probability);
        variables = CategoricalVariables.Of(space);
        cardinalities = Array.ConvertAll(variables, j => (int)space.Variables[j].Cardinality!.Value);
    }

    /// <summary>The probability with which each variable is mutated.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public void Mutate(Span<double> decisions, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var i = trials.Next(-1, random); i < variables.Length; i = trials.Next(i, random))
        {
            ref var value = ref decisions[variables[i]];
            var other = random.NextInt32(cardinalities[i] - 1);
            value = other < value ? other : other + 1;
        }
    }
}
