using Vilfredo.Neural.Recursion;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a pass through the trunk gives to the heads.</summary>
/// <param name="States">The states after the last normalisation, [B, T, d].</param>
/// <param name="Depths">How tokens came through a mixture of recursions; null without one.</param>
/// <param name="Pass">What the layers shared.</param>
internal sealed record TrunkOutput(Tensor States, DepthRouting? Depths, ForwardPass Pass);
