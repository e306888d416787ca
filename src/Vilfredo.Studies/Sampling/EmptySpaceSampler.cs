namespace Vilfredo.Studies;

/// <summary>Proposes nothing in particular: a define-by-run study starts without knobs, and its first trials choose at random.</summary>
internal sealed class EmptySpaceSampler : ITrialSampler
{
    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context) => new(Configuration.Empty);
}
