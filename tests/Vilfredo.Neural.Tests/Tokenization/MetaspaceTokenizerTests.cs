using System.Text.Json.Nodes;
using CsCheck;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class MetaspaceTokenizerTests
{
    private static readonly string[] Characters = [.. "▁abcdefghijklmnopqrstuvwxyz,é".Select(character => character.ToString()), "😀"];

    private static readonly ToyBytePairs Toy = new(
        [.. Special, .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), .. Characters], new[] { "▁the", "▁then", "▁a", "▁▁", "▁caf é", "▁the😀", "▁so▁on" }.Select(word => Symbols(word.Replace(" ", ""))), 25);

    private static readonly Gen<string> Texts =
        Gen.OneOf("the", "then", " ", "  ", "caf", "é", "😀", ",", "so on", "Z", "\n", "中", "𝒜").Array[0, 12].Select(string.Concat);

    private static IEnumerable<string> Special => ["<unk>", "<s>", "</s>"];

    [Fact]
    public void Ids_of_the_llama2_kind_are_those_of_merging_by_hand_with_bytes_for_unknown_characters()
    {
        var tokenizer = Tokenizer(Llama2());
        Texts.Sample(text =>
        {
            var ids = tokenizer.Encode(text);
            Assert.Equal(Expected(text.Length == 0 ? "" : "▁" + text), ids);
            Assert.Equal(text, tokenizer.Decode(ids));
            var decoder = tokenizer.NewStreamingDecoder();
            Assert.Equal(text, string.Concat(ids.Select(decoder.Append)) + decoder.Finish());
        });
    }

    [Fact]
    public void Each_stretch_between_special_tokens_begins_with_a_mark_in_the_llama2_kind()
    {
        var tokenizer = Tokenizer(Llama2());
        Assert.Equal([1, .. Expected("▁the"), 2, .. Expected("▁a")], tokenizer.EncodeMarked("<s>the</s>a"));
        Assert.Equal([1, 2], [tokenizer.BeginToken, tokenizer.EndToken]);
        Assert.Equal("the a", tokenizer.Decode([1, .. Expected("▁the"), 2, .. Expected("▁a")]));
        Assert.Equal([.. Expected("▁<s"), .. Expected(">")], tokenizer.Encode("<s>"));
    }

    [Fact]
    public void The_scheme_decides_which_stretches_begin_with_a_mark()
    {
        Assert.Equal([.. Expected("▁the"), 2, .. Expected("the")], WithScheme("first").EncodeMarked("the</s>the"));
        Assert.Equal([1, .. Expected("the")], WithScheme("first").EncodeMarked("<s>the"));
        Assert.Equal([1, .. Expected("▁the")], WithScheme("always").EncodeMarked("<s>the"));
        Assert.Equal([.. Expected("▁the")], WithScheme("always").EncodeMarked(" the"));
        Assert.Equal([.. Expected("the")], WithScheme("never").EncodeMarked("the"));
        Assert.Equal("the", WithScheme("always").Decode(Expected("▁the")));
        Assert.Equal(" the", WithScheme("never").Decode(Expected("▁the")));

        static HuggingFaceTokenizer WithScheme(string scheme)
        {
            var json = Llama2();
            json["normalizer"] = null;
            json["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme, ["split"] = false };
            json["decoder"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme, ["split"] = false };
            return Tokenizer(json);
        }
    }

    [Fact]
    public void Cutting_at_marks_keeps_merges_from_reaching_across_them()
    {
        var json = Llama2();
        json["normalizer"] = null;
        json["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = "first" };
        Assert.Equal([.. Expected("▁so"), .. Expected("▁on"), .. Expected("▁"), .. Expected("▁a")], Tokenizer(json).Encode("so on  a"));
        Assert.NotEqual([.. Expected("▁so"), .. Expected("▁on")], Expected("▁so▁on"));
    }

    [Fact]
    public void Without_bytes_unknown_characters_are_one_unknown_token_where_they_are_fused()
    {
        var json = Llama2();
        json["model"]!["byte_fallback"] = false;
        Assert.Equal([.. Expected("▁the"), 0, .. Expected("a")], Tokenizer(json).Encode("theZ中a"));
        json["model"]!["fuse_unk"] = false;
        Assert.Equal([.. Expected("▁the"), 0, 0, .. Expected("a")], Tokenizer(json).Encode("theZ中a"));
        json["model"]!["unk_token"] = null;
        Assert.Contains("'Z' (U+005A)", Assert.Throws<ArgumentException>(() => Tokenizer(json).Encode("theZ")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_looked_for_in_normalised_text_is_found_where_its_normal_form_is()
    {
        var json = Llama2();
        json["normalizer"] = new JsonObject { ["type"] = "Lowercase" };
        json.AddToken(400, "<TAG>", special: false, normalized: true);
        Assert.Equal([.. Expected("a"), 400, .. Expected("b")], Tokenizer(json).Encode("A<Tag>b"));
    }

    private static IEnumerable<string> Symbols(string text) => text.EnumerateRunes().Select(rune => rune.ToString());

    /// <summary>Merges within the stretches of known characters; each byte of an unknown one is a token.</summary>
    private static IEnumerable<int> Expected(string text) => Toy.Encode(Symbols(text.Replace(' ', '▁')).SelectMany(symbol => Characters.Contains(symbol)
        ? [symbol]
        : System.Text.Encoding.UTF8.GetBytes(symbol).Select(value => $"<0x{value:X2}>")));

    private static JsonObject Llama2()
    {
        var json = TokenizerJson.Llama2(Toy);
        foreach (var (token, id) in Special.Zip([0, 1, 2]))
            json.AddToken(id, token, special: true);
        return json;
    }

    private static HuggingFaceTokenizer Tokenizer(JsonObject json)
    {
        using var folder = new TemporaryFolder();
        json.Write(folder);
        File.WriteAllText(folder.File("tokenizer_config.json"), """{"bos_token":{"content":"<s>","lstrip":false},"eos_token":"</s>"}""");
        return new HuggingFaceTokenizer(folder.Path);
    }
}
