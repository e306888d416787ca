namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>The largest input that was found.</summary>
/// <param name="Generator">The number of its generator.</param>
/// <param name="Scale">Its scale, a power of two.</param>
/// <param name="IsWellDefined">Whether its generator reached its bounds without failing.</param>
public sealed record GrownInput(int Generator, long Scale, bool IsWellDefined);
