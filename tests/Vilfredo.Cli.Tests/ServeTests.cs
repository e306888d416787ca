using System.Net;
using System.Net.Sockets;
using System.Text;
using Vilfredo.Cli.Tests.Studies;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Tests;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("missing.json", "missing.json")]
    [InlineData("text.json", "no frontier")]
    [InlineData("text.json --host localhost", "localhost")]
    [InlineData("text.json --port 70000", "70000")]
    [InlineData("text.json --grace soon", "soon")]
    [InlineData("text.json --keys text.json", "no file of keys")]
    [InlineData("good.json --host 0.0.0.0", "keys")]
    [InlineData("nokey.json", "NO_SUCH_KEY")]
    public void Bad_input_is_told_with_exit_code_2(string arguments, string message)
    {
        cli.With("text.json", "no frontier at all");
        Frontier(new("http://127.0.0.1:1/v1")).Save(Path.Combine(cli.Directory, "good.json"));
        Frontier(new("http://127.0.0.1:1/v1"), "NO_SUCH_KEY").Save(Path.Combine(cli.Directory, "nokey.json"));
        var result = cli.Run(["serve", .. arguments.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_hold_after_kill_9_and_no_key_is_logged()
    {
        using var upstream = new StubEndpoint(request => request.Say("It is 4."));
        Frontier(upstream.Address).Save(Path.Combine(cli.Directory, "frontier.json"));
        cli.With("keys.json", """{"keys":[{"name":"team","key":"sk-very-secret","spend_per_day":0.00045}]}""");
        var port = FreePort();
        string[] command = ["serve", "frontier.json", "--port", $"{port}", "--keys", "keys.json", "--usage", "usage.db"];
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "sk-very-secret");
        using (var first = new RunningCli(cli, command))
        {
            await ServesAsync(http, first);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(http));
            first.Kill();
        }

        // The answer cost 0.0004; the next one is expected to cost 0.0001, which is more than what is left.
        using var second = new RunningCli(cli, command);
        await ServesAsync(http, second);
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(http));
        http.DefaultRequestHeaders.Authorization = new("Bearer", "sk-wrong-secret");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(http));
        second.Interrupt();
        var result = second.Result();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("serving test at", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Output + result.Error, StringComparison.Ordinal);
    }

    private static async Task ServesAsync(HttpClient http, RunningCli server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), limit.Token);
                if (health.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                Assert.False(server.HasExited, "the server ended at once");
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http)
    {
        using var content = new StringContent("""{"model":"plain","messages":[{"role":"user","content":"2+2?"}]}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        return response.StatusCode;
    }

    private static ServingFrontier Frontier(Uri endpoint, string? key = null) => new()
    {
        Name = "test",
        Measured = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Tasks = "sums",
        Models = [new() { Name = "stub", Kind = ModelKind.OpenAI, Endpoint = endpoint, KeyVariable = key, Price = new TokenPrice(10, 100) }],
        Points = [new() { Name = "plain", Model = "stub", Strategy = "single", Quality = new(0.9, 0.8, 1), Cost = new(0.0001, 0.00009, 0.00011), Latency = new(1, 0.9, 1.1), LatencyP95 = 2, Tokens = new(13, 12, 14), Answers = 100, IsOnFrontier = true }],
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
