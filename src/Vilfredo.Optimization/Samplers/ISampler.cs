namespace Vilfredo.Optimization.Samplers;

/// <summary>
/// A design of points that does not depend on results: point i is a pure function of the sampler's seed and i, so that
/// workers share a design by index and a stopped search goes on where it was.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
public interface ISampler
{
    /// <summary>The variables; every proposal is inside and satisfies the filter.</summary>
    DecisionSpace Space { get; }

    /// <summary>Writes the point of an index.</summary>
    /// <param name="index">The index of the point, from 0.</param>
    /// <param name="decisions">Receives one value per variable.</param>
    /// <returns>False, with nothing written, when the design ends before this index (a grid); endless designs always return true.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    /// <exception cref="ArgumentException">The length is not the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the space's filter was found.</exception>
    bool Propose(long index, Span<double> decisions);
}
