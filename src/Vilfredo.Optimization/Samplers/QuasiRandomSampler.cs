namespace Vilfredo.Optimization.Samplers;

/// <summary>The points of a scrambled low-discrepancy sequence, which fill the space more evenly than random ones.</summary>
/// <remarks>
/// With a filter, point i is the i-th point of the sequence that satisfies it. Finding it reads the sequence from the
/// last known point, so that indices are cheap in rising order. Should 100,000 points in a row be refused, all further
/// points are random ones of <see cref="DecisionSpace.Sample"/>.
/// </remarks>
public sealed class QuasiRandomSampler : ISampler
{
    private readonly ILowDiscrepancySequence sequence;
    private readonly AcceptedIndices? accepted;
    private readonly RandomSampler fallback;
    private readonly double[] candidate; // written under the lock of the accepted indices only

    private QuasiRandomSampler(DecisionSpace space, ILowDiscrepancySequence sequence, ulong seed)
    {
        Space = space;
        this.sequence = sequence;
        fallback = new RandomSampler(space, seed);
        candidate = new double[space.Count];
        if (space.Filter is not null) accepted = new AcceptedIndices(long.MaxValue, Accepts, refusalsInARow: 100_000);
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <summary>Sobol's sequence, scrambled by the seed. Prefer a power of two for the number of points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The space has more than <see cref="SobolSequence.MaximumDimension"/> variables.</exception>
    public static QuasiRandomSampler Sobol(DecisionSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new(space, new SobolSequence(space.Count, new RandomGenerator(seed)), seed);
    }

    /// <summary>Halton's sequence, with digits permuted by the seed. Any number of points is a good number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The space has more than <see cref="HaltonSequence.MaximumDimension"/> variables.</exception>
    public static QuasiRandomSampler Halton(DecisionSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new(space, new HaltonSequence(space.Count, new RandomGenerator(seed)), seed);
    }

    /// <inheritdoc/>
    /// <returns>Always true.</returns>
    public bool Propose(long index, Span<double> decisions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Space.CheckPoint(decisions, nameof(decisions));
        if (accepted is null) Point(index, decisions);
        else if (accepted.TryFind(index, out var source)) Point(source, decisions);
        else fallback.Propose(index, decisions);
        return true;
    }

    private bool Accepts(long index)
    {
        Point(index, candidate);
        return Space.Satisfies(candidate);
    }

    private void Point(long index, Span<double> decisions)
    {
        sequence.At(index, decisions);
        Space.FromUnit(decisions, decisions);
    }
}
