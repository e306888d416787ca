using System.Text;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Each byte of the UTF-8 text is a token, ids 0 to 255; then come the tokens that begin, end and pad.</summary>
public sealed class ByteTokenizer : ITextTokenizer
{
    /// <summary>The number of ids: 256 bytes and 3 special tokens.</summary>
    public const int Size = 259;

    internal const string Kind = "bytes";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MarkedText _marks;

    /// <summary>The tokenizer; all are alike.</summary>
    public ByteTokenizer()
    {
        SpecialTokens = SpecialNames.After(256);
        _marks = new MarkedText(SpecialTokens);
    }

    /// <inheritdoc />
    public int VocabularySize => Size;

    /// <inheritdoc />
    public int? BeginToken => 256;

    /// <inheritdoc />
    public int? EndToken => 257;

    /// <inheritdoc />
    public int? PaddingToken => 258;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <inheritdoc />
    public int[] Encode(string text) => [.. Utf8(text)];

    /// <inheritdoc />
    public int[] EncodeMarked(string text) => _marks.Encode(text, Encode);

    /// <inheritdoc />
    public IStreamingDecoder NewStreamingDecoder() => new StreamingDecoder(this);

    /// <inheritdoc />
    public void Save(string folder) => TokenizerLoader.Write(folder, new() { Type = Kind });

    /// <summary>The UTF-8 bytes of a text.</summary>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which no bytes stand for.</exception>
    internal static byte[] Utf8(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"The text has half of a surrogate pair, U+{(int)error.CharUnknown:X4}, at position {error.Index}; it is not valid Unicode. Remove it or replace it by U+FFFD.", nameof(text), error);
        }
    }

    private sealed class StreamingDecoder(ByteTokenizer tokenizer) : IStreamingDecoder
    {
        private readonly Utf8Stream _bytes = new();

        public string Append(int id)
        {
            tokenizer.RequireKnown(id);
            return id < 256 ? _bytes.Append([(byte)id]) : "";
        }

        public string Finish() => _bytes.Finish();
    }
}
