using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Studies;

/// <summary>Adapts a sampler whose proposals depend on their index only: random, Sobol, Halton and grid.</summary>
internal sealed class IndexedSampler(ISampler source) : ITrialSampler
{
    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        Span<double> decisions = context.Space.Decisions.Count <= 256
            ? stackalloc double[context.Space.Decisions.Count]
            : new double[context.Space.Decisions.Count];
        return source.Propose(context.Index, decisions) ? new Proposal(context.Space.Decode(decisions)) : Proposal.Exhausted;
    }
}
