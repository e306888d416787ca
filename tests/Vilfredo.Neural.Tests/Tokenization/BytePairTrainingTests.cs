using CsCheck;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Tests.Tokenization;

public class BytePairTrainingTests
{
    [Fact]
    public void The_most_frequent_pair_is_merged_first()
    {
        // "aaabdaaabac", the example of Gage, "A new algorithm for data compression", 1994: aa (4), then ab (2) or (aa)a (2) ...
        var tokenizer = BytePairTraining.Train(["aaabdaaabac"], BytePairTraining.SmallestVocabulary + 1);
        Assert.Equal(BytePairTraining.SmallestVocabulary + 1, tokenizer.VocabularySize);
        Assert.Equal(9, tokenizer.Encode("aaabdaaabac").Length);
        Assert.Single(tokenizer.Encode("aa"));
    }

    [Fact]
    public void Merging_goes_on_until_the_vocabulary_is_full_or_nothing_repeats()
    {
        var tokenizer = BytePairTraining.Train(["low low low lower lowest"], 1000);
        Assert.Single(tokenizer.Encode(" low"));
        Assert.InRange(tokenizer.VocabularySize, BytePairTraining.SmallestVocabulary + 3, BytePairTraining.SmallestVocabulary + 8);
        Assert.Equal(tokenizer.VocabularySize, BytePairTraining.Train(["low low low lower lowest"], tokenizer.VocabularySize).VocabularySize);
    }

    [Fact]
    public void Digits_stay_single_and_words_keep_the_space_before_them()
    {
        var tokenizer = BytePairTraining.Train(Enumerable.Repeat("The sum of 1234 and 1234 is 2468.", 50), 400);
        Assert.Equal(4, tokenizer.Encode("1234").Length);
        Assert.Single(tokenizer.Encode(" sum"));
    }

    [Fact]
    public void Every_text_is_read_and_comes_back()
    {
        var tokenizer = BytePairTraining.Train(["What is 12 + 30?\nAnswer: 42", "naïve café \U0001F600"], 300);
        Gen.String.Sample(text =>
        {
            // Halves of surrogate pairs are no text.
            if (!text.Any(char.IsSurrogate))
                Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        });
    }

    [Fact]
    public void It_is_saved_and_read_again_as_it_was()
    {
        var tokenizer = BytePairTraining.Train(Enumerable.Repeat("Take the list 9 1 9 2. Answer: 3", 20), 320);
        var folder = Directory.CreateTempSubdirectory("vilfredo-bpe-").FullName;
        try
        {
            tokenizer.Save(folder);
            var read = TokenizerLoader.FromFolder(folder);
            const string text = "Take the list 0 3 5. Answer: é";
            Assert.Equal(tokenizer.Encode(text), read.Encode(text));
            Assert.Equal((tokenizer.BeginToken, tokenizer.EndToken, tokenizer.PaddingToken), (read.BeginToken, read.EndToken, read.PaddingToken));
            Assert.Equal(3, new[] { read.BeginToken, read.EndToken, read.PaddingToken }.Distinct().Count());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void It_agrees_with_counting_all_pairs_anew_for_each_merge()
    {
        Gen.Char["abc "].Array[0, 60].Select(letters => new string(letters)).Array[1, 8].Sample(texts =>
        {
            var expected = Plain(texts, 12);
            var tokenizer = BytePairTraining.Train(texts, BytePairTraining.SmallestVocabulary + 12);
            Assert.Equal(BytePairTraining.SmallestVocabulary + expected.Count, tokenizer.VocabularySize);
            Assert.All(expected, token => Assert.Single(tokenizer.Encode(token)));
        });
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Contains("259", Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTraining.Train(["a"], 258)).Message, StringComparison.Ordinal);
        Assert.Contains("different", Assert.Throws<ArgumentException>(() => BytePairTraining.Train(["a"], 300, new() { End = "<s>" })).Message, StringComparison.Ordinal);
    }

    // The new tokens as texts, by the definition.
    private static List<string> Plain(string[] texts, int merges)
    {
        var pieces = texts.SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, @" ?\p{L}+|\s+(?!\S)|\s+").Select(match => match.Value))
            .Select(piece => piece.Select(character => (Id: (int)ByteOf(character), Text: character.ToString())).ToList()).ToList();
        var made = new List<string>();
        for (var merge = 0; merge < merges; merge++)
        {
            var pairs = pieces.SelectMany(piece => piece.Zip(piece.Skip(1))).GroupBy(pair => (pair.First.Id, pair.Second.Id))
                .Select(group => (group.Key, Count: group.Count(), Text: group.First().First.Text + group.First().Second.Text)).Where(pair => pair.Count >= 2)
                .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Key.Item1).ThenBy(pair => pair.Key.Item2).ToList();
            if (pairs.Count == 0)
                break;
            var best = pairs[0];
            foreach (var piece in pieces)
            {
                for (var i = 0; i + 1 < piece.Count; i++)
                {
                    if ((piece[i].Id, piece[i + 1].Id) == best.Key)
                    {
                        piece[i] = (256 + merge, best.Text);
                        piece.RemoveAt(i + 1);
                    }
                }
            }

            made.Add(best.Text);
        }

        return made;
    }

    private static byte ByteOf(char character) => (byte)character;
}
