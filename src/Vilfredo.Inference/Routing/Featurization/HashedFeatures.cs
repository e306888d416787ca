using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>Features that need no model: <see cref="PromptStatistics"/>, and the character n-grams of the text hashed into buckets with signs (feature hashing, Weinberger et al., ICML 2009 [memory]).</summary>
/// <remarks>n-grams of the last turn of the user count fully, those of earlier turns by <see cref="EarlierWeight"/>. Counts enter as 1 + log(count), and the buckets of a conversation make a vector of length 1.</remarks>
public sealed class HashedFeatures : IPromptFeatures
{
    /// <summary>How much n-grams of earlier turns count.</summary>
    public const double EarlierWeight = 0.3;

    /// <summary>The buckets where none are said.</summary>
    public const int DefaultBuckets = 128;

    private readonly int _buckets;
    private readonly IReadOnlyList<int> _lengths;

    /// <summary>Hashed features.</summary>
    /// <param name="buckets">How many buckets, 8 to 65 536.</param>
    /// <param name="lengths">The lengths n of the n-grams, each from 1 to 16; null means 3, 4 and 5.</param>
    public HashedFeatures(int buckets = DefaultBuckets, IReadOnlyList<int>? lengths = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, 65_536);
        _lengths = lengths ?? [3, 4, 5];
        if (_lengths.Count is 0 or > 16 || _lengths.Any(length => length is < 1 or > 16))
            throw new ArgumentException($"The lengths of n-grams are {string.Join(", ", _lengths)}; give one to sixteen, each from 1 to 16.", nameof(lengths));
        _buckets = buckets;
    }

    /// <inheritdoc/>
    public int Count => PromptStatistics.Names.Count + _buckets;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<double[]>> ReadAsync(IReadOnlyList<IReadOnlyList<ChatMessage>> conversations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        return new([.. conversations.Select(Read)]);
    }

    /// <summary>The features of one conversation.</summary>
    public double[] Read(IReadOnlyList<ChatMessage> conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var buckets = new double[_buckets];
        var last = PromptStatistics.LastMessage(conversation);
        foreach (var message in conversation)
            Add(PromptStatistics.Bounded(message.Text), ReferenceEquals(message, last) ? 1 : EarlierWeight, buckets);
        var norm = Math.Sqrt(buckets.Sum(value => value * value));
        return [.. PromptStatistics.Read(conversation), .. norm > 0 ? buckets.Select(value => value / norm) : buckets];
    }

    private void Add(string text, double weight, double[] buckets)
    {
        // Ends of the text are seen as ends of words.
        var padded = $" {text.ToLowerInvariant()} ";
        var counts = new Dictionary<ulong, int>();
        foreach (var length in _lengths)
        {
            for (var start = 0; start + length <= padded.Length; start++)
            {
                var hash = StableHash.Of(padded.AsSpan(start, length));
                counts[hash] = counts.GetValueOrDefault(hash) + 1;
            }
        }

        foreach (var (hash, count) in counts)
            buckets[(int)((hash >> 1) % (ulong)_buckets)] += (((hash >> 60) & 1) == 0 ? 1 : -1) * weight * (1 + Math.Log(count));
    }
}
