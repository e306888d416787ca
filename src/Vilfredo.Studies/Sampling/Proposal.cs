namespace Vilfredo.Studies;

/// <summary>A sampler's answer: a configuration, or why there is none.</summary>
/// <param name="Configuration">The proposed knobs, or <see langword="null"/>.</param>
/// <param name="IsExhausted">Whether the sampler has nothing left to propose, as a grid after its last point.</param>
public readonly record struct Proposal(Configuration? Configuration, bool IsExhausted = false)
{
    /// <summary>The sampler must wait for results of running trials (only in deterministic studies).</summary>
    public static readonly Proposal Wait;

    /// <summary>There is nothing left to propose.</summary>
    public static readonly Proposal Exhausted = new(null, true);
}
