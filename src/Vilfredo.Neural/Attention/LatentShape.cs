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

    /// <summary>The form that <paramref name="form"/> stands for when <paramref name="queries"/> tokens attend to <paramref name="tokens"/>, themselves included.</summary>
    /// <param name="form">As asked for.</param>
    /// <param name="cached">Whether the latents are in a cache.</param>
    /// <param name="queries">New tokens.</param>
    /// <param name="tokens">All tokens.</param>
    /// <returns><see cref="AttentionForm.Expanded"/> or <see cref="AttentionForm.Absorbed"/>.</returns>
    public AttentionForm Resolve(AttentionForm form, bool cached, long queries, long tokens)
    {
        if (form != AttentionForm.Cheapest)
            return form;
        var pairs = queries * tokens;
        return cached && MultiplyAdds(AttentionForm.Absorbed, queries, tokens, pairs) < MultiplyAdds(AttentionForm.Expanded, queries, tokens, pairs)
            ? AttentionForm.Absorbed
            : AttentionForm.Expanded;
    }

    /// <summary>Products between queries and what they attend to, with those of the matrix from latents to keys and values, which the two forms apply to different things.</summary>
    /// <param name="form">Expanded or absorbed.</param>
    /// <param name="queries">New tokens.</param>
    /// <param name="tokens">All tokens.</param>
    /// <param name="pairs">How many pairs of a query and a token that it sees there are.</param>
    public long MultiplyAdds(AttentionForm form, long queries, long tokens, long pairs) => form == AttentionForm.Absorbed
        ? Heads * (pairs * (CachedSize + Rank) + queries * Rank * (ContentSize + ValueSize))
        : Heads * (pairs * (QuerySize + ValueSize) + tokens * Rank * (ContentSize + ValueSize));
}
