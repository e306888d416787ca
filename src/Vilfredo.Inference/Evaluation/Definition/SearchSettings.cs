using Vilfredo.Studies;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>A search of knobs in place of all combinations.</summary>
/// <param name="Sampler">How points are proposed.</param>
/// <param name="Trials">How many. At least 1.</param>
public sealed record SearchSettings(SamplerDefinition Sampler, int Trials);
