using CsCheck;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class CharacterTokenizerTests
{
    private const string Digits = "0123456789+=";

    [Fact]
    public void Ids_follow_the_alphabet_and_special_ones_come_after_it()
    {
        var tokenizer = new CharacterTokenizer(Digits);
        Assert.Equal([1, 10, 2, 11, 3], tokenizer.Encode("1+2=3"));
        Assert.Equal(15, tokenizer.VocabularySize);
        Assert.Equal([12, 13, 14], [tokenizer.BeginToken, tokenizer.EndToken, tokenizer.PaddingToken]);
        Assert.Equal("1+2", tokenizer.Decode([12, 1, 10, 2, 13, 14]));
        Assert.Equal([12, 1, 13], tokenizer.EncodeMarked("<|begin|>1<|end|>"));
        Assert.Null(tokenizer.UnknownToken);
    }

    [Fact]
    public void Texts_over_the_alphabet_come_back() =>
        Gen.Char["aé€z"].Array[0, 40].Select(characters => new string(characters) + "😀").Sample(text =>
        {
            var tokenizer = CharacterTokenizer.Covering([text]);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
            Assert.Equal(text.EnumerateRunes().Distinct().Count() + 3, tokenizer.VocabularySize);
        });

    [Fact]
    public void A_character_outside_the_alphabet_is_named_with_its_position()
    {
        var tokenizer = new CharacterTokenizer("😀a");
        var message = Assert.Throws<ArgumentException>(() => tokenizer.Encode("😀ab")).Message;
        Assert.Contains("'b' (U+0062) at position 3", message, StringComparison.Ordinal);
        Assert.Contains("U+000A at position 0", Assert.Throws<ArgumentException>(() => tokenizer.Encode("\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_characters_have_an_id_in_common_where_configured()
    {
        var tokenizer = new CharacterTokenizer(Digits, mapsUnknown: true);
        Assert.Equal(16, tokenizer.VocabularySize);
        Assert.Equal([1, 15, 15, 2], tokenizer.Encode("1x😀2"));
        Assert.Equal("1\uFFFD\uFFFD2", tokenizer.Decode([1, 15, 15, 2]));
    }

    [Fact]
    public void Bad_alphabets_and_ids_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer(""));
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new CharacterTokenizer("aba")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer("a\uD83D"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CharacterTokenizer("ab").Decode([5]));
    }
}
