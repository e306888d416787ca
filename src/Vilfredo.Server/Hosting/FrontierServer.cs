using System.Globalization;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Prometheus;
using Vilfredo.Inference.Providers;
using Vilfredo.Server.Chat;
using Vilfredo.Server.Choosing;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Hosting;

/// <summary>The server of a frontier: <c>/v1/chat/completions</c>, <c>/v1/models</c>, <c>/v1/embeddings</c>, <c>/health</c> and <c>/metrics</c>.</summary>
public sealed class FrontierServer : IAsyncDisposable
{
    /// <summary>How often a request may pass from one such server to the next.</summary>
    private const int MostHops = 3;

    private readonly WebApplication _app;

    private FrontierServer(WebApplication app) => _app = app;

    /// <summary>The address that is listened on, with its port.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts a server.</summary>
    /// <exception cref="ArgumentException">An option is wrong, or a model cannot be opened.</exception>
    /// <exception cref="FormatException">The file is no frontier.</exception>
    /// <exception cref="IOException">The file cannot be read, or the address is taken.</exception>
    public static async Task<FrontierServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var app = Build(options);
        try
        {
            // A file that is wrong is said before the port is opened.
            _ = app.Services.GetRequiredService<FrontierSource>();
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Returns when the server has been stopped, by a signal or by <see cref="StopAsync"/>.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <summary>Takes no more requests, and ends when those that run have ended or their grace is over.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => _app.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Vilfredo", LogLevel.Information);
        if (options.LogsJson)
            builder.Logging.AddJsonConsole();
        else
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss ", LoggerColorBehavior.Disabled));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Address, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 100;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Grace);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(new KeyRing(options.Keys))
            .AddSingleton(_ => new UsageStore(options.UsagePath))
            .AddSingleton(services => new KeyLimits(services.GetRequiredService<UsageStore>(), options.Time))
            .AddSingleton<ServerMetrics>()
            .AddSingleton<FrontierSource>()
            .AddHostedService(services => services.GetRequiredService<FrontierSource>())
            .AddSingleton<ChatEndpoint>()
            .AddSingleton<EmbeddingsEndpoint>()
            .AddSingleton(_ => new ConcurrencyLimiter(new() { PermitLimit = options.MaximumConcurrency, QueueLimit = options.QueueLength, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
        var app = builder.Build();
        app.MapGet("/health", Health);
        app.MapMetrics(registry: app.Services.GetRequiredService<ServerMetrics>().Registry);
        app.MapGet("/v1/models", (Func<HttpContext, Task>)(http => GuardAsync(http, _ => ModelsAsync(http))));
        app.MapPost("/v1/chat/completions", (Func<HttpContext, Task>)(http => GuardAsync(http, key => InTurnAsync(http, () => http.RequestServices.GetRequiredService<ChatEndpoint>().AnswerAsync(http, key)))));
        app.MapPost("/v1/embeddings", (Func<HttpContext, Task>)(http => GuardAsync(http, key => InTurnAsync(http, () => http.RequestServices.GetRequiredService<EmbeddingsEndpoint>().AnswerAsync(http, key)))));
        app.MapFallback((Func<HttpContext, Task>)(http => GuardAsync(http, _ => throw new ApiError(404, $"There is nothing at {http.Request.Method} {http.Request.Path}; there are POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /health and GET /metrics."))));
        return app;
    }

    // Keys, hops, and errors in OpenAI's form.
    private static async Task GuardAsync(HttpContext http, Func<ApiKey?, Task> answer)
    {
        try
        {
            var ring = http.RequestServices.GetRequiredService<KeyRing>();
            var key = ring.Find(http.Request.Headers.Authorization);
            if (key is null && !ring.IsOpen)
                throw new ApiError(401, "This server needs a key: send the header 'Authorization: Bearer KEY'.", "authentication_error", "invalid_api_key");
            HopCount.Current = Hops(http);
            await answer(key).ConfigureAwait(false);
        }
        catch (ApiError error) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, error).ConfigureAwait(false);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, new(error.StatusCode, error.StatusCode == 413 ? $"The body is larger than {http.RequestServices.GetRequiredService<ServerOptions>().MaximumBodyBytes} bytes." : error.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
    }

    private static async Task InTurnAsync(HttpContext http, Func<Task> answer)
    {
        var metrics = http.RequestServices.GetRequiredService<ServerMetrics>();
        using var lease = await WaitAsync(http, metrics).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new ApiError(503, "Too many requests are running and waiting; try again.", "api_error", "overloaded") { RetryAfter = TimeSpan.FromSeconds(1) };
        using var running = metrics.Running.TrackInProgress();
        await answer().ConfigureAwait(false);
    }

    private static async ValueTask<RateLimitLease> WaitAsync(HttpContext http, ServerMetrics metrics)
    {
        using var waiting = metrics.Waiting.TrackInProgress();
        return await http.RequestServices.GetRequiredService<ConcurrencyLimiter>().AcquireAsync(1, http.RequestAborted).ConfigureAwait(false);
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

    private static async Task ModelsAsync(HttpContext http)
    {
        using var frontier = http.RequestServices.GetRequiredService<FrontierSource>().Enter();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CompletionWriter.Options);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var name in (string[])[$"frontier/{frontier.File.Name}", .. Candidates.PresetNames])
            Write(json, name, frontier, null);
        foreach (var point in frontier.Points)
            Write(json, point.Name, frontier, point);
        if (http.RequestServices.GetRequiredService<ServerOptions>().AllowsStrategies)
        {
            foreach (var model in frontier.File.Models.Select(model => model.Name).Where(name => frontier.Find(name) is null))
                Write(json, model, frontier, null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, string name, ServedFrontier frontier, ServedPoint? point)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("object", "model");
        json.WriteNumber("created", frontier.File.Measured.ToUnixTimeSeconds());
        json.WriteString("owned_by", "vilfredo");
        if (point is not null)
        {
            json.WriteBoolean("on_frontier", point.Measured is { IsOnFrontier: true });
            CompletionWriter.Expected(json, point);
        }

        json.WriteEndObject();
    }

    private static async Task Health(HttpContext http)
    {
        var source = http.RequestServices.GetRequiredService<FrontierSource>();
        using var frontier = source.Enter();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CompletionWriter.Options);
        var drifting = frontier.Points.Where(point => point.Drift is { Latency.IsOut: true } or { Cost.IsOut: true }).ToList();
        json.WriteStartObject();
        json.WriteString("status", source.Problem is not null ? "stale" : drifting.Count > 0 ? "drifting" : "ok");
        json.WriteString("frontier", frontier.File.Name);
        json.WriteNumber("points", frontier.Points.Count);
        if (source.Problem is { } problem)
            json.WriteString("problem", problem);
        json.WriteStartArray("drift");
        foreach (var point in drifting)
        {
            json.WriteStartObject();
            json.WriteString("point", point.Name);
            if (point.Drift is { Cost: { IsOut: true } cost })
                json.WriteNumber("recent_cost", cost.Average);
            if (point.Drift is { Latency: { IsOut: true } latency })
                json.WriteNumber("recent_latency_seconds", latency.Average);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
