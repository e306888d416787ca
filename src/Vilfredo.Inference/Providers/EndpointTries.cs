using Microsoft.Extensions.ObjectPool;
using Polly;
using Polly.Timeout;

namespace Vilfredo.Inference.Providers;

/// <summary>Ends tries of a request that take too long, and makes further ones through Polly when the first has failed.</summary>
/// <remarks>
/// The first try is made outside of the pipeline, which would keep 1.5 kB alive while the answer is waited for. When it fails, the pipeline is entered with its outcome in place of a first try of its own, so what is tried again,
/// how often and when is Polly's matter alone.
/// </remarks>
/// <param name="retries">Tries again; null for never.</param>
/// <param name="timeout">The longest time to the headers of an answer, for each try.</param>
/// <param name="time">The clock.</param>
internal sealed class EndpointTries(ResiliencePipeline<HttpResponseMessage>? retries, TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    private const int MostSpare = 1024;

    private readonly ObjectPool<CancellationTokenSource> _ends = new DefaultObjectPoolProvider { MaximumRetained = MostSpare }.Create(new EndPolicy(time));

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        retries is null ? TryAsync(request, cancellationToken) : SendAsync(retries, request, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            (_ends as IDisposable)?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SendAsync(ResiliencePipeline<HttpResponseMessage> pipeline, HttpRequestMessage request, CancellationToken cancellation)
    {
        Outcome<HttpResponseMessage> first;
        try
        {
            var response = await TryAsync(request, cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            first = Outcome.FromResult(response);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            first = Outcome.FromException<HttpResponseMessage>(error);
        }

        return await AgainAsync(pipeline, request, first, cancellation).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> AgainAsync(ResiliencePipeline<HttpResponseMessage> pipeline, HttpRequestMessage request, Outcome<HttpResponseMessage> first, CancellationToken cancellation)
    {
        var isFirst = true;
        return await pipeline.ExecuteAsync(async token =>
        {
            if (!isFirst)
                return await TryAsync(request, token).ConfigureAwait(false);
            isFirst = false;
            first.ThrowIfException();
            return first.Result!;
        }, cancellation).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var end = _ends.Get();
        end.CancelAfter(timeout);
        try
        {
            await using (cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end).ConfigureAwait(false))
                return await base.SendAsync(request, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (end.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutRejectedException($"no answer within {timeout.TotalSeconds:G4} s", timeout, error);
        }
        finally
        {
            _ends.Return(end);
        }
    }

    // One that was cancelled, or has another clock than the system's, cannot be used again.
    private sealed class EndPolicy(TimeProvider time) : PooledObjectPolicy<CancellationTokenSource>
    {
        public override CancellationTokenSource Create() => new(Timeout.InfiniteTimeSpan, time);

        public override bool Return(CancellationTokenSource end) => end.TryReset();
    }
}
