namespace Vilfredo.Neural.Tokenization;

/// <summary>Text as the token ids of a model, and back. Safe to use from several threads.</summary>
public interface ITextTokenizer
{
    /// <summary>The number of ids, special ones included; ids are 0 to this - 1.</summary>
    int VocabularySize { get; }

    /// <summary>The id that begins a text; null when the model knows none.</summary>
    int? BeginToken { get; }

    /// <summary>The id that ends a text; null when the model knows none.</summary>
    int? EndToken { get; }

    /// <summary>The id that fills rows of a batch up; null when the model knows none.</summary>
    int? PaddingToken { get; }

    /// <summary>The ids that stand for no text (beginnings, ends, roles of a chat) by the names that templates give them.</summary>
    IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>The ids of a text alone: no beginning, no end, and names of special tokens in it are text like any other.</summary>
    /// <exception cref="ArgumentException">The text has something that this tokenizer has no id for, or half of a surrogate pair.</exception>
    int[] Encode(string text);

    /// <summary>The ids of a text in which names of <see cref="SpecialTokens"/> stand for those tokens, as in a rendered chat template. Text of strangers in it goes through <see cref="TextTokenizerExtensions.Disarm"/>, or it could end its own turn.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    int[] EncodeMarked(string text);

    /// <summary>Turns ids into text as they come; for one sequence. Special tokens give no text.</summary>
    IStreamingDecoder NewStreamingDecoder();

    /// <summary>Writes the tokenizer into a model's folder, which is made when it is not there, so that <see cref="TokenizerLoader.FromFolder"/> finds it.</summary>
    void Save(string folder);
}
