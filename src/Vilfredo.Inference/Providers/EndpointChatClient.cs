using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using Polly;

namespace Vilfredo.Inference.Providers;

/// <summary>A model behind an endpoint that speaks OpenAI's protocol.</summary>
/// <remarks>
/// Calls wait for a place among <see cref="ModelDefinition.MaximumConcurrency"/>. What may pass is tried again by Polly, as often as the definition says: 408, 429 (after the time that the endpoint asks for), 5xx,
/// time-outs and broken connections, and streams that break before their first word. A stream that is cut off later, and an answer that cannot be understood, are failures.
/// Redirects are not followed: no request reaches an address that is not configured. The service <see cref="EndpointPassThrough"/> makes calls as bytes, in the same places and with the same retries.
/// </remarks>
public sealed class EndpointChatClient : DelegatingChatClient
{
    private readonly ModelDefinition _model;
    private readonly HttpClient _http;
    private readonly EndpointCalls _calls;
    private readonly EndpointPassThrough _passThrough;

    private EndpointChatClient(IChatClient inner, ModelDefinition model, HttpClient http, EndpointCalls calls, EndpointPassThrough passThrough)
        : base(inner) => (_model, _http, _calls, _passThrough) = (model, http, calls, passThrough);

    /// <summary>A client of an endpoint.</summary>
    /// <param name="model">The model; its kind is <see cref="ModelKind.OpenAI"/>.</param>
    /// <param name="options">How it is called; null means the defaults.</param>
    /// <exception cref="ArgumentException">The model has no endpoint, or the variable with its key is not set.</exception>
    public static EndpointChatClient Open(ModelDefinition model, EndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        var handler = OpenHandler(model, options);
        var http = HttpOver(handler, model);
        try
        {
            var key = KeyOf(model, options);
            var client = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions
            {
                Endpoint = model.Endpoint,
                Transport = new HttpClientPipelineTransport(http),
                // Retries and time-outs are the handler's.
                RetryPolicy = new ClientRetryPolicy(0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            });
            var calls = new EndpointCalls(model, options);
            return new(client.GetChatClient(model.Id ?? model.Name).AsIChatClient(), model, http, calls, new(model, new HttpMessageInvoker(handler, disposeHandler: false), calls, key, options.Time));
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
        return HttpOver(OpenHandler(model, options ?? new()), model);
    }

    private static HttpClient HttpOver(HttpMessageHandler handler, ModelDefinition model) => new(handler) { BaseAddress = model.Endpoint, Timeout = Timeout.InfiniteTimeSpan };

    private static EndpointTries OpenHandler(ModelDefinition model, EndpointOptions options)
    {
        if (model.Kind != ModelKind.OpenAI || model.Endpoint is not { IsAbsoluteUri: true })
            throw new ArgumentException($"The model '{model.Name}' has no endpoint; give one such as https://api.example.com/v1.", nameof(model));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = model.MaximumConcurrency,
            EnableMultipleHttp2Connections = true,
        };
        return new EndpointTries(model.Retries > 0 ? RetriesOf(model, options) : null, model.Timeout, options.Time) { InnerHandler = new EndpointHandler { InnerHandler = handler } };
    }

    private static ResiliencePipeline<HttpResponseMessage> RetriesOf(ModelDefinition model, EndpointOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = model.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
                ShouldRetryAfterHeader = false,
                DelayGenerator = arguments => ValueTask.FromResult(AskedWait(arguments.Outcome.Result, options)),
            })
            .Build();

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
        using var place = await _calls.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            return response.Messages.Count > 0 ? response : throw new ModelCallException(_model.Name, "the endpoint answered without a choice.");
        }
        catch (Exception error) when (EndpointFailure.Explain(_model, error, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The call failed for good, or the stream was cut off.</exception>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> chat = [.. messages];
        return _calls.StreamAsync(leaving => base.GetStreamingResponseAsync(chat, options, leaving), update => update.FinishReason is not null, cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", _model.Endpoint, _model.Name)
        : serviceKey is null && serviceType == typeof(ModelDefinition) ? _model
        : serviceKey is null && serviceType == typeof(EndpointPassThrough) ? _passThrough
        : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _http.Dispose();
            _calls.Dispose();
        }

        base.Dispose(disposing);
    }

    // What the endpoint asks for, within reason; null for the usual wait.
    private static TimeSpan? AskedWait(HttpResponseMessage? response, EndpointOptions options)
    {
        var asked = response?.Headers.RetryAfter is not { } header ? null : header.Delta ?? header.Date - options.Time.GetUtcNow();
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > options.LongestDelay ? options.LongestDelay : wait;
    }
}
