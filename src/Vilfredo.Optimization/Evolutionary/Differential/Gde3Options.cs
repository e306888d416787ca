using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of GDE3.</summary>
public sealed record Gde3Options
{
    /// <summary>The number of points that survive each generation, at least 4.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>F and CR. 0.5 and 0.2 here; the best values depend on how far variables act on their own.</summary>
    public DifferentialOptions Differential { get; init; } = new() { CrossoverRate = 0.2 };

    /// <summary>Gives the first generation; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal void Validate(DecisionSpace space)
    {
        if (PopulationSize < 4) throw new ArgumentException($"PopulationSize is {PopulationSize}; it must be at least 4.");
        ArgumentNullException.ThrowIfNull(Differential);
        Differential.Validate();
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
