using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of C-TAEA.</summary>
public sealed record CtaeaOptions
{
    private const double PaperCrossoverIndex = 30;

    /// <summary>Crossover and mutation; by default crossover always, with distribution index 30, mutation with 20.</summary>
    public VariationOptions Variation { get; init; } = new() { CrossoverProbability = 1, CrossoverDistributionIndex = PaperCrossoverIndex };

    /// <summary>The most points of each archive and the number of children of a generation, at least 2; the lattice of directions is the finest that has no more.</summary>
    public int PopulationSize { get; init; } = 92;

    /// <summary>Gives the first generation; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal void Validate(DecisionSpace space)
    {
        ArgumentNullException.ThrowIfNull(Variation);
        if (PopulationSize < 2) throw new ArgumentException($"PopulationSize is {PopulationSize}; it must be at least 2.");
        if (Sampling is not null && Sampling.Space.Count != space.Count)
            throw new ArgumentException($"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
    }
}
