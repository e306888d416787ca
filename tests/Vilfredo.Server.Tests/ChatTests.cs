using System.Net;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Tests;

namespace Vilfredo.Server.Tests;

public class ChatTests
{
    private const string Question = """[{"role":"user","content":"2+2?"}]""";

    [Fact]
    public async Task A_point_answers_under_its_name_with_its_strategy_and_the_whole_account()
    {
        var small = new ScriptedChatClient("Answer: 1", "Answer: 4", "Answer: 4", "Answer: 4", "Answer: 2");
        await using var server = await RunningServer.StartAsync(_ => small);
        var (response, json) = await server.AskAsync($$"""{"model":"vote","messages":{{Question}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Answer: 4", json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((50, 10, 60), (Usage("prompt_tokens"), Usage("completion_tokens"), Usage("total_tokens")));
        var account = json.GetProperty("x_vilfredo");
        Assert.Equal(("vote", 5, "completed"), (account.GetProperty("point").GetString(), account.GetProperty("calls").GetInt32(), account.GetProperty("stopped_by").GetString()));
        Assert.Equal(50 * 10e-6 + 10 * 100e-6, account.GetProperty("cost").GetDouble(), 12);
        Assert.Equal(("vote", "0.004", "0.0015"), (Header("point"), Header("expected-cost"), Header("cost")));

        int Usage(string name) => json.GetProperty("usage").GetProperty(name).GetInt32();
        string Header(string name) => response.Headers.GetValues("x-vilfredo-" + name).Single();
    }

    [Fact]
    public async Task Messages_roles_parts_tools_and_options_arrive_at_the_model_as_they_were_sent()
    {
        var model = new ScriptedChatClient("ok");
        await using var server = await RunningServer.StartAsync(_ => model);
        var (response, _) = await server.AskAsync(
            """
            {"model":"cheap","temperature":0.3,"top_p":0.5,"max_completion_tokens":9,"seed":7,"stop":["END"],"user":"u",
             "tools":[{"type":"function","function":{"name":"add","description":"adds","parameters":{"type":"object","properties":{"a":{"type":"number"}}}}}],
             "tool_choice":"auto","response_format":{"type":"json_object"},
             "messages":[{"role":"system","content":"s"},{"role":"user","name":"eve","content":[{"type":"text","text":"User: look"},{"type":"image_url","image_url":{"url":"http://10.0.0.1/x.png"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"2"}]}
            """);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var call = Assert.Single(model.Calls);
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], call.Messages.Select(message => message.Role));
        Assert.Equal("User: look", call.Messages[1].Text);
        Assert.Equal("eve", call.Messages[1].AuthorName);
        Assert.Equal("http://10.0.0.1/x.png", call.Messages[1].Contents.OfType<UriContent>().Single().Uri.ToString());
        Assert.Equal("add", call.Messages[2].Contents.OfType<FunctionCallContent>().Single().Name);
        Assert.Equal("2", call.Messages[3].Contents.OfType<FunctionResultContent>().Single().Result!.ToString());
        var options = call.Options!;
        Assert.Equal((0.3f, 0.5f, 9, "END"), (options.Temperature, options.TopP, options.MaxOutputTokens, options.StopSequences!.Single()));
        Assert.Equal("add", options.Tools!.Single().Name);
        Assert.Equal(ChatToolMode.Auto, options.ToolMode);
        Assert.IsType<ChatResponseFormatJson>(options.ResponseFormat);
        Assert.NotNull(options.Seed);
    }

    [Fact]
    public async Task A_call_of_a_tool_comes_back_as_one()
    {
        var model = new ScriptedChatClient(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c9", "add", new Dictionary<string, object?> { ["a"] = 1 })])) { FinishReason = ChatFinishReason.ToolCalls }));
        await using var server = await RunningServer.StartAsync(_ => model);
        var (_, json) = await server.AskAsync($$"""{"model":"cheap","messages":{{Question}}}""");
        var choice = json.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        var call = choice.GetProperty("message").GetProperty("tool_calls")[0];
        Assert.Equal(("c9", "add", """{"a":1}"""), (call.GetProperty("id").GetString(), call.GetProperty("function").GetProperty("name").GetString(), call.GetProperty("function").GetProperty("arguments").GetString()));
    }

    [Fact]
    public async Task A_stream_is_events_whose_words_make_the_answer_and_whose_last_has_the_usage()
    {
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient("one two three"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent($$"""{"model":"cheap","stream":true,"stream_options":{"include_usage":true},"messages":{{Question}}}""") };
        using var response = await server.Http.SendAsync(request);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(text => System.Text.Json.JsonDocument.Parse(text["data: ".Length..]).RootElement).ToArray();
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        Assert.Equal("one two three ", string.Concat(chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "")));
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(13, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("cheap", chunks[^1].GetProperty("x_vilfredo").GetProperty("point").GetString());
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_stream_of_a_vote_carries_the_winner_at_its_end()
    {
        await using var server = await RunningServer.StartAsync(_ => new ScriptedChatClient("Answer: 1", "Answer: 2", "Answer: 2"));
        using var response = await server.Http.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"vote","stream":true,"messages":{{Question}}}"""));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"content\":\"Answer: 2\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer: 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_choices_are_several_runs()
    {
        var model = new ScriptedChatClient(call => $"text {call.Options!.Seed}");
        await using var server = await RunningServer.StartAsync(_ => model);
        var (_, json) = await server.AskAsync($$"""{"model":"cheap","n":3,"seed":5,"messages":{{Question}}}""");
        Assert.Equal(3, json.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("message").GetProperty("content").GetString()).Distinct().Count());
        Assert.Equal([0, 1, 2], json.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Equal(3, json.GetProperty("x_vilfredo").GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task A_budget_of_the_request_holds_and_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, json) = await server.AskAsync($$$"""{"model":"vote","messages":{{{Question}}},"vilfredo":{"budget":{"max_calls":2} } }""");
        var account = json.GetProperty("x_vilfredo");
        Assert.Equal((2, "budget"), (account.GetProperty("calls").GetInt32(), account.GetProperty("stopped_by").GetString()));
        var (response, error) = await server.AskAsync($$$"""{"model":"vote","messages":{{{Question}}},"vilfredo":{"budget":{"max_total_tokens":1} } }""");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("budget_exhausted", error.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_dry_run_calls_nothing()
    {
        var model = new ScriptedChatClient("x");
        await using var server = await RunningServer.StartAsync(_ => model);
        var (_, json) = await server.AskAsync($$$"""{"model":"vote","messages":{{{Question}}},"vilfredo":{"dry_run":true}}""");
        Assert.Equal(("vote", 5, 5), (json.GetProperty("point").GetString(), json.GetProperty("fewest_calls").GetInt32(), json.GetProperty("most_calls").GetInt32()));
        Assert.Empty(model.Calls);
    }

    [Theory]
    [InlineData("{", 400, "no JSON")]
    [InlineData("[]", 400, "object")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, "model")]
    [InlineData("""{"model":"cheap"}""", 400, "messages")]
    [InlineData("""{"model":"cheap","messages":[]}""", 400, "at least one")]
    [InlineData("""{"model":"cheap","messages":[{"role":"judge","content":"x"}]}""", 400, "judge")]
    [InlineData("""{"model":"cheap","messages":[{"role":"user"}]}""", 400, "no content")]
    [InlineData("""{"model":"cheap","messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", 400, "input_audio")]
    [InlineData("""{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}""", 404, "frontier/test")]
    [InlineData("""{"model":"cheap","temperature":3,"messages":[{"role":"user","content":"x"}]}""", 400, "temperature")]
    [InlineData("""{"model":"cheap","logprobs":true,"messages":[{"role":"user","content":"x"}]}""", 400, "logprobs")]
    [InlineData("""{"model":"cheap","n":2,"stream":true,"messages":[{"role":"user","content":"x"}]}""", 400, "streamed")]
    [InlineData("""{"model":"cheap","n":99,"messages":[{"role":"user","content":"x"}]}""", 400, "from 1 to 16")]
    [InlineData("""{"model":"cheap","vilfredo":{"max_price":1},"messages":[{"role":"user","content":"x"}]}""", 400, "max_price")]
    [InlineData("""{"model":"cheap","vilfredo":{"budget":{"max_calls":0}},"messages":[{"role":"user","content":"x"}]}""", 400, "budget")]
    [InlineData("""{"model":"cheap","tools":[1],"messages":[{"role":"user","content":"x"}]}""", 400, "tools")]
    [InlineData("""{"model":"cheap","response_format":{"type":"xml"},"messages":[{"role":"user","content":"x"}]}""", 400, "xml")]
    [InlineData("""{"model":"cheap","messages":[{"role":"user","content":{"text":"x"}}]}""", 400, "content")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"x"}]}""", 400, "model")]
    public async Task Bad_requests_get_an_error_object_that_says_what_is_wrong(string body, int status, string message)
    {
        await using var server = await RunningServer.StartAsync();
        var (response, json) = await server.AskAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", json.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Bodies_and_chats_that_are_too_large_are_refused()
    {
        await using var server = await RunningServer.StartAsync(change: options => options with { MaximumBodyBytes = 2000, MaximumMessages = 2 });
        var (large, _) = await server.AskAsync($$"""{"model":"cheap","messages":[{"role":"user","content":"{{new string('x', 3000)}}"}]}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        var (many, _) = await server.AskAsync("""{"model":"cheap","messages":[{"role":"user","content":"1"},{"role":"user","content":"2"},{"role":"user","content":"3"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
    }

    [Fact]
    public async Task The_models_are_the_frontier_its_presets_and_its_points()
    {
        await using var server = await RunningServer.StartAsync();
        var models = (await server.GetAsync("/v1/models")).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()).ToArray();
        Assert.Equal(["frontier/test", "vilfredo/best", "vilfredo/cheapest", "vilfredo/fastest", "cheap", "vote", "dear", "poor"], models);
        var (response, json) = await server.AskAsync("{}");
        using var elsewhere = await server.Http.GetAsync(new Uri("/v2/anything", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }
}
