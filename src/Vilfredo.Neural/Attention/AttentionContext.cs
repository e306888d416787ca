using TorchSharp;
using Vilfredo.Neural.Caches;

namespace Vilfredo.Neural.Attention;

/// <summary>What the attention layers share in one forward pass.</summary>
/// <param name="Rotary">The angles of the positions of the tokens in this pass.</param>
/// <param name="Mask">Which of the S tokens each of the T queries sees, bool, broadcastable to [B, 1, T, S]; null means the causal order of a pass without cache and padding.</param>
/// <param name="Cache">Where this layer's keys and values are appended, and from where those of earlier tokens come; null without cache.</param>
/// <param name="Shared">The keys and values that this layer leaves for its next use in the pass, or finds there from its first and then makes none; null where every use makes its own.</param>
public readonly record struct AttentionContext(RotaryAngles Rotary, torch.Tensor? Mask, LayerCache? Cache, SharedKeyValues? Shared = null);
