using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Neural.Training.Data;

/// <summary>Batches of verifiable problems with their worked solutions; only the solutions are scored.</summary>
/// <remarks>
/// Several batches' problems are drawn together, sorted by length, cut into batches and put in a random order, so that rows of one batch have
/// about the same length and little is filled up.
/// </remarks>
public sealed class TaskBatches : IBatches<TokenBatch>
{
    private const int BatchesPerPool = 16;

    private readonly TaskMix _mix;
    private readonly TaskText _text;
    private readonly int _rows;
    private readonly ulong _seed;
    private (long Number, TokenBatch[] Batches)? _pool;

    /// <summary>Batches of the endless sequence of problems of a seed.</summary>
    /// <param name="mix">The problems.</param>
    /// <param name="text">Their tokens.</param>
    /// <param name="rows">The problems of a batch. At least 1.</param>
    /// <param name="seed">Another seed gives another sequence.</param>
    public TaskBatches(TaskMix mix, TaskText text, int rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(mix);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_mix, _text, _rows, _seed) = (mix, text, rows, seed);
    }

    /// <summary>The part of the problems that is drawn.</summary>
    public TaskSplit Split { get; init; } = TaskSplit.Train;

    /// <summary>How solutions are written.</summary>
    public Teacher Teacher { get; init; } = new();

    /// <summary>Longer examples, in tokens with their marks, are left out; then batches have fewer rows.</summary>
    public int LongestExample { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No problem of many is short enough.</exception>
    public TokenBatch At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (number, place) = (index / BatchesPerPool, (int)(index % BatchesPerPool));
        if (_pool is not { } pool || pool.Number != number)
            _pool = pool = (number, Pool(number));
        return pool.Batches[place];
    }

    private TokenBatch[] Pool(long number)
    {
        var size = (long)_rows * BatchesPerPool;
        var examples = Enumerable.Range(0, (int)size)
            .Select(i => _text.Example(_mix.At(_seed, number * size + i, Split, Teacher)))
            .Where(example => example.Ids.Count <= LongestExample)
            .OrderBy(example => example.Ids.Count)
            .ToArray();
        if (examples.Length < BatchesPerPool)
            throw new InvalidOperationException($"Of {size} problems {examples.Length} have at most {LongestExample} tokens with their solutions; choose easier problems, shorter solutions or a longer limit.");
        var batches = Enumerable.Range(0, BatchesPerPool)
            .Select(i => TokenBatch.Of(examples[(i * examples.Length / BatchesPerPool)..((i + 1) * examples.Length / BatchesPerPool)], _text.Padding))
            .ToArray();
        // Problems use the seed's streams from 0 on; the order of batches those from the other end.
        new RandomGenerator(_seed, ulong.MaxValue - (ulong)number).Shuffle(batches.AsSpan());
        return batches;
    }
}
