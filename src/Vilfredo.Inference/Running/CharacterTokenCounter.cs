namespace Vilfredo.Inference.Running;

/// <summary>Takes a fixed number of characters for a token: what is left where no tokenizer is known. About 4 holds for English in common vocabularies.</summary>
/// <param name="charactersPerToken">Positive.</param>
public sealed class CharacterTokenCounter(double charactersPerToken = 4) : ITokenCounter
{
    private readonly double _charactersPerToken = charactersPerToken > 0
        ? charactersPerToken
        : throw new ArgumentOutOfRangeException(nameof(charactersPerToken), charactersPerToken, "A token has a positive number of characters.");

    /// <inheritdoc/>
    public int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (int)Math.Ceiling(text.Length / _charactersPerToken);
    }
}
