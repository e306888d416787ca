using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Tests;
using Vilfredo.Server.Drift;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Tests;

public class OperationTests
{
    private const string Body = """{"model":"cheap","messages":[{"role":"user","content":"x"}]}""";

    [Theory]
    [InlineData(null, 401)]
    [InlineData("wrong", 401)]
    [InlineData("secret-key-1", 200)]
    public async Task With_keys_only_who_has_one_is_answered(string? key, int status)
    {
        await using var server = await RunningServer.StartAsync(change: options => options with { Keys = [ApiKey.Of("team", "secret-key-1")] }, key: key);
        var (response, _) = await server.AskAsync(Body);
        Assert.Equal(status, (int)response.StatusCode);
        using var models = await server.Http.GetAsync(new Uri("/v1/models", UriKind.Relative));
        Assert.Equal(status, (int)models.StatusCode);
        using var health = await server.Http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Without_keys_only_loopback_is_listened_on()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningServer.StartAsync(change: options => options with { Address = IPAddress.Any }));
        Assert.Contains("keys", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_of_a_key_hold_also_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-usage-").FullName;
        try
        {
            var clock = new FixedClock();
            ServerOptions Limited(ServerOptions options) => options with
            {
                Keys = [ApiKey.Of("team", "k") with { RequestsPerMinute = 3, SpendPerDay = 0.0025 }, ApiKey.Of("other", "o")],
                UsagePath = Path.Combine(folder, "usage.db"),
                Time = clock,
            };
            // An answer is 10 + 2 tokens: 0.0003. The measured 0.001 is held while it runs, so the spending limit lets 0.0015 pass.
            await using (var server = await RunningServer.StartAsync(change: Limited, key: "k"))
            {
                for (var i = 0; i < 2; i++)
                    Assert.Equal(HttpStatusCode.OK, (await server.AskAsync(Body)).Response.StatusCode);
            }

            await using var again = await RunningServer.StartAsync(change: Limited, key: "k");
            Assert.Equal(HttpStatusCode.OK, (await again.AskAsync(Body)).Response.StatusCode);
            var (refused, json) = await again.AskAsync(Body);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("3 requests a minute", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            // In later minutes the requests are free again, until the day's money is used up.
            for (var i = 0; i < 3; i++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                Assert.Equal(HttpStatusCode.OK, (await again.AskAsync(Body)).Response.StatusCode);
            }

            clock.Advance(TimeSpan.FromMinutes(1));
            var (broke, reason) = await again.AskAsync(Body);
            Assert.Equal(HttpStatusCode.TooManyRequests, broke.StatusCode);
            Assert.Contains("a day", reason.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            again.Http.DefaultRequestHeaders.Authorization = new("Bearer", "o");
            Assert.Equal(HttpStatusCode.OK, (await again.AskAsync(Body)).Response.StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_of_usage_that_is_something_else_is_refused_before_the_server_starts()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, new string('x', 5000));
            var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningServer.StartAsync(change: options => options with { UsagePath = path }));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_changed_file_is_served_and_a_broken_one_is_not()
    {
        await using var server = await RunningServer.StartAsync();
        var frontier = ServingFrontier.Load(server.FrontierPath);
        (frontier with { Points = [.. frontier.Points.Select(point => point.Name == "cheap" ? point with { Name = "cheaper" } : point)] }).Save(server.FrontierPath);
        await Waiting.UntilAsync(async () => (await server.GetAsync("/v1/models")).GetRawText().Contains("cheaper", StringComparison.Ordinal));
        await File.WriteAllTextAsync(server.FrontierPath, "{ broken");
        await Waiting.UntilAsync(async () => (await server.GetAsync("/health")).GetProperty("status").GetString() == "stale");
        Assert.Equal(HttpStatusCode.OK, (await server.AskAsync(Body.Replace("cheap", "cheaper", StringComparison.Ordinal))).Response.StatusCode);
    }

    [Fact]
    public async Task Requests_beyond_those_that_run_and_wait_are_turned_away()
    {
        var (held, begun) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        await using var server = await RunningServer.StartAsync(
            _ => new ScriptedChatClient(async call =>
            {
                begun.Release();
                await held.Task.WaitAsync(call.Cancellation);
                return ScriptedChatClient.Say("x");
            }),
            options => options with { MaximumConcurrency = 1, QueueLength = 0 });
        var first = server.AskAsync(Body);
        await begun.WaitAsync();
        var (second, json) = await server.AskAsync(Body);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "overloaded"), (second.StatusCode, json.GetProperty("error").GetProperty("code").GetString()));
        Assert.NotNull(second.Headers.RetryAfter);
        held.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Response.StatusCode);
    }

    [Fact]
    public async Task Stopping_finishes_what_runs()
    {
        var (held, begun) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient(async call =>
        {
            begun.Release();
            await held.Task.WaitAsync(call.Cancellation);
            return ScriptedChatClient.Say("x");
        }));
        var running = server.AskAsync(Body);
        await begun.WaitAsync();
        var stopping = server.Server.StopAsync();
        held.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await running).Response.StatusCode);
        await stopping;
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_calls()
    {
        var (begun, ended) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient(async call =>
        {
            begun.Release();
            using var registration = call.Cancellation.Register(() => ended.TrySetResult());
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return ScriptedChatClient.Say("x");
        }));
        using var leaving = new CancellationTokenSource();
        var asking = server.Http.PostAsync("/v1/chat/completions", new StringContent(Body), leaving.Token);
        await begun.WaitAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_server_that_has_itself_as_a_model_is_found_out()
    {
        await using var server = await RunningServer.StartAsync();
        var address = server.Server.Address;
        var looping = RunningServer.Frontier(model => model with { Kind = ModelKind.OpenAI, Folder = null, Endpoint = new Uri(address, "/v1"), Id = "cheap", Retries = 0 });
        looping.Save(server.FrontierPath);
        await Waiting.UntilAsync(async () => (await server.AskAsync(Body)).Response.StatusCode != HttpStatusCode.OK);
        var (response, json) = await server.AskAsync(Body);
        Assert.Equal(HttpStatusCode.LoopDetected, response.StatusCode);
        Assert.Contains("itself", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_are_passed_on_to_the_models_endpoint_under_its_name_there()
    {
        using var upstream = new StubEndpoint(request => request.Reply(200, """{"object":"list","data":[{"embedding":[1,2]}]}"""));
        await using var server = await RunningServer.StartAsync(frontier: RunningServer.Frontier(model => model.Name == "small" ? model with { Kind = ModelKind.OpenAI, Folder = null, Endpoint = upstream.Address, Id = "embed-1" } : model));
        using var response = await server.Http.PostAsync("/v1/embeddings", new StringContent("""{"model":"small","input":"x"}"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("[1,2]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("embed-1", Assert.Single(upstream.Requests).Body, StringComparison.Ordinal);
        using var local = await server.Http.PostAsync("/v1/embeddings", new StringContent("""{"model":"large","input":"x"}"""));
        Assert.Equal(HttpStatusCode.NotFound, local.StatusCode);
    }

    [Fact]
    public void Drift_is_flagged_beyond_four_deviations_and_a_tenth_of_the_mean()
    {
        // 100 answers with the interval 1 +- 0.1 have a standard deviation of 0.1 / 1.96 * 10 = 0.5102; of the average it is 0.5102 sqrt(0.05 / 1.95) = 0.0817.
        var chart = new DriftChart(new(1, 0.9, 1.1), 100);
        Assert.Equal(4 * 0.0817 + 0.1, chart.HalfBand, 3);
        for (var i = 0; i < 19; i++)
            Assert.False(chart.Add(2));
        Assert.True(chart.Add(2));
        Assert.True(chart.IsOut);
        Assert.False(chart.Add(2)); // it is said once
        for (var i = 0; i < 60; i++)
            chart.Add(1);
        Assert.False(chart.IsOut);
    }

    [Fact]
    public void Drift_at_the_edge_of_the_band_is_said_once()
    {
        var chart = new DriftChart(new(1, 0.9, 1.1), 100);
        for (var i = 0; i < 20; i++)
            chart.Add(1 + chart.HalfBand);
        // In and out of the band by a little, as averages of latencies do.
        var said = 0;
        for (var i = 0; i < 200; i++)
            said += chart.Add(1 + chart.HalfBand * (i % 2 == 0 ? 1.5 : 0.5)) ? 1 : 0;
        Assert.InRange(said, 0, 1);
        Assert.True(chart.IsOut);
    }

    [Fact]
    public void Drift_of_a_point_is_told_once_until_it_is_over_and_at_most_once_a_minute()
    {
        var clock = new FixedClock();
        var drift = new PointDrift(RunningServer.Frontier().Points[0], clock); // 0.001 and 0.2 s, from 100 answers
        Assert.Empty(Tell(30, 0.001, 0.2));
        Assert.Equal(["latency"], Tell(100, 0.001, 1));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Tell(100, 0.001, 1)); // it has not been back
        // Back and out again, many times within a minute.
        Assert.Empty(Tell(200, 0.001, 0.2));
        Assert.Equal(["latency"], Tell(100, 0.001, 1));
        for (var i = 0; i < 10; i++)
        {
            Assert.Empty(Tell(200, 0.001, 0.2));
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(Tell(100, 0.001, 1));
        }

        // The cost leaves too, and both are told of together as soon as the minute is over.
        Assert.Empty(Tell(100, 0.01, 1));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["cost", "latency"], Tell(1, 0.01, 1));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Tell(500, 0.001, 0.2));
        Assert.Empty(Tell(1, null, 0.2));

        List<string> Tell(int answers, double? cost, double seconds) => [.. Enumerable.Range(0, answers).SelectMany(_ => drift.Add(cost, seconds))];
    }

    [Fact]
    public void Answers_as_measured_are_no_drift()
    {
        var random = new RandomGenerator(1);
        var chart = new DriftChart(new(1, 0.9, 1.1), 100);
        for (var i = 0; i < 20_000; i++)
        {
            chart.Add(1 + 0.51 * random.NextNormal());
            Assert.False(chart.IsOut);
        }
    }

    [Fact]
    public async Task Drift_shows_in_health_and_metrics()
    {
        // The answers cost a third of what was measured.
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 25; i++)
            await server.AskAsync(Body);
        var health = await server.GetAsync("/health");
        Assert.Equal("drifting", health.GetProperty("status").GetString());
        Assert.Equal("cheap", health.GetProperty("drift")[0].GetProperty("point").GetString());
        Assert.Contains("vilfredo_drift{point=\"cheap\",value=\"cost\"} 1", await server.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_keys_is_read_and_its_mistakes_are_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            var hash = Convert.ToHexString(ApiKey.HashOf("k"));
            File.WriteAllText(path, $$"""{"keys":[{"name":"a","sha256":"{{hash}}","requests_per_minute":5},{"name":"b","key":"plain"}]}""");
            var keys = KeyFile.Read(path);
            Assert.Equal((5, "b"), (keys[0].RequestsPerMinute!.Value, keys[1].Name));
            Assert.Equal("a", new KeyRing(keys).Find("Bearer k")!.Name);
            Assert.Equal("b", new KeyRing(keys).Find("bearer plain")!.Name);
            Assert.Null(new KeyRing(keys).Find("Basic k"));
            foreach (var (text, message) in ((string, string)[])[("{", "no file of keys"), ("""{"keys":[{"name":"a"}]}""", "sha256"), ("""{"keys":[{"name":"a","sha256":"00"}]}""", "32"), ("""{"keys":[{"name":"a","key":"k","requests_per_minute":0}]}""", "limit")])
            {
                File.WriteAllText(path, text);
                Assert.Contains(message, Assert.Throws<FormatException>(() => KeyFile.Read(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class FixedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.UtcTicks;

        public void Advance(TimeSpan time) => _now += time;
    }
}
