using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class TokenizerLoaderTests
{
    [Fact]
    public void Own_tokenizers_come_back_from_their_folder()
    {
        using var folder = new TemporaryFolder();
        var inner = folder.File("model");
        new ByteTokenizer().Save(inner);
        Assert.IsType<ByteTokenizer>(TokenizerLoader.FromFolder(inner));

        new CharacterTokenizer("0 \n\"€😀", mapsUnknown: true).Save(inner);
        var loaded = Assert.IsType<CharacterTokenizer>(TokenizerLoader.FromFolder(inner));
        Assert.Equal("0 \n\"€😀", loaded.Alphabet);
        Assert.Equal(9, loaded.UnknownToken);
        new CharacterTokenizer("ab").Save(inner);
        Assert.Null(Assert.IsType<CharacterTokenizer>(TokenizerLoader.FromFolder(inner)).UnknownToken);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{\"type\":\"words\"}", "'words'")]
    [InlineData("{\"type\":\"characters\"}", "alphabet")]
    [InlineData("{\"type\":\"characters\",\"alphabet\":\"aa\"}", "twice")]
    [InlineData("{\"type\":\"bytes\",\"size\":3}", "size")]
    public void A_file_that_is_no_tokenizer_is_refused_with_the_reason(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(TokenizerLoader.OwnFile), content);
        var message = Assert.Throws<TokenizerFormatException>(() => TokenizerLoader.FromFolder(folder.Path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(TokenizerLoader.OwnFile, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => TokenizerLoader.FromFolder(folder.Path));
    }
}
