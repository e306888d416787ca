using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Serving;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Server.Hosting;
using Yarp.ReverseProxy.Configuration;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>The processes of the serving benchmark: an upstream that answers after a while, a plain proxy, and the server. Each prints its address and ends with its standard input.</summary>
internal static class ServingRole
{
    private const string Answer = """{"id":"x","object":"chat.completion","created":1,"model":"echo","choices":[{"index":0,"message":{"role":"assistant","content":"It is forty-two."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}}""";

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments[0])
        {
            case "echo":
                await RunAsync(Echo(Builder(), TimeSpan.FromMilliseconds(int.Parse(arguments[1], CultureInfo.InvariantCulture)))).ConfigureAwait(false);
                return 0;
            case "echo-tls":
                using (var certificate = X509Certificate2.CreateFromPemFile(arguments[1], arguments[1]))
                    await RunAsync(Echo(Builder(certificate), TimeSpan.Zero)).ConfigureAwait(false);
                return 0;
            case "yarp":
                await RunAsync(Proxy(new(arguments[1]))).ConfigureAwait(false);
                return 0;
            default:
                await ServeAsync(new(arguments[1])).ConfigureAwait(false);
                return 0;
        }
    }

    private static WebApplicationBuilder Builder(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        return builder;
    }

    private static WebApplication Echo(WebApplicationBuilder builder, TimeSpan delay)
    {
        var app = builder.Build();
        var answer = Encoding.UTF8.GetBytes(Answer);
        app.MapPost("/v1/chat/completions", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false);
            if (!body.Contains("\"stream\":true", StringComparison.Ordinal))
            {
                await Task.Delay(delay, http.RequestAborted).ConfigureAwait(false);
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = answer.Length;
                await http.Response.Body.WriteAsync(answer, http.RequestAborted).ConfigureAwait(false);
                return;
            }

            // A stream that goes on, a word every two seconds, until its reader leaves.
            http.Response.ContentType = "text/event-stream";
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("""data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"echo","choices":[{"index":0,"delta":{"role":"assistant","content":"word "},"finish_reason":null}]}""" + "\n\n", http.RequestAborted).ConfigureAwait(false);
                await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(2), http.RequestAborted).ConfigureAwait(false);
            }
        });
        return app;
    }

    private static WebApplication Proxy(Uri upstream)
    {
        var builder = Builder();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "echo", Match = new() { Path = "{**rest}" } }],
            [new ClusterConfig { ClusterId = "echo", Destinations = new Dictionary<string, DestinationConfig> { ["echo"] = new() { Address = upstream.ToString() } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    private static async Task ServeAsync(Uri upstream)
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-serving-");
        try
        {
            var path = Path.Combine(folder.FullName, "bench.frontier.json");
            new ServingFrontier
            {
                Name = "bench",
                Measured = DateTimeOffset.UtcNow,
                Tasks = "none",
                Models = [new() { Name = "echo", Kind = ModelKind.OpenAI, Endpoint = new(upstream, "/v1"), Price = new TokenPrice(1, 2), MaximumConcurrency = 100_000 }],
                Points =
                [
                    new()
                    {
                        Name = "plain", Model = "echo", Strategy = "single", Quality = new(0.9, 0.8, 1), Cost = new(1, 1, 1), Latency = new(0.1, 0.1, 0.1), LatencyP95 = 0.1, Tokens = new(17, 17, 17), Answers = 1, IsOnFrontier = true,
                    },
                ],
            }.Save(path);
            await using var server = await FrontierServer.StartAsync(new() { FrontierPath = path, Port = 0, MaximumConcurrency = 100_000, QueueLength = 100_000, Grace = TimeSpan.FromSeconds(1) }).ConfigureAwait(false);
            Console.WriteLine(server.Address);
            await WaitAsync().ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(WebApplication app)
    {
        await using (app)
        {
            await app.StartAsync().ConfigureAwait(false);
            Console.WriteLine(app.Urls.First());
            await WaitAsync().ConfigureAwait(false);
        }
    }

    // Tells what it has taken for each line that it gets. The benchmark closes our input when it ends, however it ends.
    private static async Task WaitAsync()
    {
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
            Console.WriteLine(ServingCounters.Now().ToString());
    }
}
