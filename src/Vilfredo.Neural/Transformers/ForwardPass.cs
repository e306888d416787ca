using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Experts;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Transformers;

/// <summary>What all layers of one forward pass share.</summary>
/// <param name="Input">What was asked for.</param>
/// <param name="Positions">The positions of the tokens, int64 [B, T].</param>
/// <param name="Visible">Which of them are no padding, bool [B, T].</param>
/// <param name="Past">The tokens in the cache before these.</param>
/// <param name="Rotary">The angles of the positions.</param>
/// <param name="Masks">Which token sees which.</param>
/// <param name="Routings">Where mixtures of experts note their routings; null for nowhere.</param>
internal sealed record ForwardPass(DecoderInput Input, Tensor Positions, Tensor Visible, int Past, RotaryAngles Rotary, AttentionMasks Masks, List<Routing>? Routings)
{
    /// <summary>The keys and values of the tokens before.</summary>
    public KeyValueCache? Cache => Input.Cache;

    /// <summary>Shows the residual stream after so many layers to the caller.</summary>
    public Tensor Tap(int layer, Tensor states) => Input.Tap?.Invoke(layer, states) ?? states;
}
