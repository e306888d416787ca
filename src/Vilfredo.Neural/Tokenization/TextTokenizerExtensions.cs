using System.Text;

namespace Vilfredo.Neural.Tokenization;

/// <summary>What follows from a tokenizer's own methods.</summary>
public static class TextTokenizerExtensions
{
    /// <summary>The text of <paramref name="ids"/>, without special tokens; U+FFFD where bytes are no UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tokenizer has no such id.</exception>
    public static string Decode(this ITextTokenizer tokenizer, IEnumerable<int> ids)
    {
        var decoder = tokenizer.NewStreamingDecoder();
        var text = new StringBuilder();
        foreach (var id in ids)
            text.Append(decoder.Append(id));
        return text.Append(decoder.Finish()).ToString();
    }

    /// <summary>The name of a special token; null when the id is none.</summary>
    public static string? NameOf(this ITextTokenizer tokenizer, int? id) =>
        tokenizer.SpecialTokens.FirstOrDefault(pair => pair.Value == id).Key;

    /// <summary>The text in a form that names no special token in <see cref="ITextTokenizer.EncodeMarked"/>, where it stands for itself: for the words of users in a template. Names of a single character cannot be kept from being read.</summary>
    public static string Disarm(this ITextTokenizer tokenizer, string text) => new MarkedText(tokenizer.SpecialTokens).Disarm(text);

    /// <summary>Refuses an id that the tokenizer does not have.</summary>
    internal static void RequireKnown(this ITextTokenizer tokenizer, int id)
    {
        if (id < 0 || id >= tokenizer.VocabularySize)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"The id {id} is not one of this tokenizer's, which are 0 to {tokenizer.VocabularySize - 1}.");
    }
}
