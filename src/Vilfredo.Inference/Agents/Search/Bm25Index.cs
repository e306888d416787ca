namespace Vilfredo.Inference.Agents.Search;

/// <summary>Ranks texts by Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).</summary>
/// <remarks>
/// score(d, q) = Σ over words w of q: idf(w) · f (k₁ + 1) / (f + k₁ (1 − b + b |d| / mean |d|)), f being how often w is in d, and
/// idf(w) = ln(1 + (N − n + ½) / (n + ½)) with n of N texts having w, which is positive for every word. A word that the query has twice counts twice.
/// Words are runs of letters and digits without regard to case; no stemming, no stop words. A query costs the postings of its words.
/// </remarks>
public sealed class Bm25Index
{
    /// <summary>How soon repeats of a word stop to matter.</summary>
    public const double DefaultK1 = 1.2;

    /// <summary>How much long texts are held back.</summary>
    public const double DefaultB = 0.75;

    private readonly Dictionary<string, List<(int Text, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly double[] _norms;
    private readonly double _k1;

    /// <summary>Builds an index.</summary>
    /// <param name="texts">The texts; results name them by their place.</param>
    /// <param name="k1">At least 0.</param>
    /// <param name="b">In [0, 1].</param>
    public Bm25Index(IReadOnlyList<string> texts, double k1 = DefaultK1, double b = DefaultB)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegative(k1);
        if (b is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(b), b, "b lies between 0 (lengths do not matter) and 1.");
        _k1 = k1;
        var lengths = new int[texts.Count];
        for (var text = 0; text < texts.Count; text++)
        {
            var words = SearchWords.Of(texts[text]);
            lengths[text] = words.Count;
            foreach (var (word, count) in words.CountBy(word => word, StringComparer.Ordinal))
            {
                if (!_postings.TryGetValue(word, out var postings))
                    _postings[word] = postings = [];
                postings.Add((text, count));
            }
        }

        var mean = lengths.Length == 0 ? 0 : lengths.Average();
        _norms = [.. lengths.Select(length => k1 * (1 - b + b * (mean > 0 ? length / mean : 0)))];
    }

    /// <summary>The number of texts.</summary>
    public int Count => _norms.Length;

    /// <summary>How much a word tells; the greatest value for words that no text has.</summary>
    public double InverseDocumentFrequency(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var holders = _postings.TryGetValue(word.ToLowerInvariant(), out var postings) ? postings.Count : 0;
        return Math.Log(1 + (Count - holders + 0.5) / (holders + 0.5));
    }

    /// <summary>The texts that have a word of the query, the best first; equal ones by their place.</summary>
    /// <param name="query">The query.</param>
    /// <param name="count">The most results, at least 1.</param>
    public IReadOnlyList<(int Text, double Score)> Search(string query, int count)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var scores = new Dictionary<int, double>();
        foreach (var word in SearchWords.Of(query))
        {
            if (!_postings.TryGetValue(word, out var postings))
                continue;
            var weight = InverseDocumentFrequency(word) * (_k1 + 1);
            foreach (var (text, times) in postings)
                scores[text] = scores.GetValueOrDefault(text) + weight * times / (times + _norms[text]);
        }

        return [.. scores.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(count).Select(pair => (pair.Key, pair.Value))];
    }
}
