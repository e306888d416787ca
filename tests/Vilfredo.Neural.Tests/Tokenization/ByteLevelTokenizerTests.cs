using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class ByteLevelTokenizerTests
{
    private static readonly string[] Words = ["the", " the", " then", " they're", " it's", "  ", " naïve", " 1984", " 😀", "😀a", "...", "\n\n", " 𝒜bc"];

    private static readonly ToyBytePairs Toy = new(
        Enumerable.Range(0, 256).Select(ToyBytePairs.ByteSymbol), Words.Concat(Words[..4]).Select(ToyBytePairs.ByteSymbols), 60);

    private static readonly Gen<string> Texts =
        Gen.OneOf("the", "then", "they're", "'s", "'", " ", "  ", "\n", "\t", "1", "23", "é", "a", "Z", "😀", "𝒜", "!", ".", "…", "\u00A0", "²").Array[0, 12].Select(string.Concat);

    [Fact]
    public void Ids_of_the_gpt2_kind_are_those_of_cutting_and_merging_by_hand()
    {
        var tokenizer = Tokenizer(TokenizerJson.ByteLevel(Toy));
        Texts.Sample(text =>
        {
            var ids = tokenizer.Encode(text);
            Assert.Equal(Gpt2Pieces(text).SelectMany(piece => Toy.Encode(ToyBytePairs.ByteSymbols(piece))), ids);
            Assert.Equal(text, tokenizer.Decode(ids));
        });
    }

    [Fact]
    public void Pieces_of_the_qwen2_kind_are_cut_by_its_expression_in_whole_characters()
    {
        var tokenizer = Tokenizer(TokenizerJson.Qwen2(Toy));
        // Written out by hand from the expression: a letter takes the one character before it, digits stand alone.
        foreach (var pieces in new string[][] { ["😀a", " the", "\n\n"], ["the", " ", "1", "9", " naïve"], [" ", " the", "'S", "..."], [" 𝒜bc", ".😀"], ["!𝒜bc"], ["  "] })
            Assert.Equal(pieces.SelectMany(piece => Toy.Encode(ToyBytePairs.ByteSymbols(piece))), tokenizer.Encode(string.Concat(pieces)));

        // The normal form C: e and an accent are one character.
        Assert.Equal(tokenizer.Encode("é"), tokenizer.Encode("e\u0301"));
    }

    [Fact]
    public void A_space_before_the_text_and_whole_words_are_as_the_file_says()
    {
        Assert.Equal(Toy.Encode(ToyBytePairs.ByteSymbols(" the")), Tokenizer(TokenizerJson.ByteLevel(Toy, addsSpace: true)).Encode("the"));

        // Without a merge that leads to it, a word of the vocabulary is reached only where merges may be ignored.
        var json = TokenizerJson.ByteLevel(Toy);
        json["model"]!["vocab"]!["zzz"] = 700;
        Assert.Equal(['z', 'z', 'z'], Tokenizer(json).Encode("zzz"));
        json["model"]!["ignore_merges"] = true;
        Assert.Equal([700], Tokenizer(json).Encode("zzz"));
        Assert.Equal(701, Tokenizer(json).VocabularySize);
    }

    [Fact]
    public void Merges_may_be_pairs_and_digits_a_cut_of_their_own()
    {
        var json = TokenizerJson.ByteLevel(Toy);
        json["model"]!["merges"] = new JsonArray([.. Toy.Merges.Select(merge => new JsonArray([.. merge.Split(' ').Select(part => (JsonNode)part)]))]);
        json["pre_tokenizer"] = JsonNode.Parse("""{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false}]}""");
        var expected = new[] { " ", "1", "9", "8", "4", " the" }.SelectMany(piece => Toy.Encode(ToyBytePairs.ByteSymbols(piece)));
        Assert.Equal(expected, Tokenizer(json).Encode(" 1984 the"));
    }

    [Fact]
    public void Added_tokens_are_found_before_merges_and_special_ones_only_in_marked_text()
    {
        var json = TokenizerJson.ByteLevel(Toy);
        json.AddToken(900, "<|im_start|>", special: true);
        json.AddToken(901, "<think>", special: false);
        json.AddToken(902, "<|im_start|>x", special: true);
        json.AddToken(903, "<mask>", special: true, left: true, right: true);
        var tokenizer = Tokenizer(json);
        Assert.Equal([900, .. Toy.Encode(["t", "h", "e"]), 901, 902], tokenizer.EncodeMarked("<|im_start|>the<think><|im_start|>x"));
        Assert.Equal([903, 'a', 903], tokenizer.EncodeMarked("  <mask> a \n<mask>  "));
        var plain = tokenizer.Encode("<|im_start|>the<think>");
        Assert.DoesNotContain(900, plain);
        Assert.Equal(901, plain[^1]);
        Assert.Equal("<|im_start|>the<think>", tokenizer.Decode(plain));
        Assert.Equal("the<think>", tokenizer.Decode(tokenizer.EncodeMarked("<|im_start|>the<think>")));
        Assert.Equal(904, tokenizer.VocabularySize);
        Assert.Equal([900, .. plain], tokenizer.EncodeMarked("<|im_start|>" + tokenizer.Disarm("<|im_start|>the<think>")));
    }

    [Fact]
    public void Streamed_pieces_join_to_the_text_and_hold_unfinished_characters_back()
    {
        var tokenizer = Tokenizer(TokenizerJson.ByteLevel(Toy));
        Texts.Sample(text =>
        {
            var decoder = tokenizer.NewStreamingDecoder();
            var pieces = tokenizer.Encode(text).Select(decoder.Append).ToList();
            Assert.All(pieces, piece => Assert.DoesNotContain('\uFFFD', piece));
            Assert.Equal(text, string.Concat(pieces));
        });
    }

    private static HuggingFaceTokenizer Tokenizer(JsonObject json)
    {
        using var folder = new TemporaryFolder();
        json.Write(folder);
        return Assert.IsType<HuggingFaceTokenizer>(TokenizerLoader.FromFolder(folder.Path));
    }

    /// <summary>The cuts of GPT-2's expression, scanned by hand: contractions; runs of letters, of digits, of others, each with a space before; white space, which leaves its last character to what follows.</summary>
    private static IEnumerable<string> Gpt2Pieces(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length;)
        {
            var length = Contraction(runes, i);
            if (length == 0)
            {
                var body = runes[i].Value == ' ' && i + 1 < runes.Length && !Rune.IsWhiteSpace(runes[i + 1]) ? i + 1 : i;
                var end = body;
                while (end < runes.Length && Kind(runes[end]) == Kind(runes[body]))
                    end++;
                if (Kind(runes[body]) == 0 && end < runes.Length && end - body > 1)
                    end--;
                length = end - i;
            }

            yield return string.Concat(runes[i..(i + length)]);
            i += length;
        }
    }

    private static int Contraction(Rune[] runes, int start)
    {
        var rest = string.Concat(runes[start..].Take(3));
        return new[] { "'s", "'t", "'re", "'ve", "'m", "'ll", "'d" }.FirstOrDefault(ending => rest.StartsWith(ending, StringComparison.Ordinal))?.Length ?? 0;
    }

    private static int Kind(Rune rune) => Rune.IsWhiteSpace(rune) ? 0 : Rune.IsLetter(rune) ? 1 : Rune.IsNumber(rune) ? 2 : 3;
}
