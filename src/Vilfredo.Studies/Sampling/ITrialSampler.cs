namespace Vilfredo.Studies;

/// <summary>
/// Proposes configurations. A proposal is a function of the seed, its index and the results told so far; a sampler keeps
/// nothing but caches of that, so that any process can go on with a study.
/// </summary>
public interface ITrialSampler
{
    /// <summary>Proposes the configuration of one new trial.</summary>
    Proposal Propose(SamplingContext context);
}
