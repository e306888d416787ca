namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>Text from tokens that stand for bytes.</summary>
/// <param name="tokenizer">For the range of ids.</param>
/// <param name="bytes">The bytes of an id; null for special tokens.</param>
/// <param name="dropsFirstSpace">Whether a space at the very beginning is no part of the text.</param>
internal sealed class PieceDecoder(ITextTokenizer tokenizer, Func<int, byte[]?> bytes, bool dropsFirstSpace) : IStreamingDecoder
{
    private readonly Utf8Stream _stream = new();
    private bool _isAtStart = true;

    public string Append(int id)
    {
        tokenizer.RequireKnown(id);
        return bytes(id) is { } known ? WithoutFirstSpace(_stream.Append(known)) : "";
    }

    public string Finish()
    {
        var rest = WithoutFirstSpace(_stream.Finish());
        _isAtStart = true;
        return rest;
    }

    private string WithoutFirstSpace(string text)
    {
        if (text.Length == 0 || !_isAtStart)
            return text;
        _isAtStart = false;
        return dropsFirstSpace && text[0] == ' ' ? text[1..] : text;
    }
}
