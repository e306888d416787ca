namespace Vilfredo.Neural.Training.Data;

/// <summary>Pairs in random order, each once in every pass; passes may be made anew, as with words that are hidden at random. What is left after the last full batch of a pass is not read in that pass.</summary>
public sealed class SequencePairBatches : IBatches<SequencePairBatch>
{
    private readonly Func<RandomGenerator, IReadOnlyList<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)>> _pass;
    private readonly int _rows;
    private readonly int _padding;
    private readonly ulong _seed;
    private readonly int _pairs;
    private (long Pass, (IReadOnlyList<int> Source, IReadOnlyList<int> Target)[] Pairs)? _current;

    /// <summary>Batches of passes.</summary>
    /// <param name="pass">The pairs of a pass, as many in each; a function of the generator alone.</param>
    /// <param name="rows">The pairs of a batch; from 1 to those of a pass.</param>
    /// <param name="padding">The id that fills up sources.</param>
    /// <param name="seed">Another seed gives another order and other draws.</param>
    public SequencePairBatches(Func<RandomGenerator, IReadOnlyList<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)>> pass, int rows, int padding, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_pass, _rows, _padding, _seed) = (pass, rows, padding, seed);
        _pairs = Drawn(0).Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _pairs);
    }

    /// <summary>The batches of one pass.</summary>
    public int BatchesPerPass => _pairs / _rows;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A pass has another number of pairs than the first.</exception>
    public SequencePairBatch At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (pass, place) = (index / BatchesPerPass, (int)(index % BatchesPerPass));
        if (_current is not { } current || current.Pass != pass)
            _current = current = (pass, Drawn(pass));
        if (current.Pairs.Length != _pairs)
            throw new InvalidOperationException($"Pass {pass} has {current.Pairs.Length} pairs and the first {_pairs}; all must have as many.");
        return new(current.Pairs[(place * _rows)..((place + 1) * _rows)], _padding);
    }

    private (IReadOnlyList<int> Source, IReadOnlyList<int> Target)[] Drawn(long pass)
    {
        var random = new RandomGenerator(_seed, (ulong)pass);
        (IReadOnlyList<int> Source, IReadOnlyList<int> Target)[] pairs = [.. _pass(random)];
        random.Shuffle(pairs.AsSpan());
        return pairs;
    }
}
