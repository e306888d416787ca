using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>A trainable tensor and the name under which a checkpoint has it.</summary>
/// <param name="Name">The name, unique within an optimiser.</param>
/// <param name="Value">The tensor; a leaf of the graph that asks for gradients. It stays its owner's.</param>
public sealed record NamedParameter(string Name, Tensor Value);
