using System.Globalization;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Vilfredo.Inference.Providers;
using Vilfredo.Server.Chat;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Hosting;

/// <summary>What every request passes: keys, the count of servers behind it, places, and errors in OpenAI's form.</summary>
internal sealed class RequestGuard(ServerOptions options, KeyRing keys, ConcurrencyLimiter places, ServerMetrics metrics)
{
    /// <summary>How often a request may pass from one such server to the next.</summary>
    private const int MostHops = 3;

    /// <summary>Lets who has a key be answered when there is a place.</summary>
    public RequestDelegate InTurn(Func<HttpContext, ApiKey?, Task> answer) => Of((http, key) => InTurnAsync(http, key, answer));

    /// <summary>Lets who has a key be answered.</summary>
    public RequestDelegate Of(Func<HttpContext, ApiKey?, Task> answer) => http => AnswerAsync(http, answer);

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, ApiKey?, Task> answer)
    {
        try
        {
            var key = keys.Find(http.Request.Headers.Authorization);
            if (key is null && !keys.IsOpen)
                throw new ApiError(401, "This server needs a key: send the header 'Authorization: Bearer KEY'.", "authentication_error", "invalid_api_key");
            // Nearly all come straight from a client, and what flows along with a call is kept as long as it runs.
            if (Hops(http) is > 0 and var hops)
                HopCount.Current = hops;
            await answer(http, key).ConfigureAwait(false);
        }
        catch (ApiError error) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, error).ConfigureAwait(false);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, new(error.StatusCode, error.StatusCode == 413 ? $"The body is larger than {options.MaximumBodyBytes} bytes." : error.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
    }

    private async Task InTurnAsync(HttpContext http, ApiKey? key, Func<HttpContext, ApiKey?, Task> answer)
    {
        using var lease = await WaitAsync(http).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new ApiError(503, "Too many requests are running and waiting; try again.", "api_error", "overloaded") { RetryAfter = TimeSpan.FromSeconds(1) };
        metrics.Running.Inc();
        try
        {
            await answer(http, key).ConfigureAwait(false);
        }
        finally
        {
            metrics.Running.Dec();
        }
    }

    private async ValueTask<RateLimitLease> WaitAsync(HttpContext http)
    {
        var lease = places.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        metrics.Waiting.Inc();
        try
        {
            return await places.AcquireAsync(1, http.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            metrics.Waiting.Dec();
        }
    }

    private static int Hops(HttpContext http)
    {
        var hops = int.TryParse(http.Request.Headers[HopCount.Header], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        return hops <= MostHops ? hops : throw new ApiError(508, $"The request has passed through {hops} servers of this kind: one of them likely has itself as a model.", "invalid_request_error", "loop");
    }

    private static async Task RefuseAsync(HttpContext http, ApiError error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/json";
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CompletionWriter.Options);
        CompletionWriter.Error(json, error);
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
