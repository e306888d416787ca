using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of MO-CMA-ES. The learning rates follow from the number of variables, as in the paper.</summary>
public sealed record MoCmaEsOptions
{
    /// <summary>The number of points, each with a search distribution of its own and one child per generation; at least 2.</summary>
    public int PopulationSize { get; init; } = 100;

    /// <summary>The first step size as a share of each variable's range, in (0, 1].</summary>
    public double InitialStep { get; init; } = 0.3;

    /// <summary>Gives the first generation; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal void Validate(DecisionSpace space)
    {
        if (!space.IsContinuous)
            throw new ArgumentException("MO-CMA-ES adapts normal distributions, so all variables must be real; choose NSGA-II or another algorithm for integers and categories.");
        if (PopulationSize < 2) throw new ArgumentException($"PopulationSize is {PopulationSize}; it must be at least 2.");
        if (!(InitialStep is > 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"InitialStep is {InitialStep}; it is a share of a variable's range, above 0 and at most 1."));
        if (Sampling is not null && Sampling.Space.Count != space.Count)
            throw new ArgumentException($"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
    }
}
