namespace Vilfredo.Neural.Training.Data;

/// <summary>Windows of one long text, at random places.</summary>
public sealed class WindowBatches : IBatches<TokenBatch>
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int _length;
    private readonly int _rows;
    private readonly ulong _seed;

    /// <summary>Batches of random windows.</summary>
    /// <param name="tokens">The text; longer than a window.</param>
    /// <param name="length">The tokens that a window reads, T; each is scored on the one after it. At least 1.</param>
    /// <param name="rows">The windows of a batch, B. At least 1.</param>
    /// <param name="seed">Another seed gives another sequence.</param>
    /// <exception cref="ArgumentException">The text is too short for one window.</exception>
    public WindowBatches(ReadOnlyMemory<int> tokens, int length, int rows, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        RequireWindow(tokens, length);
        (_tokens, _length, _rows, _seed) = (tokens, length, rows, seed);
    }

    /// <inheritdoc/>
    public TokenBatch At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var random = new RandomGenerator(_seed, (ulong)index);
        return Windows(_tokens.Span, Enumerable.Range(0, _rows).Select(_ => random.NextInt32(_tokens.Length - _length)).ToArray(), _length);
    }

    /// <summary>The whole of a text in windows that stand side by side, for evaluation; what is left after the last full window is not read.</summary>
    /// <param name="tokens">The text; longer than a window.</param>
    /// <param name="length">The tokens that a window reads. At least 1.</param>
    /// <param name="rows">The windows of a batch; the last batch may have fewer. At least 1.</param>
    /// <param name="most">The most batches, from the beginning of the text; at least 1.</param>
    public static IReadOnlyList<TokenBatch> SideBySide(ReadOnlyMemory<int> tokens, int length, int rows, int most = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        RequireWindow(tokens, length);
        return
        [
            .. Enumerable.Range(0, (tokens.Length - 1) / length).Select(window => window * length)
                .Chunk(rows).Take(most).Select(starts => Windows(tokens.Span, starts, length)),
        ];
    }

    private static TokenBatch Windows(ReadOnlySpan<int> tokens, int[] starts, int length)
    {
        var inputs = new long[starts.Length * length];
        var targets = new long[inputs.Length];
        for (var row = 0; row < starts.Length; row++)
        {
            for (var i = 0; i < length; i++)
                (inputs[row * length + i], targets[row * length + i]) = (tokens[starts[row] + i], tokens[starts[row] + i + 1]);
        }

        return new(inputs, targets, starts.Length);
    }

    private static void RequireWindow(ReadOnlyMemory<int> tokens, int length)
    {
        if (tokens.Length <= length)
            throw new ArgumentException($"The text has {tokens.Length} tokens; a window of {length} needs at least {length + 1}. Give a longer text or shorter windows.", nameof(tokens));
    }
}
