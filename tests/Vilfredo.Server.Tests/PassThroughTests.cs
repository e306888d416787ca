using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Tests;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Tests;

/// <summary>Points that are one plain call of an endpoint: their requests pass through, and what comes back, is paid and is counted is the same as if a strategy had made the call.</summary>
public partial class PassThroughTests
{
    private const string Question = """[{"role":"system","content":"Be brief."},{"role":"user","content":"2+2?"}]""";

    // With a deadline a call is watched by a budget, so the request does not pass through.
    private const string Watched = "\"vilfredo\":{\"budget\":{\"deadline_ms\":600000}},";

    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"description\":\"adds\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}}}],\"tool_choice\":\"auto\",";

    private const string ToolCall = """{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1,\"b\":[2,3]}"}}""";

    private static readonly Dictionary<string, (string Fields, Action<StubRequest> Answer)> Cases = new()
    {
        ["plain"] = ("", request => request.Say("four")),
        ["text with marks"] = ("", request => request.Say("""é \"quoted\" \n <b> \u0041""")),
        ["sampling"] = ("\"temperature\":0.3,\"top_p\":0.5,\"max_completion_tokens\":9,\"stop\":[\"END\"],\"presence_penalty\":1,\"frequency_penalty\":0.5,", request => request.Say("four")),
        ["seed"] = ("\"seed\":9007199254740993,", request => request.Say("four")),
        ["several choices"] = ("\"n\":3,\"seed\":5,", request => request.Say("four")),
        ["several choices, one fails"] = ("\"n\":3,", request => Either(request.Number == 1, () => request.Reply(400, "{}"), () => request.Say("four"))),
        ["tools"] = (Tools, request => Choice(request, $$"""{"role":"assistant","content":null,"tool_calls":[{{ToolCall}}]}""", "\"tool_calls\"")),
        ["details of usage"] = ("", request => request.Say("four", """{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":5}}""")),
        ["usage missing"] = ("", request => request.Say("twelve chars", usage: null)),
        ["cut at a length"] = ("\"max_tokens\":1,", request => Choice(request, """{"role":"assistant","content":"fo"}""", "\"length\"")),
        ["busy"] = ("", request => request.Reply(429, """{"error":{"message":"slow down","type":"rate_limit"}}""", ("Retry-After", "17"))),
        ["broken"] = ("", request => request.Reply(500, """{"error":{"message":"oops"}}""")),
        ["broken at first"] = ("", request => Either(request.Number == 0, () => request.Reply(503, "busy"), () => request.Say("four"))),
        ["refused"] = ("", request => request.Reply(400, """{"error":{"message":"context too long","type":"invalid_request_error"}}""")),
        ["unknown there"] = ("", request => request.Reply(404, "<html>not here</html>")),
        ["malformed"] = ("", request => request.Reply(200, "this is no JSON")),
        ["cut short"] = ("", request => request.Reply(200, """{"choices":[{"index":0,"mess""")),
        ["empty"] = ("", request => request.Reply(200, "")),
        ["a list"] = ("", request => request.Reply(200, "[1, 2]")),
        ["no message"] = ("", request => request.Reply(200, """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop"}]}""")),
        ["moved"] = ("", request => request.Reply(302, "", ("Location", "http://127.0.0.1:1/"))),
        ["late"] = ("", Silent),
        ["stream"] = ("\"stream\":true,", request => request.Stream(["one ", "two"])),
        ["stream with usage"] = ("\"stream\":true,\"stream_options\":{\"include_usage\":true},", request => request.Stream(["one ", "two"])),
        ["stream of tools"] = ("\"stream\":true," + Tools, request => Chunks(request, $$"""{"role":"assistant","content":null,"tool_calls":[{"index":0,{{ToolCall[1..]}}]}|null""", "{}|\"tool_calls\"")),
        ["stream without usage"] = ("\"stream\":true,", request => Chunks(request, "{\"role\":\"assistant\",\"content\":\"\"}|null", "{\"content\":\"twelve chars\"}|null", "{}|\"stop\"")),
        ["stream that is refused"] = ("\"stream\":true,", request => request.Reply(422, """{"detail":"no streams"}""")),
        ["stream that is busy"] = ("\"stream\":true,", request => request.Reply(429, "{}", ("Retry-After", "3"))),
        ["stream that breaks before its first word"] = ("\"stream\":true,", request => request.Stream(request.Number == 0 ? [] : ["one"], isCutOff: request.Number == 0)),
        ["stream that never begins"] = ("\"stream\":true,", request => request.Stream([], isCutOff: true)),
        ["stream that breaks after blanks"] = ("\"stream\":true,", request => request.Stream([" "], isCutOff: true)),
        ["stream that is truncated"] = ("\"stream\":true,", request => Chunks(request, "{\"role\":\"assistant\",\"content\":\"one \"}|null")),
        ["stream of no JSON"] = ("\"stream\":true,", request => Events(request, "nonsense")),
        ["no stream where one was asked for"] = ("\"stream\":true,", request => request.Say("four")),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_passes_through_comes_back_as_if_a_strategy_had_asked(string name)
    {
        var (fields, answer) = Cases[name];
        var patience = name == "late" ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMinutes(1);
        var direct = await ObserveAsync(fields, answer, patience);
        var general = await ObserveAsync(Watched + fields, answer, patience);
        Assert.Equal(general, direct);
    }

    [Fact]
    public async Task Fields_that_are_not_known_pass_through_in_both_directions()
    {
        using var upstream = new StubEndpoint(request => request.Reply(200,
            """
            {"id":"x","object":"chat.completion","created":1,"model":"m","system_fingerprint":"fp1","x_vilfredo":{"point":"other"},
             "choices":[{"index":0,"message":{"role":"assistant","content":"4","reasoning_content":"two and two"},"logprobs":{"content":[{"token":"4","logprob":-0.5}]},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"queue_time":0.25}}
            """));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        var (response, json) = await server.AskAsync($$"""{"model":"cheap","logprobs":true,"top_logprobs":2,"top_k":40,"min_p":0.1,"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var sent = JsonDocument.Parse(Assert.Single(upstream.Requests).Body);
        Assert.Equal(
            ("small-1", true, 2, 40, 0.1),
            (sent.RootElement.GetProperty("model").GetString(), sent.RootElement.GetProperty("logprobs").GetBoolean(), sent.RootElement.GetProperty("top_logprobs").GetInt32(), sent.RootElement.GetProperty("top_k").GetInt32(), sent.RootElement.GetProperty("min_p").GetDouble()));
        var choice = json.GetProperty("choices")[0];
        Assert.Equal(-0.5, choice.GetProperty("logprobs").GetProperty("content")[0].GetProperty("logprob").GetDouble());
        Assert.Equal("two and two", choice.GetProperty("message").GetProperty("reasoning_content").GetString());
        Assert.Equal(("fp1", 0.25, "cheap", "cheap"), (json.GetProperty("system_fingerprint").GetString(), json.GetProperty("usage").GetProperty("queue_time").GetDouble(), json.GetProperty("model").GetString(), json.GetProperty("x_vilfredo").GetProperty("point").GetString()));
        Assert.Single(json.EnumerateObject(), field => field.Name == "x_vilfredo");
    }

    [Fact]
    public async Task Who_asks_for_candidates_gets_them_of_a_plain_point_too()
    {
        using var upstream = new StubEndpoint(request => request.Say("four"));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        var (_, json) = await server.AskAsync($$$"""{"model":"cheap","vilfredo":{"return_candidates":true},"messages":{{{Question}}}}""");
        Assert.Equal("four", Assert.Single(json.GetProperty("x_vilfredo").GetProperty("candidates").EnumerateArray()).GetProperty("content").GetString());
        var (refused, _) = await server.AskAsync($$$"""{"model":"cheap","logprobs":true,"vilfredo":{"return_candidates":true},"messages":{{{Question}}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Chunks_pass_through_with_what_is_not_known()
    {
        using var upstream = new StubEndpoint(request => Chunks(request, """{"role":"assistant","reasoning_content":"hm"}|null""", """{"content":"4"}|null""", "{}|\"stop\""));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        using var response = await server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"cheap","stream":true,"top_k":1,"messages":{{Question}}}"""));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"reasoning_content\":\"hm\"", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "model":"vote","logprobs":true """, "logprobs")]
    [InlineData(""" "model":"cheap","logit_bias":{"5":1},"vilfredo":{"budget":{"max_cost":1} } """, "logit_bias")]
    [InlineData(""" "model":"cheap","service_tier":"priority" """, "service_tier")]
    [InlineData(""" "model":"cheap","web_search_options":{} """, "web_search_options")]
    [InlineData(""" "model":"vote","logprobs":true,"vilfredo":{"dry_run":true} """, "logprobs")]
    public async Task What_a_point_cannot_pass_on_is_refused_with_its_name(string fields, string field)
    {
        using var upstream = new StubEndpoint(request => request.Say("four"));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        var (response, json) = await server.AskAsync($$"""{{{fields}},"messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"The field '{field}' cannot be honoured here", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(field, json.GetProperty("error").GetProperty("param").GetString());
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("", "mixed")]
    [InlineData("\"top_k\":5,", "cheap")]
    public async Task When_an_endpoint_fails_only_points_that_can_honour_the_request_stand_in(string fields, string point)
    {
        using var broken = new StubEndpoint(request => request.Reply(500, "{}"));
        using var upstream = new StubEndpoint(request => Either(request.Body.Contains("\"stream\":true", StringComparison.Ordinal), () => request.Stream(["Answer: 4"]), () => request.Say("Answer: 4")));
        var frontier = Frontier(upstream);
        frontier = frontier with
        {
            Models = [.. frontier.Models.Select(model => model.Name == "large" ? model with { Endpoint = broken.Address } : model), frontier.Models[0] with { Name = "third" }],
            Points = [.. frontier.Points, frontier.Points[1] with { Name = "mixed", Model = "third" }],
        };
        await using var server = await RunningServer.StartAsync(change: AtOnce, frontier: frontier with { Points = [.. frontier.Points.Where(one => one.Name != "vote")] });
        foreach (var stream in (string[])["", "\"stream\":true,"])
        {
            using var response = await server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"frontier/test",{{fields}}{{stream}}"messages":{{Question}}}"""));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal((point, "dear"), (response.Headers.GetValues("x-vilfredo-point").Single(), response.Headers.GetValues("x-vilfredo-fell-back-from").Single()));
        }
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_call_and_pays_for_it()
    {
        using var begun = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        using var upstream = new StubEndpoint(request =>
        {
            begun.Release();
            release.Wait();
        });
        await using var server = await RunningServer.StartAsync(change: options => options with { Keys = [ApiKey.Of("team", "k")] }, frontier: Frontier(upstream), key: "k");
        using var leaving = new CancellationTokenSource();
        var asking = server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"cheap","messages":{{Question}}}"""), leaving.Token);
        await begun.WaitAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Waiting.UntilAsync(async () => (await server.Http.GetStringAsync("/metrics")).Contains("vilfredo_cost_total{point=\"cheap\",key=\"team\"}", StringComparison.Ordinal));
        release.Set();
    }

    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\ud800\"}]", "no request for a completion")] // half of a pair
    [InlineData("[{\"role\":\"user\",\"content\":\"2+2?\",\"name\":3}]", null)]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\u0032+2?\"}]", null)]
    [InlineData("[{\"role\":\"guest\",\"content\":\"2+2?\"}]", "guest")]
    [InlineData("[{\"role\":\"user\"}]", "no content")]
    [InlineData("[{\"content\":\"2+2?\"}]", "role")]
    [InlineData("[\"2+2?\"]", "role")]
    [InlineData("[]", "at least one message")]
    [InlineData("null", "missing")]
    public async Task Messages_are_checked_before_they_pass(string messages, string? problem)
    {
        using var upstream = new StubEndpoint(request => request.Say("four", usage: null));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        var (response, json) = await server.AskAsync($$"""{"model":"cheap","messages":{{messages}}}""");
        Assert.Equal(problem is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(problem is null ? 1 : 0, upstream.Requests.Count);
        if (problem is null)
            Assert.Equal(4 + 4, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        else
            Assert.Contains(problem, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_be_long_come_in_parts_and_begin_with_a_mark_of_the_byte_order()
    {
        using var upstream = new StubEndpoint(request => request.Say("four"));
        await using var server = await RunningServer.StartAsync(frontier: Frontier(upstream));
        var text = string.Concat(Enumerable.Repeat("all work and no play ", 10_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent($$"""{{'\uFEFF'}}{"model":"cheap","messages":[{"role":"user","content":"{{text}}"}]}""") };
        request.Headers.TransferEncodingChunked = true;
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var sent = JsonDocument.Parse(Assert.Single(upstream.Requests).Body);
        Assert.Equal(text, sent.RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public void Buffers_that_are_given_back_are_empty_and_more_of_them_than_are_kept_do_no_harm()
    {
        var buffers = Enumerable.Range(0, 1000).Select(_ => JsonBuffer.Rent()).ToList();
        foreach (var buffer in buffers)
        {
            buffer.Json.WriteStringValue("words");
            Assert.Equal("\"words\""u8, buffer.Written().Span);
        }

        buffers.ForEach(buffer => buffer.Dispose());
        using var again = JsonBuffer.Rent();
        Assert.Equal(0, again.Written().Length);
    }

    [Fact]
    public async Task The_temperature_of_a_point_holds_where_the_caller_sets_none()
    {
        using var upstream = new StubEndpoint(request => request.Say("four"));
        var frontier = Frontier(upstream);
        await using var server = await RunningServer.StartAsync(frontier: frontier with { Points = [.. frontier.Points.Select(point => point.Name == "cheap" ? point with { Knobs = new Dictionary<string, string> { ["temperature"] = "0.25" } } : point)] });
        await server.AskAsync($$"""{"model":"cheap","messages":{{Question}}}""");
        await server.AskAsync($$"""{"model":"cheap","temperature":0.75,"messages":{{Question}}}""");
        Assert.Equal([0.25, 0.75], upstream.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("temperature").GetDouble()));
    }

    private static ServerOptions AtOnce(ServerOptions options) => options with { Endpoints = new() { FirstDelay = TimeSpan.Zero, LongestDelay = TimeSpan.Zero }, Keys = [] };

    private static ServingFrontier Frontier(StubEndpoint upstream, TimeSpan? patience = null) => RunningServer.Frontier(model => model with
    {
        Kind = ModelKind.OpenAI,
        Folder = null,
        Endpoint = upstream.Address,
        Id = model.Name + "-1",
        Retries = 1,
        Timeout = patience ?? TimeSpan.FromMinutes(1),
    });

    // Everything that a caller, the endpoint and the server's owner see, but for times and names that are new each time.
    private static async Task<IReadOnlyList<string>> ObserveAsync(string fields, Action<StubRequest> answer, TimeSpan patience)
    {
        using var upstream = new StubEndpoint(answer);
        await using var server = await RunningServer.StartAsync(change: options => AtOnce(options) with { Keys = [ApiKey.Of("team", "k")] }, frontier: Frontier(upstream, patience), key: "k");
        using var response = await server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"cheap",{{fields}}"messages":{{Question}}}""", Encoding.UTF8, "application/json"));
        List<string> seen = [$"status {(int)response.StatusCode}", $"type {response.Content.Headers.ContentType}"];
        seen.AddRange(response.Headers.Where(header => header.Key.StartsWith("x-vilfredo", StringComparison.OrdinalIgnoreCase) || header.Key == "Retry-After").OrderBy(header => header.Key).Select(header => $"{header.Key} {string.Join(',', header.Value)}"));
        var text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            SeeStream(text, seen);
        else
            SeeAnswer(JsonDocument.Parse(text).RootElement, seen);
        var metrics = await server.Http.GetStringAsync("/metrics");
        seen.AddRange(metrics.Split('\n').Where(line => MetricsLine().IsMatch(line)));
        seen.AddRange(upstream.Requests.Select(request => Sent(JsonDocument.Parse(request.Body).RootElement)).Order());
        return seen;
    }

    private static void SeeAnswer(JsonElement json, List<string> seen)
    {
        if (SeeError(json, seen))
            return;
        foreach (var choice in json.GetProperty("choices").EnumerateArray())
        {
            var message = choice.GetProperty("message");
            seen.Add($"choice {choice.GetProperty("index")} {message.GetProperty("role")} {message.GetProperty("content").GetString() ?? "null"} {choice.GetProperty("finish_reason")}");
            SeeCalls(message, seen);
        }

        SeeAccount(json, seen);
    }

    private static void SeeStream(string text, List<string> seen)
    {
        var content = new StringBuilder();
        var (finish, ended) = ("none", false);
        foreach (var data in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => part["data: ".Length..]))
        {
            if (data == "[DONE]")
            {
                ended = true;
                continue;
            }

            var json = JsonDocument.Parse(data).RootElement;
            if (SeeError(json, seen))
                continue;
            Assert.Equal(("chat.completion.chunk", "cheap"), (json.GetProperty("object").GetString(), json.GetProperty("model").GetString()));
            foreach (var choice in json.GetProperty("choices").EnumerateArray())
            {
                var delta = choice.GetProperty("delta");
                if (delta.TryGetProperty("content", out var words))
                    content.Append(words.GetString());
                SeeCalls(delta, seen);
                finish = choice.GetProperty("finish_reason").GetString() ?? finish;
            }

            if (json.TryGetProperty("x_vilfredo", out _))
                SeeAccount(json, seen);
        }

        seen.Add($"stream '{content}' {finish} {ended}");
    }

    private static bool SeeError(JsonElement json, List<string> seen)
    {
        if (!json.TryGetProperty("error", out var error))
            return false;
        // What exactly is no JSON is said by whoever reads it.
        seen.Add(Detail().Replace(error.GetRawText(), "$1\""));
        return true;
    }

    private static void SeeCalls(JsonElement message, List<string> seen)
    {
        if (!message.TryGetProperty("tool_calls", out var calls))
            return;
        foreach (var call in calls.EnumerateArray())
            seen.Add($"call {call.GetProperty("id")} {call.GetProperty("type")} {call.GetProperty("function").GetProperty("name")} {call.GetProperty("function").GetProperty("arguments")}");
    }

    private static void SeeAccount(JsonElement json, List<string> seen)
    {
        if (json.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            string Detail(string of, string name) => usage.TryGetProperty(of, out var details) ? details.GetProperty(name).ToString() : "0";
            seen.Add($"usage {usage.GetProperty("prompt_tokens")} {usage.GetProperty("completion_tokens")} {usage.GetProperty("total_tokens")} {Detail("prompt_tokens_details", "cached_tokens")} {Detail("completion_tokens_details", "reasoning_tokens")}");
        }

        seen.AddRange(json.GetProperty("x_vilfredo").EnumerateObject().Where(field => field.Name != "seconds").Select(field => $"{field.Name} {field.Value.GetRawText()}"));
    }

    // The SDK writes the same things in its own order and under newer names.
    private static string Sent(JsonElement body)
    {
        var fields = body.EnumerateObject().Where(field => field.Name is not ("messages" or "tools")).Select(field => $"{(field.Name == "max_tokens" ? "max_completion_tokens" : field.Name)}={field.Value.GetRawText()}").Order(StringComparer.Ordinal);
        var messages = body.GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("role")}:{Text(message.GetProperty("content"))}");
        return $"sent {string.Join(' ', fields)} {string.Join(' ', messages)} {(body.TryGetProperty("tools", out var tools) ? tools.GetArrayLength() : 0)} tools";

        static string Text(JsonElement content) => content.ValueKind == JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString())) : content.GetString()!;
    }

    private static void Either(bool isFirst, Action first, Action second) => (isFirst ? first : second)();

    private static void Silent(StubRequest request)
    {
        // The connection stays open without an answer.
    }

    private static void Choice(StubRequest request, string message, string finish) => request.Reply(200,
        $$"""{"id":"x","object":"chat.completion","created":1,"model":"stub","choices":[{"index":0,"message":{{message}},"finish_reason":{{finish}} }],"usage":{"prompt_tokens":10,"completion_tokens":3,"total_tokens":13} }""");

    // Each is DELTA|FINISH.
    private static void Chunks(StubRequest request, params string[] chunks) =>
        Events(request, [.. chunks.Select(chunk => chunk.Split('|')).Select(parts => $$"""{"id":"x","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{{parts[0]}},"finish_reason":{{parts[1]}} }]}""")]);

    private static void Events(StubRequest request, params string[] events)
    {
        var response = request.Context.Response;
        response.ContentType = "text/event-stream";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}\n\n"))));
        response.Close();
    }

    [GeneratedRegex("(is no chat completion|cannot be reached or broke off): [^\"]*\"")]
    private static partial Regex Detail();

    [GeneratedRegex("^vilfredo_(requests|tokens|cost|fallbacks)_total\\{")]
    private static partial Regex MetricsLine();
}
