using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Caches;

/// <summary>Which tokens of each row the caches of a recursion hold, where rows differ: their places in the sequence.</summary>
internal sealed class DepthRows : IDisposable
{
    private Tensor? _tokens; // int64 [B, room], the place in the sequence of each token held
    private long[] _lengths = [];
    private long[] _starts = [];

    /// <summary>The tokens of the longest row.</summary>
    public int Longest => checked((int)_lengths.DefaultIfEmpty().Max());

    /// <summary>The longest row's before the tokens of the current pass.</summary>
    public int LongestBefore => checked((int)_starts.DefaultIfEmpty().Max());

    /// <summary>The tokens of all rows.</summary>
    public long Total => _lengths.Sum();

    /// <summary>Notes the tokens of a pass, which layers then write at <see cref="Places"/>.</summary>
    /// <param name="tokens">Their places in the sequence, int64 [B, K]; each row's own first.</param>
    /// <param name="counts">How many of them are each row's.</param>
    public void Extend(Tensor tokens, long[] counts)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        if (_lengths.Length == 0)
            _lengths = new long[counts.Length];
        _starts = _lengths;
        var room = LongestBefore + tokens.size(1);
        if (_tokens is null || _tokens.size(1) < room)
        {
            var larger = zeros([counts.Length, Math.Max(room, 2 * (_tokens?.size(1) ?? 0))], dtype: ScalarType.Int64, device: tokens.device).DetachFromDisposeScope();
            if (_tokens is not null)
                larger.narrow(1, 0, _tokens.size(1)).copy_(_tokens);
            _tokens?.Dispose();
            _tokens = larger;
        }

        _tokens.scatter_(1, Places(tokens.size(1)), tokens);
        _lengths = [.. _starts.Zip(counts, (start, count) => start + count)];
    }

    /// <summary>Where the tokens of the pass are held in their rows, int64 [B, count].</summary>
    public Tensor Places(long count)
    {
        using var scope = NewDisposeScope();
        using Scalar end = count; // held: see ScalarOperations
        return tensor(_starts, device: _tokens?.device).unsqueeze(1).Plus(arange(end, device: _tokens?.device).unsqueeze(0)).MoveToOuterDisposeScope();
    }

    /// <summary>Forgets the tokens whose place in the sequence is <paramref name="length"/> or later.</summary>
    public void Truncate(int length)
    {
        if (_tokens is null)
            return;
        using var scope = NewDisposeScope();
        var places = _tokens.cpu();
        for (var row = 0; row < _lengths.Length; row++)
        {
            var held = places[row].data<long>();
            while (_lengths[row] > 0 && held[_lengths[row] - 1] >= length)
                _lengths[row]--;
        }
    }

    /// <summary>Keeps the given rows.</summary>
    public void SelectRows(long[] rows, Tensor index)
    {
        if (_tokens is null)
            return;
        var selected = _tokens.index_select(0, index).DetachFromDisposeScope();
        _tokens.Dispose();
        _tokens = selected;
        _lengths = [.. rows.Select(row => _lengths[row])];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _tokens?.Dispose();
        _tokens = null;
        _lengths = _starts = [];
    }
}
