namespace Vilfredo.Neural.Training.Data;

/// <summary>Makes of a text a pair of which each side has what the other lacks: tokens that are hidden in the source stand in the target, and the others stand in the source alone.</summary>
/// <remarks>
/// Every hidden token of the source is replaced by the source's next sentinel and every shown token of the target by the target's next one; neighbours are not merged, unlike in T5's span
/// corruption. Both sides have the length of the text. Source: the released code of Usmanova et al., arXiv 2408.01453.
/// </remarks>
public sealed class ComplementaryDenoising
{
    private readonly int _sentinel;
    private readonly int _sentinels;
    private readonly HashSet<int> _skipped;

    /// <summary>Settings.</summary>
    /// <param name="firstSentinel">The id of the first sentinel; the following ones go down from it.</param>
    /// <param name="sentinels">How many there are. A text is cut where a side would need more (the code's limit is 100; the cut is ours).</param>
    /// <param name="skipped">Ids that are never hidden and stand in both sides: the end of a text, say.</param>
    public ComplementaryDenoising(int firstSentinel, int sentinels = 100, IReadOnlyCollection<int>? skipped = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sentinels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSentinel, sentinels - 1);
        (_sentinel, _sentinels, _skipped) = (firstSentinel, sentinels, [.. skipped ?? []]);
    }

    /// <summary>The chance of a token to be hidden, above 0 and below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double Share
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of hidden tokens is above 0 and below 1.");
    } = 0.15;

    /// <summary>A pair for a text; another draw hides other tokens.</summary>
    /// <exception cref="ArgumentException">The text has a sentinel's id.</exception>
    public (IReadOnlyList<int> Source, IReadOnlyList<int> Target) Pair(IReadOnlyList<int> text, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(random);
        List<int> source = [], target = [];
        var (hidden, shown) = (0, 0);
        foreach (var token in text)
        {
            if (IsSentinel(token))
                throw new ArgumentException($"The text has the id {token}, which is a sentinel's.", nameof(text));
            if (_skipped.Contains(token))
            {
                source.Add(token);
                target.Add(token);
                continue;
            }

            var hides = random.NextBoolean(Share);
            if ((hides ? hidden : shown) == _sentinels)
                break;
            source.Add(hides ? _sentinel - hidden++ : token);
            target.Add(hides ? token : _sentinel - shown++);
        }

        return (source, target);
    }

    /// <summary>The text of a pair: what one side lacks is taken from the other.</summary>
    /// <exception cref="ArgumentException">The sides do not belong together.</exception>
    public IReadOnlyList<int> Merge(IReadOnlyList<int> source, IReadOnlyList<int> target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.Count != target.Count)
            throw new ArgumentException($"The sides have {source.Count} and {target.Count} tokens; they must have as many.", nameof(target));
        var text = new int[source.Count];
        for (var i = 0; i < text.Length; i++)
        {
            var (hidden, shown) = (IsSentinel(source[i]), IsSentinel(target[i]));
            if (hidden == shown && !(source[i] == target[i] && _skipped.Contains(source[i])))
                throw new ArgumentException($"At place {i} there must be a sentinel on one side; there are {source[i]} and {target[i]}.", nameof(target));
            text[i] = hidden ? target[i] : source[i];
        }

        return text;
    }

    private bool IsSentinel(int token) => token <= _sentinel && token > _sentinel - _sentinels;
}
