namespace Vilfredo.Neural.Tokenization;

/// <summary>The content of a file of our own tokenizers.</summary>
internal sealed record TokenizerDescription
{
    /// <summary>The kind of tokenizer.</summary>
    public required string Type { get; init; }

    /// <summary>The characters of a character tokenizer.</summary>
    public string? Alphabet { get; init; }

    /// <summary>Whether a character tokenizer has an id for other characters.</summary>
    public bool? MapsUnknown { get; init; }
}
