using System.Runtime.CompilerServices;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Vilfredo.Inference.Providers;

/// <summary>How calls of one endpoint are made, whatever form their answers have: they wait for a place, streams are begun again until their first update has come, silence ends, and failures are explained.</summary>
internal sealed class EndpointCalls : IDisposable
{
    private readonly ModelDefinition _model;
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _streams;

    /// <summary>The calls of an endpoint.</summary>
    public EndpointCalls(ModelDefinition model, EndpointOptions options)
    {
        (_model, _time) = (model, options.Time);
        _places = new(model.MaximumConcurrency);
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Time };
        // What fails before headers is retried underneath; here it is the body of a stream.
        if (model.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<IOException>().Handle<TimeoutException>().Handle<JsonException>().Handle<HttpRequestException>(error => error.StatusCode is null),
                MaxRetryAttempts = model.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
            });
        }

        _streams = builder.Build();
    }

    /// <summary>Waits for a place, which is left when what is returned is disposed.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        return new(_places);
    }

    /// <summary>Makes a call whose answer is a stream.</summary>
    /// <param name="open">Opens it, under a token that ends it.</param>
    /// <param name="isLast">Whether an update says that the answer is complete.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ModelCallException">The call failed for good, or the stream was cut off.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> open, Func<T, bool> isLast, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var place = await EnterAsync(cancellation).ConfigureAwait(false);
        TimedStream<T>? updates = null;
        try
        {
            var (begun, hasFirst) = await BeginAsync(open, cancellation).ConfigureAwait(false);
            updates = begun;
            var isFinished = false;
            for (var more = hasFirst; more; more = await NextAsync(updates, cancellation).ConfigureAwait(false))
            {
                isFinished |= isLast(updates.Current);
                yield return updates.Current;
            }

            if (!isFinished)
                throw new ModelCallException(_model.Name, "the stream was cut off before its end.");
        }
        finally
        {
            if (updates is not null)
                await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    // Up to the first update a stream may be begun again: nobody has seen anything of it.
    private async Task<(TimedStream<T> Updates, bool HasFirst)> BeginAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> open, CancellationToken cancellation)
    {
        try
        {
            return await _streams.ExecuteAsync(async token =>
            {
                // The stream outlives this try, so it must not depend on the try's token.
                var updates = new TimedStream<T>(open, _model.Timeout, _time, cancellation);
                try
                {
                    return await updates.NextAsync(token).ConfigureAwait(false) ? (updates, true) : throw new IOException("the stream ended without anything");
                }
                catch
                {
                    await updates.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            }, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (EndpointFailure.Explain(_model, error, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<bool> NextAsync<T>(TimedStream<T> updates, CancellationToken cancellation)
    {
        try
        {
            return await updates.NextAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (EndpointFailure.Explain(_model, error, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>A place among the calls that may run at once.</summary>
    public readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => places.Release();
    }
}
