using System.Text;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Text from UTF-8 bytes that come in pieces: an unfinished character is held back, and what is no UTF-8 becomes U+FFFD.</summary>
internal sealed class Utf8Stream
{
    private readonly System.Text.Decoder _decoder = Encoding.UTF8.GetDecoder();

    public string Append(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    public string Finish() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        return new string(characters, 0, _decoder.GetChars(bytes, characters, flush));
    }
}
