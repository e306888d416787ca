using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of particle swarm optimisation. The defaults are those of SMPSO.</summary>
public sealed record MopsoOptions
{
    /// <summary>The number of particles, at least 2.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>The largest number of non-dominated points that are kept as leaders, and are the result; at least 2.</summary>
    public int ArchiveSize { get; init; } = 100;

    /// <summary>How much of its velocity a particle keeps, in [0, 1].</summary>
    public double Inertia { get; init; } = 0.1;

    /// <summary>The share of particles whose new position is mutated, in [0, 1].</summary>
    public double MutatedShare { get; init; } = 1.0 / 6;

    /// <summary>The mutation; its crossover is not used.</summary>
    public VariationOptions Variation { get; init; } = new();

    /// <summary>Gives the first positions; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal void Validate(DecisionSpace space)
    {
        if (PopulationSize < 2) throw new ArgumentException($"PopulationSize is {PopulationSize}; it must be at least 2.");
        if (ArchiveSize < 2) throw new ArgumentException($"ArchiveSize is {ArchiveSize}; it must be at least 2.");
        VariationOptions.CheckProbability(Inertia, nameof(Inertia));
        VariationOptions.CheckProbability(MutatedShare, nameof(MutatedShare));
        ArgumentNullException.ThrowIfNull(Variation);
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
