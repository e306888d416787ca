namespace Vilfredo.Neural.Training.Data;

/// <summary>The pairs of a data set in random order, each once in every pass over it; what is left after the last full batch of a pass is not read in that pass.</summary>
public sealed class VectorBatches : IBatches<VectorBatch>
{
    private readonly VectorBatch _data;
    private readonly int _rows;
    private readonly ulong _seed;
    private (long Pass, int[] Order)? _order;

    /// <summary>Batches of a data set.</summary>
    /// <param name="data">The pairs.</param>
    /// <param name="rows">The pairs of a batch; from 1 to those of the data set.</param>
    /// <param name="seed">Another seed gives another order.</param>
    public VectorBatches(VectorBatch data, int rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, data.Rows);
        (_data, _rows, _seed) = (data, rows, seed);
    }

    /// <summary>The batches of one pass over the data.</summary>
    public int BatchesPerPass => _data.Rows / _rows;

    /// <inheritdoc/>
    public VectorBatch At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (pass, place) = (index / BatchesPerPass, (int)(index % BatchesPerPass));
        if (_order is not { } order || order.Pass != pass)
        {
            int[] numbers = [.. Enumerable.Range(0, _data.Rows)];
            new RandomGenerator(_seed, (ulong)pass).Shuffle(numbers.AsSpan());
            _order = order = (pass, numbers);
        }

        return _data.Select(order.Order.AsSpan(place * _rows, _rows));
    }
}
