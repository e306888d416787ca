using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Vilfredo.Inference.Providers;

/// <summary>A model behind an endpoint that speaks OpenAI's protocol.</summary>
/// <remarks>
/// Calls wait for a place among <see cref="ModelDefinition.MaximumConcurrency"/>. What may pass is tried again by Polly, as often as the definition says: 408, 429 (after the time that the endpoint asks for), 5xx,
/// time-outs and broken connections, and streams that break before their first word. A stream that is cut off later, and an answer that cannot be understood, are failures.
/// Redirects are not followed: no request reaches an address that is not configured.
/// </remarks>
public sealed class EndpointChatClient : DelegatingChatClient
{
    private const int LongestMessage = 1000;

    private readonly ModelDefinition _model;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _streams;

    private EndpointChatClient(IChatClient inner, ModelDefinition model, HttpClient http, EndpointOptions options)
        : base(inner)
    {
        (_model, _http, _time) = (model, http, options.Time);
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

    /// <summary>A client of an endpoint.</summary>
    /// <param name="model">The model; its kind is <see cref="ModelKind.OpenAI"/>.</param>
    /// <param name="options">How it is called; null means the defaults.</param>
    /// <exception cref="ArgumentException">The model has no endpoint, or the variable with its key is not set.</exception>
    public static EndpointChatClient Open(ModelDefinition model, EndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        var http = OpenHttp(model, options);
        try
        {
            var client = new OpenAIClient(new ApiKeyCredential(KeyOf(model, options)), new OpenAIClientOptions
            {
                Endpoint = model.Endpoint,
                Transport = new HttpClientPipelineTransport(http),
                // Retries and time-outs are the handler's.
                RetryPolicy = new ClientRetryPolicy(0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            });
            return new(client.GetChatClient(model.Id ?? model.Name).AsIChatClient(), model, http, options);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The HTTP client through which an endpoint is called, with its retries, its key and its address as base. The caller disposes it.</summary>
    /// <param name="model">The model; its kind is <see cref="ModelKind.OpenAI"/>.</param>
    /// <param name="options">How it is called; null means the defaults.</param>
    /// <exception cref="ArgumentException">The model has no endpoint.</exception>
    public static HttpClient OpenHttp(ModelDefinition model, EndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        if (model.Kind != ModelKind.OpenAI || model.Endpoint is not { IsAbsoluteUri: true } endpoint)
            throw new ArgumentException($"The model '{model.Name}' has no endpoint; give one such as https://api.example.com/v1.", nameof(model));
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time };
        if (model.Retries > 0)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = model.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
                ShouldRetryAfterHeader = false,
                DelayGenerator = arguments => ValueTask.FromResult(AskedWait(arguments.Outcome.Result, options)),
            });
        }

        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = model.MaximumConcurrency,
            EnableMultipleHttp2Connections = true,
        };
        var resilient = new ResilienceHandler(builder.AddTimeout(model.Timeout).Build()) { InnerHandler = new EndpointHandler { InnerHandler = handler } };
        return new HttpClient(resilient) { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The key of a model's endpoint; a word without meaning where it asks for none.</summary>
    /// <exception cref="ArgumentException">The variable with the key is not set.</exception>
    public static string KeyOf(ModelDefinition model, EndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.KeyVariable is not { } variable)
            return "none";
        var key = (options ?? new()).Environment(variable);
        return string.IsNullOrWhiteSpace(key)
            ? throw new ArgumentException($"The model '{model.Name}' takes its key from the environment variable {variable}, which is not set; set it, or leave 'key' out where none is needed.", nameof(model))
            : key;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call failed for good.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            if (response.Messages.Count == 0)
                throw new ModelCallException(_model.Name, "the endpoint answered without a choice.");
            return response;
        }
        catch (Exception error) when (Explain(error, cancellationToken) is { } explained)
        {
            throw explained;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call failed for good, or the stream was cut off.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> chat = [.. messages];
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        TimedStream? updates = null;
        try
        {
            var (begun, hasFirst) = await BeginAsync(chat, options, cancellationToken).ConfigureAwait(false);
            updates = begun;
            var isFinished = false;
            for (var more = hasFirst; more; more = await NextAsync(updates, cancellationToken).ConfigureAwait(false))
            {
                isFinished |= updates.Current.FinishReason is not null;
                yield return updates.Current;
            }

            if (!isFinished)
                throw new ModelCallException(_model.Name, "the stream was cut off before its end.");
        }
        finally
        {
            if (updates is not null)
                await updates.DisposeAsync().ConfigureAwait(false);
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", _model.Endpoint, _model.Name)
        : serviceKey is null && serviceType == typeof(ModelDefinition) ? _model
        : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _http.Dispose();
            _places.Dispose();
        }

        base.Dispose(disposing);
    }

    // What the endpoint asks for, within reason; null for the usual wait.
    private static TimeSpan? AskedWait(HttpResponseMessage? response, EndpointOptions options)
    {
        var asked = response?.Headers.RetryAfter is not { } header ? null : header.Delta ?? header.Date - options.Time.GetUtcNow();
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > options.LongestDelay ? options.LongestDelay : wait;
    }

    // Up to the first update a stream may be begun again: nobody has seen anything of it.
    private async Task<(TimedStream Updates, bool HasFirst)> BeginAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        try
        {
            return await _streams.ExecuteAsync(async token =>
            {
                // The stream outlives this try, so it must not depend on the try's token.
                var updates = new TimedStream(leaving => base.GetStreamingResponseAsync(messages, options, leaving), _model.Timeout, _time, cancellation);
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
        catch (Exception error) when (Explain(error, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<bool> NextAsync(TimedStream updates, CancellationToken cancellation)
    {
        try
        {
            return await updates.NextAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (Explain(error, cancellation) is { } explained)
        {
            throw explained;
        }
    }

    private ModelCallException? Explain(Exception error, CancellationToken cancellation) => error switch
    {
        ModelCallException => null,
        OperationCanceledException when cancellation.IsCancellationRequested => null,
        ClientResultException { Status: > 0 } result => new(_model.Name, $"the endpoint answered {result.Status}: {FirstLine(result.Message)}", result.Status, error)
        {
            RetryAfter = result.GetRawResponse() is { } response && response.Headers.TryGetValue("retry-after", out var text) && int.TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
        },
        TimeoutException or TimeoutRejectedException or OperationCanceledException => new(_model.Name, $"no answer within {_model.Timeout.TotalSeconds:G4} s.", (int)HttpStatusCode.RequestTimeout, error),
        HttpRequestException or IOException or ClientResultException => new(_model.Name, $"the endpoint cannot be reached or broke off: {FirstLine(error.Message)}", null, error),
        // The SDK has no one type for answers that are not what the protocol says.
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException =>
            new(_model.Name, $"the endpoint's answer is no chat completion: {FirstLine(error.Message)}", null, error),
        _ => null,
    };

    private static string FirstLine(string text)
    {
        var line = string.Join(" ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }
}
