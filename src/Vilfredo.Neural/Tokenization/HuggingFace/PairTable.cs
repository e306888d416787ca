namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>The pieces of a text as tokens, with the number of every pair of neighbours, kept up to date as pairs are merged.</summary>
internal sealed class PairTable
{
    private readonly List<string> _tokens = [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Of((byte)value).ToString())];
    private readonly List<(int[] Tokens, long Count)> _pieces = [];
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];

    // Counts change after they are queued; a pair whose count is not the present one is passed over.
    private readonly PriorityQueue<((int Left, int Right) Pair, long Count), (long, int, int)> _queue = new();

    public PairTable(IEnumerable<KeyValuePair<string, long>> pieces)
    {
        var ids = _tokens.Index().ToDictionary(pair => pair.Item[0], pair => pair.Index);
        foreach (var (piece, count) in pieces.OrderBy(piece => piece.Key, StringComparer.Ordinal))
        {
            _pieces.Add(([.. piece.Select(character => ids[character])], count));
            Count(_pieces.Count - 1, +1);
        }

        foreach (var (pair, count) in _counts)
            Queue(pair, count);
    }

    /// <summary>The tokens so far, the 256 bytes first.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Makes the most frequent pair a token; null when none is frequent enough.</summary>
    public (int Left, int Right)? MergeNext(long fewest)
    {
        while (_queue.TryDequeue(out var next, out _))
        {
            if (_counts.GetValueOrDefault(next.Pair) != next.Count)
                continue;
            if (next.Count < fewest)
                return null;
            Merge(next.Pair);
            return next.Pair;
        }

        return null;
    }

    private void Merge((int Left, int Right) pair)
    {
        var made = _tokens.Count;
        _tokens.Add(_tokens[pair.Left] + _tokens[pair.Right]);
        var changed = new HashSet<(int, int)>();
        foreach (var place in _places[pair].Order())
        {
            var before = _pieces[place];
            var after = Merged(before.Tokens, pair, made);
            // A piece of which an earlier merge took the pair is still listed.
            if (after.Length == before.Tokens.Length)
                continue;
            changed.UnionWith(Count(place, -1));
            _pieces[place] = (after, before.Count);
            changed.UnionWith(Count(place, +1));
        }

        _places.Remove(pair);
        foreach (var one in changed)
        {
            if (_counts[one] > 0)
                Queue(one, _counts[one]);
            else
                _counts.Remove(one);
        }
    }

    private static int[] Merged(int[] tokens, (int Left, int Right) pair, int made)
    {
        var result = new List<int>(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i + 1 < tokens.Length && tokens[i] == pair.Left && tokens[i + 1] == pair.Right)
            {
                result.Add(made);
                i++;
            }
            else
            {
                result.Add(tokens[i]);
            }
        }

        return [.. result];
    }

    // Adds a piece's pairs to the counts, or takes them away; the pairs.
    private List<(int, int)> Count(int place, int sign)
    {
        var (tokens, count) = _pieces[place];
        var pairs = new List<(int, int)>(tokens.Length);
        for (var i = 0; i + 1 < tokens.Length; i++)
        {
            var pair = (tokens[i], tokens[i + 1]);
            pairs.Add(pair);
            _counts[pair] = _counts.GetValueOrDefault(pair) + sign * count;
            if (sign > 0)
            {
                if (!_places.TryGetValue(pair, out var places))
                    _places[pair] = places = [];
                places.Add(place);
            }
        }

        return pairs;
    }

    private void Queue((int Left, int Right) pair, long count) => _queue.Enqueue((pair, count), (-count, pair.Left, pair.Right));
}
