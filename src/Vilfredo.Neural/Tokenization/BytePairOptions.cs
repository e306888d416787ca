namespace Vilfredo.Neural.Tokenization;

/// <summary>How a byte-pair vocabulary is learned.</summary>
public sealed record BytePairOptions
{
    /// <summary>The expression by which texts are cut into pieces across which nothing is merged: words with the space before them, single digits, and stretches of other characters.</summary>
    /// <remarks>Single digits keep numbers readable place by place, as in Llama 2 and later models that compute.</remarks>
    public string Pattern { get; init; } = @" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>The token that begins a text.</summary>
    public string Begin { get; init; } = "<s>";

    /// <summary>The token that ends a text.</summary>
    public string End { get; init; } = "</s>";

    /// <summary>The token that fills up.</summary>
    public string Padding { get; init; } = "<pad>";

    /// <summary>How often a pair must occur to be merged, at least 1. Where no pair does, the vocabulary stays smaller than asked for.</summary>
    public int FewestOccurrences { get; init; } = 2;
}
