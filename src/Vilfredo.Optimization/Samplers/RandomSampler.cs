namespace Vilfredo.Optimization.Samplers;

/// <summary>Independent random points, uniform in the space (see <see cref="DecisionSpace.Sample"/> for the part a filter leaves).</summary>
public sealed class RandomSampler : ISampler
{
    private readonly ulong seed;

    /// <summary>Creates the sampler of a seed.</summary>
    public RandomSampler(DecisionSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        Space = space;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    /// <returns>Always true.</returns>
    public bool Propose(long index, Span<double> decisions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Space.Sample(new RandomGenerator(seed, (ulong)index), decisions);
        return true;
    }
}
