namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// One generation of an evolutionary algorithm as an immutable value: what it has kept, and any of its children as a pure
/// function of the seed, the generation's number, the child's index and what was kept.
/// </summary>
/// <remarks>
/// For studies whose trials run in any order on any number of workers: trial t is child t mod P of generation t / P (P is the
/// population size). Safe to use from several threads.
/// </remarks>
public interface IGeneration
{
    /// <summary>The number of the generation, from 0.</summary>
    long Number { get; }

    /// <summary>The number of children of a generation.</summary>
    int PopulationSize { get; }

    /// <summary>The points kept from all earlier generations; empty in generation 0. Not to be changed.</summary>
    Population Parents { get; }

    /// <summary>Writes a child.</summary>
    /// <param name="index">Which child, from 0; from the population size on, further children.</param>
    /// <param name="child">Receives one value per variable.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    /// <exception cref="ArgumentException">The length is not the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the filter was found.</exception>
    void Propose(long index, Span<double> child);

    /// <summary>The generation that follows.</summary>
    /// <param name="children">
    /// The evaluated children, and any other points that should count (points known before). May be empty. Give them in the
    /// order of their index to get the same result each time.
    /// </param>
    /// <param name="indices">The index of each child; -1 for a point that is none of this generation's children.</param>
    /// <exception cref="ArgumentException">The shape is not that of this generation, or a decision is outside the space.</exception>
    IGeneration Next(Population children, ReadOnlySpan<long> indices);
}
