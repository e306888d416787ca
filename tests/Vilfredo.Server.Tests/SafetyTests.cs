using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Tests;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Tests;

/// <summary>What a caller could try: answers that cost the server's owner but not the caller's key, and words that get lost on the way.</summary>
public class SafetyTests
{
    private const string Question = """[{"role":"user","content":"2+2?"}]""";

    [Fact]
    public async Task Calls_of_answers_that_never_came_count_for_the_key()
    {
        // Four of the five calls of the vote are answered; the fifth waits until the client has left.
        var (answered, left) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var calls = 0;
        await using var server = await RunningServer.StartAsync(
            _ => new ScriptedChatClient(async call =>
            {
                if (Interlocked.Increment(ref calls) < 5)
                    return ScriptedChatClient.Say("Answer: 4");
                answered.Release();
                try
                {
                    await Task.Delay(Timeout.Infinite, call.Cancellation);
                }
                finally
                {
                    left.Release();
                }

                throw new InvalidOperationException("never reached");
            }),
            options => options with { Keys = [ApiKey.Of("team", "k")] },
            key: "k");
        using var leaving = new CancellationTokenSource();
        var asking = server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"vote","messages":{{Question}}}"""), leaving.Token);
        await answered.WaitAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await left.WaitAsync();
        await Waiting.UntilAsync(async () => (await server.Http.GetStringAsync("/metrics")).Contains("vilfredo_cost_total{point=\"vote\",key=\"team\"}", StringComparison.Ordinal));
        var metrics = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("vilfredo_tokens_total{point=\"vote\",direction=\"output\"} 8", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("vilfredo_requests_total{point=\"vote\",outcome=\"answered\"}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spending_of_failed_attempts_counts_against_the_limit()
    {
        // A call costs 0.0003; the first succeeds, and all others fail after the request was read.
        var calls = 0;
        await using var server = await RunningServer.StartAsync(
            name => new ScriptedChatClient(_ => Interlocked.Increment(ref calls) == 1 ? Task.FromResult(ScriptedChatClient.Say("Answer: 4")) : throw new InvalidOperationException("broken")),
            options => options with { Keys = [ApiKey.Of("team", "k") with { SpendPerDay = 0.00131 }] },
            key: "k");
        Assert.Equal(HttpStatusCode.OK, (await server.AskAsync($$"""{"model":"cheap","messages":{{Question}}}""")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, (await server.AskAsync($$"""{"model":"cheap","messages":{{Question}}}""")).Response.StatusCode);
        // 0.0003 for the answer, and the tokens that were read in vain: with the 0.001 expected, more than the limit.
        var (refused, json) = await server.AskAsync($$"""{"model":"cheap","messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("key_limit", json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Several_choices_and_answers_cut_short_are_no_drift()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            await server.AskAsync($$"""{"model":"cheap","n":4,"messages":{{Question}}}""");
            await server.AskAsync($$$"""{"model":"vote","messages":{{{Question}}},"vilfredo":{"budget":{"max_calls":1} } }""");
        }

        Assert.Equal("ok", (await server.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Strict_tools_and_forms_arrive_strict_at_an_endpoint()
    {
        using var upstream = new StubEndpoint(request => request.Reply(200, """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""));
        await using var server = await RunningServer.StartAsync(frontier: RunningServer.Frontier(model => model with { Kind = ModelKind.OpenAI, Folder = null, Endpoint = upstream.Address }));
        var (response, _) = await server.AskAsync(
            $$"""
            {"model":"cheap","messages":{{Question}},
             "tools":[{"type":"function","function":{"name":"open","parameters":{"type":"object","properties":{} } } },
                      {"type":"function","function":{"name":"closed","strict":true,"parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false} } }],
             "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object","properties":{},"required":[],"additionalProperties":false} } } }
            """);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var sent = JsonDocument.Parse(Assert.Single(upstream.Requests).Body);
        var tools = sent.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function")).ToDictionary(tool => tool.GetProperty("name").GetString()!);
        Assert.True(tools["closed"].GetProperty("strict").GetBoolean());
        Assert.False(tools["open"].TryGetProperty("strict", out var open) && open.GetBoolean());
        Assert.True(sent.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
    }

    [Theory]
    [InlineData("\"n\":1.5", "whole number")]
    [InlineData("\"n\":17", "from 1 to 16")]
    [InlineData("\"max_tokens\":0.5", "whole number")]
    [InlineData("\"seed\":1e300", "whole number")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"stop\":[1]", "")]
    [InlineData("\"temperature\":\"hot\"", "temperature")]
    [InlineData("\"tools\":[{\"type\":3}]", "")]
    public async Task Fields_that_make_no_sense_are_refused(string field, string message)
    {
        await using var server = await RunningServer.StartAsync();
        var (response, json) = await server.AskAsync($$"""{"model":"cheap",{{field}},"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seeds_keep_all_their_digits()
    {
        var seeds = new List<long?>();
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient(call =>
        {
            lock (seeds)
                seeds.Add(call.Options!.Seed);
            return "x";
        }));
        await server.AskAsync($$"""{"model":"cheap","seed":9007199254740993,"messages":{{Question}}}""");
        await server.AskAsync($$"""{"model":"cheap","seed":9007199254740992,"messages":{{Question}}}""");
        await server.AskAsync($$"""{"model":"cheap","seed":9007199254740993,"messages":{{Question}}}""");
        Assert.Equal(seeds[0], seeds[2]);
        Assert.NotEqual(seeds[0], seeds[1]);
    }

    [Fact]
    public async Task Embeddings_count_for_the_key_too()
    {
        using var upstream = new StubEndpoint(request => request.Reply(200, """{"object":"list","data":[],"usage":{"prompt_tokens":50,"total_tokens":50}}"""));
        await using var server = await RunningServer.StartAsync(
            change: options => options with { Keys = [ApiKey.Of("team", "k") with { TokensPerMinute = 60 }], Time = new StoppedClock() },
            frontier: RunningServer.Frontier(model => model with { Kind = ModelKind.OpenAI, Folder = null, Endpoint = upstream.Address }),
            key: "k");
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests])
        {
            using var response = await server.Http.PostAsync("/v1/embeddings", new StringContent("""{"model":"small","input":"x"}"""));
            Assert.Equal(status, response.StatusCode);
        }

        Assert.Equal(2, upstream.Requests.Count);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);
    }
}
