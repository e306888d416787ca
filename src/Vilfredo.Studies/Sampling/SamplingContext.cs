namespace Vilfredo.Studies;

/// <summary>What a sampler sees when it proposes.</summary>
/// <param name="State">The study.</param>
/// <param name="Index">The proposal's index: 0 for the study's first, one more for each, repeats of earlier trials not counted.</param>
public readonly record struct SamplingContext(StudyState State, int Index)
{
    /// <summary>The space to propose from.</summary>
    public SearchSpace Space => State.Definition.Space;

    /// <summary>A generator that depends on the study's seed and the index only.</summary>
    public RandomGenerator Random() => new(State.Definition.Seed, (ulong)Index);
}
