using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Caches;

/// <summary>The keys and values of a batch of sequences in every layer of a decoder, with the positions of their tokens and which of them are padding.</summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly LayerCache[] _layers;
    private readonly DepthRows[] _depths;
    private readonly int _streams;
    private Tensor? _positions;
    private Tensor? _visible;

    /// <summary>An empty cache.</summary>
    /// <param name="layers">The number of attention layers; not negative.</param>
    /// <param name="streams">The parallel streams of the decoder; each sequence has as many rows of keys and values. At least 1.</param>
    public KeyValueCache(int layers, int streams = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        _streams = streams;
        _depths = [];
        _layers = [.. Enumerable.Range(0, layers).Select(_ => new LayerCache())];
    }

    /// <summary>An empty cache in which some layers hold of each sequence only the tokens that reach them.</summary>
    /// <param name="depths">For each layer the recursion whose tokens it holds, from 0; null for all tokens.</param>
    internal KeyValueCache(IReadOnlyList<int?> depths)
    {
        _streams = 1;
        _depths = [.. Enumerable.Range(0, 1 + depths.Max() ?? 0).Select(_ => new DepthRows())];
        _layers = [.. depths.Select(depth => new LayerCache(depth is { } number ? _depths[number] : null))];
    }

    /// <summary>The caches of the layers.</summary>
    public IReadOnlyList<LayerCache> Layers => _layers;

    /// <summary>The tokens of each recursion; none where every token takes all of them.</summary>
    internal IReadOnlyList<DepthRows> Depths => _depths;

    /// <summary>How many tokens each sequence holds, padding included.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of keys and values that are held, over batch and layers.</summary>
    public long Bytes => _layers.Sum(layer => layer.Bytes);

    /// <summary>The positions of the tokens held, int64 [B, length]; null before the first pass.</summary>
    public Tensor? Positions => _positions;

    /// <summary>Whether the tokens held may be seen, bool [B, length]: false for padding; null before the first pass.</summary>
    public Tensor? Visible => _visible;

    /// <summary>Forgets all but the first <paramref name="length"/> tokens of every sequence, for a model that takes back what it has read.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than is held.</exception>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        foreach (var layer in _layers)
            layer.Truncate(length);
        foreach (var depth in _depths)
            depth.Truncate(length);
        Replace(ref _positions, positions => positions.narrow(1, 0, length).clone());
        Replace(ref _visible, visible => visible.narrow(1, 0, length).clone());
        Length = length;
    }

    /// <summary>Keeps the given rows of the batch, in that order. Naming a row several times continues one sequence in several ways.</summary>
    /// <param name="rows">Row numbers, each from 0 to the batch size - 1.</param>
    public void SelectRows(ReadOnlySpan<long> rows)
    {
        if (Length == 0)
            return;
        var kept = rows.ToArray();
        using var index = tensor(kept, device: _positions!.device);
        var batch = _positions.size(0);
        using var inStreams = tensor((long[])[.. Enumerable.Range(0, _streams).SelectMany(stream => kept.Select(row => stream * batch + row))], device: _positions.device);
        foreach (var layer in _layers)
            layer.SelectRows(inStreams);
        foreach (var depth in _depths)
            depth.SelectRows(kept, inStreams);
        Replace(ref _positions, positions => positions.index_select(0, index));
        Replace(ref _visible, visible => visible.index_select(0, index));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
        foreach (var depth in _depths)
            depth.Dispose();
        _positions?.Dispose();
        _visible?.Dispose();
        _positions = _visible = null;
        Length = 0;
    }

    /// <summary>Notes the tokens of a pass: their positions, int64 [B, T], and whether they may be seen, bool [B, T]. The layers append their keys and values themselves.</summary>
    internal void Extend(Tensor positions, Tensor visible)
    {
        _positions = Joined(_positions, positions);
        _visible = Joined(_visible, visible);
        Length += checked((int)positions.size(1));
    }

    private static Tensor Joined(Tensor? held, Tensor added)
    {
        var joined = (held is null ? added.clone() : cat([held, added], 1)).DetachFromDisposeScope();
        held?.Dispose();
        return joined;
    }

    private static void Replace(ref Tensor? held, Func<Tensor, Tensor> change)
    {
        if (held is null)
            return;
        using var scope = NewDisposeScope(); // for the views in between
        var changed = change(held).DetachFromDisposeScope();
        held.Dispose();
        held = changed;
    }
}
