using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a layer is told of the forward pass.</summary>
/// <param name="Attention">Positions, mask and cache of its attention.</param>
/// <param name="Routings">Where a mixture of experts notes its routing; null means nowhere.</param>
public readonly record struct LayerContext(AttentionContext Attention, ICollection<Routing>? Routings = null);
