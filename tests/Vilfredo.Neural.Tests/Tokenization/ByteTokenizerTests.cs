using System.Text;
using CsCheck;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class ByteTokenizerTests
{
    private static readonly ByteTokenizer Tokenizer = new();

    [Fact]
    public void A_text_is_its_utf8_bytes()
    {
        Assert.Equal([72, 105, 0xE2, 0x82, 0xAC], Tokenizer.Encode("Hi€"));
        Assert.Empty(Tokenizer.Encode(""));
        Assert.Equal(259, Tokenizer.VocabularySize);
        Assert.Equal([256, 257, 258], [Tokenizer.BeginToken, Tokenizer.EndToken, Tokenizer.PaddingToken]);
    }

    [Fact]
    public void Every_text_comes_back_whole_and_piece_by_piece() =>
        Texts.Sample(text =>
        {
            var ids = Tokenizer.Encode(text);
            Assert.Equal(Encoding.UTF8.GetByteCount(text), ids.Length);
            Assert.Equal(text, Tokenizer.Decode(ids));
            var decoder = Tokenizer.NewStreamingDecoder();
            // No piece ever holds a replacement character or half of a pair.
            var pieces = ids.Select(decoder.Append).ToList();
            Assert.All(pieces, piece => Assert.True(piece.Length == 0 || piece.EnumerateRunes().Count() == 1));
            Assert.Equal(text, string.Concat(pieces) + decoder.Finish());
        });

    [Fact]
    public void The_first_bytes_of_a_character_are_held_back_and_become_a_replacement_when_the_last_never_comes()
    {
        var decoder = Tokenizer.NewStreamingDecoder();
        Assert.Equal(["", "", "€", "a", ""], new[] { 0xE2, 0x82, 0xAC, 'a', 0xE2 }.Select(decoder.Append));
        Assert.Equal("\uFFFD", decoder.Finish());
        Assert.Equal("a", decoder.Append('a'));
        Assert.Equal("a\uFFFDb", Tokenizer.Decode(['a', 0xFF, 'b']));
    }

    [Fact]
    public void Special_tokens_give_no_text_and_are_named_only_in_marked_text()
    {
        Assert.Equal("ab", Tokenizer.Decode([256, 'a', 258, 'b', 257]));
        Assert.Equal([256, 'a', 257], Tokenizer.EncodeMarked("<|begin|>a<|end|>"));
        Assert.Equal("<|begin|>a", Tokenizer.Decode(Tokenizer.Encode("<|begin|>a")));
        Assert.Equal("<|end|>", Tokenizer.NameOf(257));
        Assert.Null(Tokenizer.NameOf('a'));
    }

    [Fact]
    public void What_is_no_text_and_no_id_is_refused()
    {
        Assert.Contains("U+D83D, at position 1", Assert.Throws<ArgumentException>(() => Tokenizer.Encode("a\uD83D")).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 258", Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([259])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([-1]));
    }

    /// <summary>Texts over characters of one to four bytes.</summary>
    internal static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Int[0, 0x7F], Gen.Int[0x80, 0x7FF], Gen.Int[0x800, 0xD7FF], Gen.Int[0x10000, 0x10FFFF]).Array[0, 30].Select(runes => string.Concat(runes.Select(rune => new Rune(rune))));
}
