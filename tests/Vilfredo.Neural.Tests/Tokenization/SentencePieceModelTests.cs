using System.Text;
using CsCheck;
using Vilfredo.Neural.Tokenization;
using Kind = Vilfredo.Neural.Tests.Tokenization.SentencePieceFile.Kind;

namespace Vilfredo.Neural.Tests.Tokenization;

public class SentencePieceModelTests
{
    private static readonly (string Piece, float Score)[] Words =
        [("▁t", -1), ("he", -2), ("▁the", -3), ("▁a", -4), ("th", -5), ("en", -6), ("▁then", -7), ("é▁", -8), .. "▁theanécf".Select((character, index) => (character.ToString(), -20f - index))];

    private static readonly (string Piece, float Score, Kind Kind)[] Pieces =
    [
        ("<unk>", 0, Kind.Unknown), ("<s>", 0, Kind.Control), ("</s>", 0, Kind.Control),
        .. Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, Kind.Byte)),
        .. Words.Select(word => (word.Piece, word.Score, Kind.Normal)),
    ];

    private static readonly Gen<string> Texts = Gen.OneOf("the", "then", " ", "a", "é", "f", "Z", "中", "😀", "  ").Array[0, 6].Select(string.Concat);

    [Fact]
    public void Ids_of_a_byte_pair_model_are_those_of_merging_the_best_scored_neighbours_by_hand()
    {
        var tokenizer = Tokenizer(isUnigram: false);
        Texts.Sample(text =>
        {
            var ids = tokenizer.Encode(text);
            Assert.Equal(text.Length == 0 ? [] : Merged("▁" + text.Replace(' ', '▁')), ids);
            Assert.Equal(text, tokenizer.Decode(ids));
        });
    }

    [Fact]
    public void Ids_of_a_unigram_model_are_the_best_scored_of_all_ways_to_cut()
    {
        var tokenizer = Tokenizer(isUnigram: true);
        Gen.OneOf("the", "a", "then", " ", "é").Array[1, 4].Select(string.Concat).Sample(text =>
            Assert.Equal(Best("▁" + text.Replace(' ', '▁')).Score, tokenizer.Encode(text).Sum(id => (double)Pieces[id].Score), 1e-4));
        Assert.Equal("then a", tokenizer.Decode(tokenizer.Encode("then a")));
    }

    [Fact]
    public void Special_tokens_are_those_of_the_model_and_of_the_configuration()
    {
        using var folder = Folder(isUnigram: false);
        var bare = Assert.IsType<SentencePieceModelTokenizer>(TokenizerLoader.FromFolder(folder.Path));
        Assert.Equal([1, 2, null], new[] { bare.BeginToken, bare.EndToken, bare.PaddingToken });
        Assert.Equal(Pieces.Length, bare.VocabularySize);
        Assert.Equal([1, .. bare.Encode("the"), 2], bare.EncodeMarked("<s>the</s>"));
        Assert.DoesNotContain(1, bare.Encode("<s>the"));
        Assert.Equal("<s>the", bare.Decode(bare.Encode("<s>the")));
        Assert.Equal([1, .. bare.Encode("<s>the")], bare.EncodeMarked("<s>" + bare.Disarm("<s>the")));
        Assert.Equal("the", bare.Decode([1, .. bare.Encode("the"), 2]));

        File.WriteAllText(folder.File("tokenizer_config.json"), """{"pad_token":"<pad>","added_tokens_decoder":{"2":{"content":"</s>","special":true},"400":{"content":"<pad>","special":true},"401":{"content":"<x>","special":false}}}""");
        var tokenizer = TokenizerLoader.FromFolder(folder.Path);
        Assert.Equal(400, tokenizer.PaddingToken);
        Assert.Equal(402, tokenizer.VocabularySize);
        Assert.Equal([.. tokenizer.Encode("a"), 401], tokenizer.Encode("a<x>"));
        Assert.Equal("a<x>", tokenizer.Decode(tokenizer.EncodeMarked("a<x><pad>")));
        using var copy = new TemporaryFolder();
        tokenizer.Save(copy.Path);
        Assert.Equal(tokenizer.Encode("then<x>"), TokenizerLoader.FromFolder(copy.Path).Encode("then<x>"));
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.model"), "this is text");
        Assert.Contains("tokenizer.model", Assert.Throws<TokenizerFormatException>(() => TokenizerLoader.FromFolder(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Folder(bool isUnigram)
    {
        var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("tokenizer.model"), SentencePieceFile.Write(isUnigram, fallsBackToBytes: true, Pieces));
        return folder;
    }

    private static SentencePieceModelTokenizer Tokenizer(bool isUnigram)
    {
        using var folder = Folder(isUnigram);
        return new SentencePieceModelTokenizer(folder.Path);
    }

    private static IEnumerable<int> Merged(string text)
    {
        var symbols = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        while (true)
        {
            var pairs = Enumerable.Range(0, symbols.Count - 1).Where(i => Words.Any(word => word.Piece == symbols[i] + symbols[i + 1])).ToList();
            if (pairs.Count == 0)
                return symbols.SelectMany(Ids);
            var best = pairs.MaxBy(i => Words.First(word => word.Piece == symbols[i] + symbols[i + 1]).Score);
            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }

    private static IEnumerable<int> Ids(string symbol)
    {
        var known = Array.FindIndex(Pieces, piece => piece.Piece == symbol);
        return known >= 0 ? [known] : Encoding.UTF8.GetBytes(symbol).Select(value => 3 + value);
    }

    private static (double Score, int Count) Best(string text) => text.Length == 0 ? (0, 0) : Words
        .Where(word => text.StartsWith(word.Piece, StringComparison.Ordinal))
        .Select(word => (Best(text[word.Piece.Length..]), word))
        .Select(pair => (pair.Item1.Score + pair.word.Score, pair.Item1.Count + 1)).MaxBy(pair => pair.Item1);
}
