using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Vilfredo.Neural.Fused;

/// <summary>What one thread works on in <see cref="FusedAttention"/>: copies of one head that are padded with zeros to whole vectors, and transposed where a product walks along tokens.</summary>
internal sealed class AttentionPanels : IDisposable
{
    private readonly int _length;
    private readonly int _padded;
    private readonly int _size;
    private readonly float[] _keys;
    private readonly float[] _turnedKeys;
    private readonly float[] _turnedValues;
    private readonly float[] _values;
    private readonly float[] _queries;
    private readonly float[] _outputs;
    private readonly float[] _scores;
    private readonly float[] _four;

    /// <summary>For heads of one shape.</summary>
    /// <param name="length">The tokens, T.</param>
    /// <param name="size">The size of a head, n; a whole number of vectors.</param>
    public AttentionPanels(int length, int size)
    {
        (_length, _padded, _size) = (length, Padded(length), size);
        (_keys, _values, _turnedKeys, _turnedValues) = (Zeros(), Zeros(), Zeros(), Zeros());
        (_queries, _outputs) = (Zeros(), Zeros());
        _scores = ArrayPool<float>.Shared.Rent(_padded * _padded);
        _four = new float[VectorMath.Rows * size];

        float[] Zeros()
        {
            var panel = ArrayPool<float>.Shared.Rent(_padded * size);
            panel.AsSpan().Clear();
            return panel;
        }
    }

    /// <summary>The tokens with those that fill up whole vectors and whole blocks of rows.</summary>
    public static int Padded(int length)
    {
        var block = Math.Max(Vector<float>.Count, VectorMath.Rows);
        return (length + block - 1) / block * block;
    }

    /// <summary>Takes the keys and values that the next heads attend to, [T, n] each.</summary>
    public void LoadKeys(ReadOnlySpan<float> keys, ReadOnlySpan<float> values)
    {
        keys.CopyTo(_keys);
        values.CopyTo(_values);
        Transpose(keys, _turnedKeys);
        Transpose(values, _turnedValues);
    }

    /// <summary>One head's attention.</summary>
    /// <param name="queries">[T, n].</param>
    /// <param name="weights">Receives the weights of the keys, padded; zeros after each query as far as a later product reads.</param>
    /// <param name="output">Receives the mixed values, [T, n].</param>
    public void Attend(ReadOnlySpan<float> queries, Span<float> weights, Span<float> output)
    {
        queries.CopyTo(_queries);
        for (var first = 0; first < _padded; first += VectorMath.Rows)
        {
            var columns = ColumnsUpTo(first);
            Scores(_queries, _turnedKeys, first, weights, columns);
            for (var query = first; query < first + VectorMath.Rows; query++)
                Softmax(weights.Slice(query * _padded, columns * Vector<float>.Count), seen: query + 1);
            Mixed(weights[(first * _padded)..], _padded, 1, _values, _outputs.AsSpan(first * _size), first + VectorMath.Rows);
        }

        _outputs.AsSpan(0, output.Length).CopyTo(output);
    }

    /// <summary>One head's way back.</summary>
    /// <param name="queries">[T, n].</param>
    /// <param name="weights">What <see cref="Attend"/> left.</param>
    /// <param name="outer">The gradient of the output, [T, n].</param>
    /// <param name="queryGradient">Receives the gradient of the queries.</param>
    /// <param name="keyGradient">The gradient of the keys is added to this.</param>
    /// <param name="valueGradient">The gradient of the values is added to this.</param>
    public void Return(ReadOnlySpan<float> queries, ReadOnlySpan<float> weights, ReadOnlySpan<float> outer, Span<float> queryGradient, Span<float> keyGradient, Span<float> valueGradient)
    {
        outer.CopyTo(_outputs);
        _outputs.AsSpan(outer.Length).Clear();
        for (var first = 0; first < _padded; first += VectorMath.Rows)
        {
            var columns = ColumnsUpTo(first);
            Scores(_outputs, _turnedValues, first, _scores, columns);
            for (var query = first; query < first + VectorMath.Rows; query++)
                SoftmaxGradient(weights.Slice(query * _padded, columns * Vector<float>.Count), _scores.AsSpan(query * _padded, columns * Vector<float>.Count));
            Mixed(_scores.AsSpan(first * _padded), _padded, 1, _keys, _queries.AsSpan(first * _size), first + VectorMath.Rows);
        }

        _queries.AsSpan(0, queryGradient.Length).CopyTo(queryGradient);
        queries.CopyTo(_queries);
        _queries.AsSpan(queries.Length).Clear();
        for (var first = 0; first < _padded; first += VectorMath.Rows)
        {
            // Queries before a key do not see it.
            var (corner, rest) = (first * _padded + first, _padded - first);
            Mixed(weights[corner..], 1, _padded, _outputs.AsSpan(first * _size), _four, rest);
            AddFour(valueGradient, first);
            Mixed(_scores.AsSpan(corner), 1, _padded, _queries.AsSpan(first * _size), _four, rest);
            AddFour(keyGradient, first);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var panel in new[] { _keys, _values, _turnedKeys, _turnedValues, _queries, _outputs, _scores })
            ArrayPool<float>.Shared.Return(panel);
    }

    private static ref Vector<float> Vectors(ReadOnlySpan<float> numbers) => ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, Vector<float>>(numbers));

    /// <summary>The vectors of keys that four queries see.</summary>
    private static int ColumnsUpTo(int first) => (first + VectorMath.Rows + Vector<float>.Count - 1) / Vector<float>.Count;

    /// <summary>Four rows of products with every token that they see.</summary>
    private void Scores(ReadOnlySpan<float> rows, ReadOnlySpan<float> transposed, int first, Span<float> to, int columns)
    {
        var width = _padded / Vector<float>.Count;
        VectorMath.Product(ref MemoryMarshal.GetReference(rows[(first * _size)..]), _size, 1, ref Vectors(transposed), width, ref Vectors(to[(first * _padded)..]), width, columns, _size);
    }

    /// <summary>Four weighted sums of rows of a head's size.</summary>
    private void Mixed(ReadOnlySpan<float> weights, int row, int step, ReadOnlySpan<float> mixed, Span<float> to, int depth)
    {
        var width = _size / Vector<float>.Count;
        VectorMath.Product(ref MemoryMarshal.GetReference(weights), row, step, ref Vectors(mixed), width, ref Vectors(to), width, width, depth);
    }

    private void Softmax(Span<float> row, int seen)
    {
        row[seen..].Fill(float.MinValue);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var most = vectors[0];
        foreach (var v in vectors)
            most = Vector.Max(most, v);
        var (highest, scale, sum) = (float.MinValue, 1 / MathF.Sqrt(_size), Vector<float>.Zero);
        for (var i = 0; i < Vector<float>.Count; i++)
            highest = MathF.Max(highest, most[i]);
        foreach (ref var v in vectors)
            v = VectorMath.Exp((v - new Vector<float>(highest)) * scale);
        row[seen..].Clear();
        foreach (var v in vectors)
            sum += v;
        var share = 1 / Vector.Sum(sum);
        foreach (ref var v in vectors)
            v *= share;
    }

    /// <summary>Weights p and gradients g of them become gradients of the products before the softmax: p (g - sum p g) / sqrt(n).</summary>
    private void SoftmaxGradient(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var products = Vector<float>.Zero;
        for (var i = 0; i < p.Length; i++)
            products += p[i] * g[i];
        var (mean, scale) = (new Vector<float>(Vector.Sum(products)), 1 / MathF.Sqrt(_size));
        for (var i = 0; i < p.Length; i++)
            g[i] = p[i] * (g[i] - mean) * scale;
    }

    private void Transpose(ReadOnlySpan<float> rows, Span<float> to)
    {
        for (var token = 0; token < _length; token++)
        {
            for (var i = 0; i < _size; i++)
                to[i * _padded + token] = rows[token * _size + i];
        }
    }

    private void AddFour(Span<float> gradient, int first)
    {
        var at = first * _size;
        for (var i = 0; i < _four.Length && at + i < gradient.Length; i++)
            gradient[at + i] += _four[i];
    }
}
