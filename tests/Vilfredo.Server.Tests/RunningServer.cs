using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Tests;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Server.Hosting;

namespace Vilfredo.Server.Tests;

/// <summary>A server on a free port of loopback with a small frontier: <c>cheap</c> (60 %, 0.001), <c>vote</c> (80 %, 0.004, five calls of <c>small</c>), <c>dear</c> (90 %, 0.01, of <c>large</c>), and <c>poor</c>, which is dominated.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vilfredo-server-").FullName;

    private RunningServer(FrontierServer server, string folder, HttpClient http) => (Server, _folder, Http) = (server, folder, http);

    public FrontierServer Server { get; }

    public HttpClient Http { get; }

    public string FrontierPath => Path.Combine(_folder, "test.frontier.json");

    public static async Task<RunningServer> StartAsync(Func<string, IChatClient>? models = null, Func<ServerOptions, ServerOptions>? change = null, ServingFrontier? frontier = null, string? key = null)
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-server-").FullName;
        var path = Path.Combine(folder, "test.frontier.json");
        (frontier ?? Frontier()).Save(path);
        models ??= name => new ScriptedChatClient(_ => $"Answer: {name}", name);
        var options = new ServerOptions { FrontierPath = path, Port = 0, OpenLocal = model => models(model.Name), Grace = TimeSpan.FromSeconds(20) };
        var server = await FrontierServer.StartAsync(change?.Invoke(options) ?? options);
        var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(1) };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new(server, folder, http);
    }

    public static ServingFrontier Frontier(Func<ModelDefinition, ModelDefinition>? model = null) => new()
    {
        Name = "test",
        Measured = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Tasks = "sums",
        Models = [.. ((string[])["small", "large"]).Select(name => new ModelDefinition { Name = name, Kind = ModelKind.Local, Folder = "models/" + name, Price = new TokenPrice(10, 100) }).Select(one => model?.Invoke(one) ?? one)],
        Points =
        [
            Point("cheap", "small", "single", 0.6, 0.001, 0.2, []),
            Point("vote", "small", "majority_voting", 0.8, 0.004, 0.4, new() { ["n"] = "5" }),
            Point("dear", "large", "single", 0.9, 0.01, 1, []),
            Point("poor", "large", "majority_voting", 0.5, 0.05, 2, []) with { IsOnFrontier = false },
        ],
    };

    public async Task<(HttpResponseMessage Response, JsonElement Json)> AskAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Http.GetStringAsync(path)).RootElement;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static ServingPoint Point(string name, string model, string strategy, double quality, double cost, double latency, Dictionary<string, string> knobs) => new()
    {
        Name = name,
        Model = model,
        Strategy = strategy,
        Knobs = knobs,
        Quality = new(quality, quality - 0.05, quality + 0.05),
        Cost = new(cost, cost * 0.9, cost * 1.1),
        Latency = new(latency, latency * 0.9, latency * 1.1),
        LatencyP95 = latency * 2,
        Tokens = new(100, 90, 110),
        Answers = 100,
        IsOnFrontier = true,
    };
}
