namespace Vilfredo.Neural.Tokenization;

/// <summary>Turns the ids of one sequence into text, one id after the other. The pieces joined are the text of the whole.</summary>
public interface IStreamingDecoder
{
    /// <summary>The text that <paramref name="id"/> completes. It is empty for special tokens and for the first bytes of a character, which are held back until its last has come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tokenizer has no such id.</exception>
    string Append(int id);

    /// <summary>What is still held back: U+FFFD for a character that was never completed, else nothing. The decoder then begins anew.</summary>
    string Finish();
}
