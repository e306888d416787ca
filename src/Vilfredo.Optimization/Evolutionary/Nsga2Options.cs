using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of NSGA-II. The defaults are those of its paper.</summary>
public sealed record Nsga2Options
{
    /// <summary>The number of points that survive each generation, and of children in it; at least 2. 100 in the paper.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>Crossover and mutation.</summary>
    public VariationOptions Variation { get; init; } = new();

    /// <summary>Gives the first generation; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    /// <summary>How the front that does not fit the population as a whole is cut.</summary>
    public CrowdingTruncation Truncation { get; init; } = CrowdingTruncation.AtOnce;

    /// <summary>
    /// Whether copies are avoided: a child with the decisions of a parent or an earlier child of its generation is made again
    /// (up to 20 times), and a copy survives only when there are not enough different points. Off in the paper.
    /// </summary>
    public bool EliminateDuplicates { get; init; }

    internal void Validate(DecisionSpace space)
    {
        if (PopulationSize < 2)
            throw new ArgumentException($"PopulationSize is {PopulationSize}; it must be at least 2.");
        ArgumentNullException.ThrowIfNull(Variation);
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
