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
using Vilfredo.Server.Chat;
using Vilfredo.Server.Choosing;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Hosting;

/// <summary>The server of a frontier: <c>/v1/chat/completions</c>, <c>/v1/models</c>, <c>/v1/embeddings</c>, <c>/health</c> and <c>/metrics</c>.</summary>
public sealed class FrontierServer : IAsyncDisposable
{
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
            // A file that is wrong is said here, before the port is opened.
            Map(app, options);
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
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Vilfredo", LogLevel.Information)
            // Nobody reads the activities that it would begin for every request, and for every call of an endpoint in it.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
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
        return builder.Build();
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        // Taken once: a request that asks for services gets a scope of its own for them.
        var services = app.Services;
        var metrics = services.GetRequiredService<ServerMetrics>();
        var guard = new RequestGuard(options, services.GetRequiredService<KeyRing>(), services.GetRequiredService<ConcurrencyLimiter>(), metrics);
        var (source, chat, embeddings) = (services.GetRequiredService<FrontierSource>(), services.GetRequiredService<ChatEndpoint>(), services.GetRequiredService<EmbeddingsEndpoint>());
        app.MapGet("/health", http => Health(http, source));
        app.MapMetrics(registry: metrics.Registry);
        app.MapGet("/v1/models", guard.Of((http, _) => ModelsAsync(http, source, options)));
        app.MapPost("/v1/chat/completions", guard.InTurn(chat.AnswerAsync));
        app.MapPost("/v1/embeddings", guard.InTurn(embeddings.AnswerAsync));
        app.MapFallback(guard.Of((http, _) => throw new ApiError(404, $"There is nothing at {http.Request.Method} {http.Request.Path}; there are POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /health and GET /metrics.")));
    }

    private static async Task ModelsAsync(HttpContext http, FrontierSource source, ServerOptions options)
    {
        using var frontier = source.Enter();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CompletionWriter.Options);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var name in (string[])[$"frontier/{frontier.File.Name}", .. Candidates.PresetNames])
            Write(json, name, frontier, null);
        foreach (var point in frontier.Points)
            Write(json, point.Name, frontier, point);
        if (options.AllowsStrategies)
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

    private static async Task Health(HttpContext http, FrontierSource source)
    {
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
