namespace Vilfredo.Neural.Recursion;

/// <summary>What a shared layer begins as when a trained decoder is made recursive, of the layers that lie between the first and the last (or all, when those are shared too).</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, appendix, after Relaxed Recursive Transformers, 2024.</remarks>
public enum SharedLayerStart
{
    /// <summary>Layers at even distances from the first to the last of them, rounded.</summary>
    Stepwise,

    /// <summary>The first of them.</summary>
    Lower,

    /// <summary>The last of them.</summary>
    Upper,

    /// <summary>The mean of those that become the shared one.</summary>
    Average,
}
