using System.Text;

namespace Vilfredo.Neural.Tests.Tokenization;

/// <summary>Byte-pair encoding written down plainly: trained by counting, applied by merging the pair of the lowest rank everywhere, again and again.</summary>
internal sealed class ToyBytePairs
{
    private readonly List<(string Left, string Right)> _merges = [];

    /// <param name="symbols">The first tokens, in the order of their ids.</param>
    /// <param name="words">What to train on, each word as its symbols.</param>
    /// <param name="merges">How many merges to learn.</param>
    public ToyBytePairs(IEnumerable<string> symbols, IEnumerable<IEnumerable<string>> words, int merges)
    {
        foreach (var symbol in symbols)
            Vocabulary.Add(symbol, Vocabulary.Count);
        var texts = words.Select(word => word.ToList()).ToList();
        while (_merges.Count < merges)
        {
            var best = texts.SelectMany(text => text.Zip(text.Skip(1))).GroupBy(pair => pair).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First + " " + group.Key.Second, StringComparer.Ordinal).Select(group => group.Key).FirstOrDefault();
            if (best.First is null)
                break;
            _merges.Add(best);
            Vocabulary.TryAdd(best.First + best.Second, Vocabulary.Count);
            texts.ForEach(text => Merge(text, best));
        }
    }

    public Dictionary<string, int> Vocabulary { get; } = [];

    public IEnumerable<string> Merges => _merges.Select(pair => $"{pair.Left} {pair.Right}");

    public IEnumerable<int> Encode(IEnumerable<string> symbols)
    {
        var tokens = symbols.ToList();
        while (true)
        {
            var present = tokens.Zip(tokens.Skip(1)).ToHashSet();
            var first = _merges.FindIndex(present.Contains);
            if (first < 0)
                return tokens.Select(token => Vocabulary[token]);
            Merge(tokens, _merges[first]);
        }
    }

    /// <summary>The bytes of a text as GPT-2 writes them, by its table: 33-126, 161-172 and 174-255 as they are, the others from U+0100 on.</summary>
    public static IEnumerable<string> ByteSymbols(string text) => Encoding.UTF8.GetBytes(text).Select(value => ByteSymbol(value));

    public static string ByteSymbol(int value) => ((char)(value switch
    {
        <= 32 => 256 + value,
        >= 127 and <= 160 => 256 + 33 + value - 127,
        173 => 256 + 67,
        _ => value,
    })).ToString();

    private static void Merge(List<string> tokens, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] == pair.Left && tokens[i + 1] == pair.Right)
            {
                tokens[i] = pair.Left + pair.Right;
                tokens.RemoveAt(i + 1);
            }
        }
    }
}
