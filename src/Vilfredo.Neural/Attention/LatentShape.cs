namespace Vilfredo.Neural.Attention;

/// <summary>The sizes of a multi-head latent attention, in the letters of <see cref="MultiHeadLatentAttention"/>.</summary>
/// <param name="Heads">The number of heads, H.</param>
/// <param name="Rank">The size of the latent that stands for the keys and values of all heads, r.</param>
/// <param name="QueryRank">The size of the latent of the queries; null means that queries come straight from the input.</param>
/// <param name="ContentSize">The part of a query or key that does not rotate, d_h.</param>
/// <param name="RotarySize">The part that rotates, whose key all heads share, d_r; even.</param>
/// <param name="ValueSize">The size of a head's value, d_v.</param>
public sealed record LatentShape(int Heads, int Rank, int? QueryRank, int ContentSize, int RotarySize, int ValueSize)
{
    /// <summary>The size of a head's query or key, d_h + d_r.</summary>
    public int QuerySize => ContentSize + RotarySize;

    /// <summary>How many numbers a layer's cache holds for a token, r + d_r.</summary>
    public int CachedSize => Rank + RotarySize;
}
