namespace Vilfredo.Studies;

/// <summary>A sampler that was chosen for a study.</summary>
/// <param name="Sampler">The sampler.</param>
/// <param name="Reason">Why, as the rest of a sentence that begins with its name and a colon.</param>
public sealed record SamplerChoice(SamplerDefinition Sampler, string Reason);
