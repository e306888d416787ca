using System.Net;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Tests;

namespace Vilfredo.Server.Tests;

public class ChoosingTests
{
    private const string Body = """{"model":"frontier/test","messages":[{"role":"user","content":"x"}]}""";

    [Theory]
    [InlineData("max-cost", "0.005", "vote")]
    [InlineData("max-cost", "0.002", "cheap")]
    [InlineData("max-latency", "0.3", "cheap")]
    [InlineData("min-quality", "0.7", "vote")]
    [InlineData("min-quality", "0.85", "dear")]
    [InlineData("weights", "cost=1", "cheap")]
    [InlineData("weights", "quality=1", "dear")]
    [InlineData("weights", "quality=1,cost=1", "vote")]
    public async Task The_request_chooses_by_header(string header, string value, string point)
    {
        await using var server = await RunningServer.StartAsync();
        var (response, json) = await server.AskAsync(Body, ("x-vilfredo-" + header, value));
        Assert.Equal(point, response.Headers.GetValues("x-vilfredo-point").Single());
        Assert.Equal(point, json.GetProperty("x_vilfredo").GetProperty("point").GetString());
    }

    [Theory]
    [InlineData("""{"model":"frontier/test","metadata":{"max_cost":"0.005","mine":"x"},"messages":[{"role":"user","content":"x"}]}""", "vote")]
    [InlineData("""{"model":"test","vilfredo":{"weights":{"cost":1}},"messages":[{"role":"user","content":"x"}]}""", "cheap")]
    [InlineData("""{"model":"vilfredo/cheapest","messages":[{"role":"user","content":"x"}]}""", "cheap")]
    [InlineData("""{"model":"vilfredo/best","vilfredo":{"max_cost":0.005},"messages":[{"role":"user","content":"x"}]}""", "vote")]
    [InlineData("""{"model":"frontier/test","messages":[{"role":"user","content":"x"}]}""", "dear")]
    public async Task The_request_chooses_in_its_body(string body, string point)
    {
        await using var server = await RunningServer.StartAsync();
        var (_, json) = await server.AskAsync(body);
        Assert.Equal(point, json.GetProperty("x_vilfredo").GetProperty("point").GetString());
    }

    [Fact]
    public async Task Limits_that_no_point_meets_are_an_error_that_says_what_there_is()
    {
        await using var server = await RunningServer.StartAsync();
        var (response, json) = await server.AskAsync(Body, ("x-vilfredo-max-cost", "0.0001"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("0.001", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var (bad, _) = await server.AskAsync(Body, ("x-vilfredo-max-cost", "much"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task When_a_provider_fails_the_next_best_point_of_another_model_answers()
    {
        await using var server = await RunningServer.StartAsync(name => name == "large" ? Failing(new ModelCallException("large", "down", 503)) : new ScriptedChatClient("fine"));
        var (response, json) = await server.AskAsync(Body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("vote", "dear"), (response.Headers.GetValues("x-vilfredo-point").Single(), response.Headers.GetValues("x-vilfredo-fell-back-from").Single()));
        Assert.Equal("dear", json.GetProperty("x_vilfredo").GetProperty("fell_back_from")[0].GetString());
        using var stream = await server.Http.PostAsync("/v1/chat/completions", new StringContent(Body.Replace("\"messages\"", "\"stream\":true,\"messages\"", StringComparison.Ordinal)));
        Assert.Contains("fine", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("vilfredo_fallbacks_total{point=\"dear\"} 2", await server.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, 502)]
    [InlineData(429, 429)]
    [InlineData(408, 504)]
    [InlineData(400, 400)]
    public async Task When_nothing_is_left_the_providers_failure_is_told(int status, int told)
    {
        await using var server = await RunningServer.StartAsync(name => Failing(new ModelCallException(name, "reason", status) { RetryAfter = TimeSpan.FromSeconds(7) }));
        var (response, json) = await server.AskAsync(Body);
        Assert.Equal(told, (int)response.StatusCode);
        Assert.Contains("reason", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(told == 429, response.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_request_that_a_model_refuses_is_not_sent_to_others()
    {
        var small = new ScriptedChatClient("fine");
        await using var server = await RunningServer.StartAsync(name => name == "large" ? Failing(new ModelCallException("large", "too long", 400)) : small);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.AskAsync(Body)).Response.StatusCode);
        Assert.Empty(small.Calls);
    }

    private static ScriptedChatClient Failing(Exception error) => new((Func<ScriptedCall, Task<ChatResponse>>)(_ => throw error));
}
