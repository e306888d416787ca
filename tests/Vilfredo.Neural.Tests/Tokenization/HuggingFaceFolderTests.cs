using System.Text.Json.Nodes;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class HuggingFaceFolderTests
{
    private static readonly ToyBytePairs Toy = new(Enumerable.Range(0, 256).Select(ToyBytePairs.ByteSymbol), [["t", "h", "e"]], 2);

    [Fact]
    public void Special_tokens_have_the_roles_that_the_configuration_and_else_the_map_give_them()
    {
        using var folder = new TemporaryFolder();
        var json = TokenizerJson.ByteLevel(Toy);
        json.AddToken(300, "<|eot|>", special: true);
        json.Write(folder);
        var bare = new HuggingFaceTokenizer(folder.Path);
        Assert.Equal([null, null, null], new[] { bare.BeginToken, bare.EndToken, bare.PaddingToken });

        File.WriteAllText(folder.File("tokenizer_config.json"), """{"bos_token":null,"eos_token":"<|eot|>"}""");
        File.WriteAllText(folder.File("special_tokens_map.json"), """{"bos_token":"t","eos_token":"h","pad_token":{"content":"<|eot|>"}}""");
        var tokenizer = new HuggingFaceTokenizer(folder.Path);
        Assert.Equal(['t', 300, 300], new[] { tokenizer.BeginToken, tokenizer.EndToken, tokenizer.PaddingToken });
        Assert.Equal("<|eot|>", tokenizer.NameOf(tokenizer.EndToken));
        Assert.Equal("t", tokenizer.NameOf(tokenizer.BeginToken)); // special by its role

        File.WriteAllText(folder.File("tokenizer_config.json"), """{"pad_token":"[PAD]"}""");
        Assert.Contains("'[PAD]'", Assert.Throws<TokenizerFormatException>(() => new HuggingFaceTokenizer(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_tokenizer_is_the_files_it_came_from()
    {
        using var from = new TemporaryFolder();
        using var to = new TemporaryFolder();
        TokenizerJson.ByteLevel(Toy).Write(from);
        File.WriteAllText(from.File("tokenizer_config.json"), """{"eos_token":"h"}""");
        var tokenizer = TokenizerLoader.FromFolder(from.Path);
        tokenizer.Save(from.Path);
        tokenizer.Save(to.File("inner"));
        var copy = TokenizerLoader.FromFolder(to.File("inner"));
        Assert.Equal(tokenizer.Encode("the hat"), copy.Encode("the hat"));
        Assert.Equal('h', copy.EndToken);
        Assert.Equal(2, Directory.GetFiles(to.File("inner")).Length);
    }

    [Theory]
    [InlineData("normalizer", """{"type":"BertNormalizer"}""", "\"normalizer\" has the type 'BertNormalizer'")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Precompiled"}]}""", "\"normalizer.normalizers[1]\" has the type 'Precompiled'")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"(?<="},"content":"x"}""", "the regular expression '(?<='")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "'Whitespace'")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious"}""", "'MergedWithPrevious'")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"Digits"}]}""", "ByteLevel in the last place")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","prepend_scheme":"sometimes"}""", "'sometimes'")]
    [InlineData("decoder", """{"type":"WordPiece"}""", "'WordPiece'")]
    [InlineData("decoder", "null", "has no \"decoder\"")]
    [InlineData("model", """{"type":"Unigram"}""", "'Unigram'")]
    [InlineData("model", """{"type":"BPE","end_of_word_suffix":"</w>"}""", "'</w>'")]
    [InlineData("model", """{"type":"BPE","dropout":0.1}""", "dropout")]
    [InlineData("model", """{"type":"BPE","merges":[]}""", "has no object \"vocab\"")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":-1},"merges":[]}""", "the token 'a' the id -1")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":["a b"]}""", "do not fit its vocabulary")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[["a b","c"]]}""", "without spaces")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"<unk>"}""", "'<unk>'")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":2000000000},"merges":[]}""", "2000000000")]
    [InlineData("added_tokens", """[{"id":300,"content":"x","single_word":true}]""", "single_word")]
    [InlineData("added_tokens", """[{"content":"x"}]""", "has no integer \"id\"")]
    public void What_cannot_be_represented_is_refused_by_name(string component, string value, string named)
    {
        using var folder = new TemporaryFolder();
        var json = TokenizerJson.ByteLevel(Toy);
        json[component] = JsonNode.Parse(value);
        json.Write(folder);
        var message = Assert.Throws<TokenizerFormatException>(() => new HuggingFaceTokenizer(folder.Path)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_json_object_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var content in new[] { "", "[]", "{\"model\":" })
        {
            File.WriteAllText(folder.File("tokenizer.json"), content);
            Assert.Throws<TokenizerFormatException>(() => new HuggingFaceTokenizer(folder.Path));
        }
    }
}
