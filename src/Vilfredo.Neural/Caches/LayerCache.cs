using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Caches;

/// <summary>What one attention layer keeps of the tokens it has seen: one or two tensors whose third dimension is the token.</summary>
/// <remarks>Room is doubled when it runs out, so that appending costs amortised constant time per token. No gradient flows through a cache.</remarks>
public sealed class LayerCache : IDisposable
{
    private readonly DepthRows? _rows;
    private Tensor? _keys;
    private Tensor? _values;
    private int _length;

    /// <summary>An empty cache of rows of equal length.</summary>
    public LayerCache()
    {
    }

    /// <summary>An empty cache of rows that hold different tokens.</summary>
    internal LayerCache(DepthRows? rows) => _rows = rows;

    /// <summary>How many tokens are held; of the longest row, where rows hold different ones.</summary>
    public int Length => _rows?.Longest ?? _length;

    /// <summary>Bytes of the tokens that are held, over the batch.</summary>
    public long Bytes => BytesOf(_keys) + BytesOf(_values);

    /// <summary>The keys held, rotated, [B, key heads, length, key size]; a view that is valid until the next change.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been appended yet.</exception>
    public Tensor Keys => Held(_keys);

    /// <summary>The values held, [B, value heads, length, value size]; a view that is valid until the next change.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been appended yet, or nothing but keys.</exception>
    public Tensor Values => Held(_values);

    /// <summary>Adds the keys and values of new tokens, [B, heads, T, size] each.</summary>
    /// <param name="keys">The keys, rotated.</param>
    /// <param name="values">The values; null, and then always null, in attention that makes its values from what it keeps as keys.</param>
    public void Append(Tensor keys, Tensor? values)
    {
        using var noGradient = no_grad();
        var added = checked((int)keys.size(2));
        if (_keys is not null && values is null != _values is null)
            throw new ArgumentException($"The cache holds keys {(_values is null ? "without" : "with")} values; give it the same again.", nameof(values));
        // Rows of different lengths are written each at its own end; what fills shorter pieces up lies beyond it and is overwritten by the next.
        var length = _rows is null ? _length + added : _rows.LongestBefore + added;
        _keys = WithRoom(_keys, keys, length);
        Write(_keys, keys);
        if (values is not null)
        {
            _values = WithRoom(_values, values, length);
            Write(_values, values);
        }

        _length += added;
    }

    /// <summary>Forgets all but the first <paramref name="length"/> tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than is held.</exception>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_rows is not null)
            return; // they are cut by themselves, each row where its tokens end
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
    }

    /// <summary>Keeps the given rows of the batch, in that order; a row may be named several times.</summary>
    /// <param name="rows">Row numbers, int64 [new batch].</param>
    public void SelectRows(Tensor rows)
    {
        using var noGradient = no_grad();
        _keys = Selected(_keys, rows);
        _values = Selected(_values, rows);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _keys?.Dispose();
        _values?.Dispose();
        _keys = _values = null;
        _length = 0;
    }

    private static Tensor? Selected(Tensor? held, Tensor rows)
    {
        if (held is null)
            return null;
        var selected = held.index_select(0, rows).DetachFromDisposeScope();
        held.Dispose();
        return selected;
    }

    private Tensor WithRoom(Tensor? held, Tensor added, int length)
    {
        if (held is not null && held.size(0) != added.size(0))
            throw new ArgumentException($"The cache holds a batch of {held.size(0)} and is given one of {added.size(0)}; select or repeat the rows of the cache first.", nameof(added));
        if (held is not null && held.size(2) >= length)
            return held;
        var room = held is null ? length : Math.Max(length, checked(2 * (int)held.size(2)));
        // Ends of shorter rows are read and masked, and nought times what memory happens to hold may be no number.
        long[] shape = [added.size(0), added.size(1), room, added.size(3)];
        var larger = (_rows is null ? empty(shape, dtype: added.dtype, device: added.device) : zeros(shape, dtype: added.dtype, device: added.device)).DetachFromDisposeScope();
        if (held is not null)
        {
            using var start = larger.narrow(2, 0, held.size(2));
            start.copy_(held).Dispose();
            held.Dispose();
        }

        return larger;
    }

    private void Write(Tensor store, Tensor added)
    {
        if (_rows is not null)
        {
            using var scope = NewDisposeScope();
            store.scatter_(2, _rows.Places(added.size(2)).unsqueeze(1).unsqueeze(-1).expand(added.shape), added);
            return;
        }

        using var place = store.narrow(2, _length, added.size(2));
        place.copy_(added).Dispose();
    }

    private Tensor Held(Tensor? store) =>
        (store ?? throw new InvalidOperationException("The cache has none of these: nothing of the kind has been appended yet.")).narrow(2, 0, Length);

    private long BytesOf(Tensor? store) => store is null ? 0 : (_rows?.Total ?? store.size(0) * _length) * store.size(1) * store.size(3) * store.element_size();
}
