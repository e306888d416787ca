namespace Vilfredo.Inference.Providers;

/// <summary>A stream under way whose next update is waited for no longer than a while.</summary>
/// <remarks>An asynchronous iterator cannot be disposed while it is at work, so one that is given up is cancelled and awaited first.</remarks>
/// <typeparam name="T">The updates.</typeparam>
internal sealed class TimedStream<T> : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _updates;
    private readonly CancellationTokenSource _leaving;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private Task<bool>? _underWay;

    /// <summary>Begins to read when first asked.</summary>
    /// <param name="open">Opens the stream under a token that ends it.</param>
    /// <param name="patience">The longest wait for an update.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public TimedStream(Func<CancellationToken, IAsyncEnumerable<T>> open, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        (_patience, _time, _leaving) = (patience, time, CancellationTokenSource.CreateLinkedTokenSource(cancellation));
        _updates = open(_leaving.Token).GetAsyncEnumerator(_leaving.Token);
    }

    /// <summary>The last update.</summary>
    public T Current => _updates.Current;

    /// <summary>Goes to the next update; false when there is none.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        var next = _updates.MoveNextAsync();
        if (next.IsCompleted)
            return next;
        _underWay = next.AsTask();
        return new(_underWay.WaitAsync(_patience, _time, cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_underWay is { IsCompleted: false })
        {
            await _leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)_underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _updates.DisposeAsync().ConfigureAwait(false);
        _leaving.Dispose();
    }
}
