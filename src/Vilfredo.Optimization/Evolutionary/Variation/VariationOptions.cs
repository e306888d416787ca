namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Settings of crossover and mutation. The defaults are those of the NSGA-II paper (Deb, Pratap, Agarwal and Meyarivan 2002,
/// section V-A), with uniform crossover for categories.
/// </summary>
public sealed record VariationOptions
{
    /// <summary>The probability that a pair of parents is recombined, in [0, 1]; otherwise they are copied.</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>The distribution index of <see cref="SimulatedBinaryCrossover"/>, at least 0.</summary>
    public double CrossoverDistributionIndex { get; init; } = 20;

    /// <summary>How categorical and binary variables are recombined.</summary>
    public CategoricalCrossover CategoricalCrossover { get; init; } = CategoricalCrossover.Uniform;

    /// <summary>How orders are recombined.</summary>
    public PermutationCrossover PermutationCrossover { get; init; } = PermutationCrossover.Order;

    /// <summary>How orders are mutated.</summary>
    public PermutationMutation PermutationMutation { get; init; } = PermutationMutation.Inversion;

    /// <summary>
    /// The probability that a variable is mutated, in [0, 1]; <see langword="null"/> for one over the number of variables that are not fixed. An order counts
    /// as one variable.
    /// </summary>
    public double? MutationProbability { get; init; }

    /// <summary>The distribution index of <see cref="PolynomialMutation"/>, at least 0.</summary>
    public double MutationDistributionIndex { get; init; } = 20;

    internal static void CheckProbability(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a probability in [0, 1].");
    }

    internal static void CheckIndex(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");
    }
}
