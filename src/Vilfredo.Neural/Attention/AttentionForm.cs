namespace Vilfredo.Neural.Attention;

/// <summary>The two ways to compute multi-head latent attention. They give the same result.</summary>
public enum AttentionForm
{
    /// <summary>Expanded without a cache; with one, whichever takes fewer operations for the tokens at hand.</summary>
    Cheapest,

    /// <summary>Keys and values of every head are made from the latents of all visible tokens: the form for training and for reading a prompt.</summary>
    Expanded,

    /// <summary>Queries are taken into the space of the latents, and what is attended to is brought back: the form for writing token by token.</summary>
    Absorbed,
}
