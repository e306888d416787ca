using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>Adapts a sampler whose proposals depend on their index only: random, Sobol, Halton and grid.</summary>
internal sealed class IndexedSampler(IIndexedSampler source) : ISampler
{
    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        if (source.Count is { } count && context.Index >= count) return Proposal.Exhausted;
        Span<double> decisions = context.Space.Knobs.Count <= 256
            ? stackalloc double[context.Space.Knobs.Count]
            : new double[context.Space.Knobs.Count];
        source.Propose(context.Index, decisions);
        return new Proposal(context.Space.Decode(decisions));
    }
}
