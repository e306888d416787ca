namespace Vilfredo.Optimization;

/// <summary>
/// A multi-objective optimiser driven from outside: it is asked for points and told their values, in batches of any size
/// and in any order.
/// </summary>
/// <remarks>
/// Points may be told that were never asked for (a warm start), and asked points may never be told (failed
/// evaluations). Several points may be out for evaluation at once. One thread at a time.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The variables; every proposal is inside and satisfies the filter.</summary>
    DecisionSpace Space { get; }

    /// <summary>The number of objectives. All are minimised.</summary>
    int ObjectiveCount { get; }

    /// <summary>The number of constraint values g(x), each satisfied at 0 or less.</summary>
    int ConstraintCount { get; }

    /// <summary>
    /// The number of points that the optimiser would like to be asked for and told at once, at least 1. Other sizes are
    /// correct too.
    /// </summary>
    int BatchSize { get; }

    /// <summary>
    /// The points that the optimiser holds as its answer so far: the population of an evolutionary one, the
    /// non-dominated points of a sampler. A copy that later calls leave alone.
    /// </summary>
    Population Population { get; }

    /// <summary>Writes proposals.</summary>
    /// <param name="decisions">Receives whole rows; its length over the number of variables is the number asked for.</param>
    /// <returns>The number of rows written: all, unless the optimiser has nothing left to propose (a grid that is exhausted).</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the space's filter was found.</exception>
    int Ask(Span<double> decisions);

    /// <summary>Takes the values of evaluated points.</summary>
    /// <param name="decisions">One row per point.</param>
    /// <param name="objectives">One row of <see cref="ObjectiveCount"/> values per point. Positive infinity is the worst value; NaN is refused.</param>
    /// <param name="constraints">One row of <see cref="ConstraintCount"/> values per point; empty when there are none. NaN is refused.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, a decision is outside the space, or a value is NaN.</exception>
    void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints);
}
