using System.Text;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;

namespace Vilfredo.Inference.Tests.Providers;

public class EndpointPassThroughTests
{
    private static readonly EndpointOptions AtOnce = new() { FirstDelay = TimeSpan.Zero, LongestDelay = TimeSpan.Zero };
    private static readonly byte[] Request = Encoding.UTF8.GetBytes("""{"model":"gpt-x","messages":[],"top_k":3}""");

    [Fact]
    public async Task A_request_arrives_as_it_was_written_under_the_key_of_the_model()
    {
        using var endpoint = new StubEndpoint(request => request.Say("hello"));
        using var client = EndpointChatClient.Open(Definition(endpoint) with { KeyVariable = "K" }, AtOnce with { Environment = name => name == "K" ? "secret" : null });
        var completion = await Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal(("hello", "stub", 10L, 3L, true, true), (completion.ReadText(), completion.ModelId, completion.InputTokens, completion.OutputTokens, completion.IsFinished, completion.HasContent));
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(("Bearer secret", Encoding.UTF8.GetString(Request), "application/json"), (request.Authorization, request.Body, request.Context.Request.ContentType));
    }

    [Fact]
    public async Task Everything_of_an_answer_has_its_place()
    {
        using var endpoint = new StubEndpoint(request => request.Reply(200,
            """
             {"id":"x","service":{"a":[1,{"b":2}]},"choices":[{"message":{"content":"\u00e9\n","role":"assistant"},"finish_reason":null},{"message":{"content":"second"}}],"error":null,
              "usage":{"completion_tokens":5,"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":2}},"na\u006de":"y"}
            """));
        using var client = EndpointChatClient.Open(Definition(endpoint), AtOnce);
        var completion = await Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal("""{"message":{"content":"\u00e9\n","role":"assistant"},"finish_reason":null}""", Encoding.UTF8.GetString(completion.Choice.Span));
        Assert.Equal(("é\n", false, null), (completion.ReadText(), completion.IsFinished, completion.ModelId));
        Assert.Equal((9L, 5L, 4L, 2L), (completion.InputTokens, completion.OutputTokens, completion.CachedTokens, completion.ReasoningTokens));
        Assert.Equal([("service", """{"a":[1,{"b":2}]}"""), ("error", "null"), ("name", "\"y\"")], completion.Others.Select(other => (other.Name, Encoding.UTF8.GetString(other.Value.Span))));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"x"}}]} trailing""", "no chat completion")]
    [InlineData("""{"choices":[{"index":0,"message":"x"}]}""", "no chat completion")]
    [InlineData("""{"choices":{}}""", "no chat completion")]
    [InlineData("""{"choices":[1]}""", "no chat completion")]
    [InlineData("""{}""", "no chat completion")]
    [InlineData("""{"choices":[]}""", "without a choice")]
    [InlineData("""{"error":{"message":"out of memory"}}""", "out of memory")]
    public async Task An_answer_that_makes_no_sense_is_an_error_that_says_why(string body, string message)
    {
        using var endpoint = new StubEndpoint(request => request.Reply(200, body));
        using var client = EndpointChatClient.Open(Definition(endpoint), AtOnce);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken));
        Assert.StartsWith("stub: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"context too long","type":"x"}}""", "the endpoint answered 400: context too long")]
    [InlineData("""{"error":"context too long"}""", "the endpoint answered 400: context too long")]
    [InlineData("""{"detail":"context too long"}""", "the endpoint answered 400: context too long")]
    [InlineData("context\n too long", "the endpoint answered 400: context too long")]
    [InlineData("""{"error":{"code":5}}""", "the endpoint answered 400: BadRequest")]
    [InlineData("", "the endpoint answered 400: BadRequest")]
    public async Task A_refusal_says_the_same_whichever_way_the_call_was_made(string body, string message)
    {
        using var endpoint = new StubEndpoint(request => request.Reply(400, body));
        using var client = EndpointChatClient.Open(Definition(endpoint), AtOnce);
        var passed = await Assert.ThrowsAsync<ModelCallException>(() => Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken));
        var converted = await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(("stub: " + message, 400), (passed.Message, passed.Status));
        Assert.Equal(passed.Message, converted.Message);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_is_given_up_as_late()
    {
        using var release = new ManualResetEventSlim();
        using var endpoint = new StubEndpoint(request =>
        {
            request.Context.Response.ContentLength64 = 100;
            request.Context.Response.OutputStream.Write("{"u8);
            request.Context.Response.OutputStream.Flush();
            release.Wait();
        });
        using var client = EndpointChatClient.Open(Definition(endpoint) with { Timeout = TimeSpan.FromMilliseconds(300) }, AtOnce);
        Assert.Equal(408, (await Assert.ThrowsAsync<ModelCallException>(() => Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken))).Status);
        release.Set();
    }

    [Fact]
    public async Task A_try_that_is_late_is_made_again_and_the_next_ones_have_their_whole_time()
    {
        using var release = new ManualResetEventSlim();
        using var endpoint = new StubEndpoint(request =>
        {
            if (request.Number % 2 == 0)
                release.Wait();
            else
                request.Say("hello");
        });
        using var client = EndpointChatClient.Open(Definition(endpoint) with { Timeout = TimeSpan.FromMilliseconds(500), Retries = 1 }, AtOnce);
        for (var call = 1; call <= 3; call++)
        {
            Assert.Equal("hello", (await Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken)).ReadText());
            Assert.Equal(2 * call, endpoint.Requests.Count);
        }

        release.Set();
    }

    [Fact]
    public async Task It_shares_its_places_with_the_client()
    {
        using var begun = new SemaphoreSlim(0);
        var held = new TaskCompletionSource();
        using var endpoint = new StubEndpoint(async request =>
        {
            begun.Release();
            if (request.Number == 0)
                await held.Task;
            request.Say("hello");
        });
        using var client = EndpointChatClient.Open(Definition(endpoint) with { MaximumConcurrency = 1 }, AtOnce);
        var first = client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        var second = Of(client).CompleteAsync(Request, TestContext.Current.CancellationToken);
        Assert.Single(endpoint.Requests);
        Assert.False(second.IsCompleted);
        held.SetResult();
        await first;
        Assert.Equal("hello", (await second).ReadText());
    }

    [Fact]
    public async Task A_stream_comes_chunk_by_chunk_with_blank_events_left_out()
    {
        using var endpoint = new StubEndpoint(request =>
        {
            request.Context.Response.ContentType = "text/event-stream";
            request.Context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(
                ": hello\n\ndata:\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\" \"}}]}\r\n\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\ndata: [DONE]\n\ndata: nonsense\n\n"));
            request.Context.Response.Close();
        });
        using var client = EndpointChatClient.Open(Definition(endpoint), AtOnce);
        var chunks = await Of(client).StreamAsync(Request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(" ", false, false), ("one", true, false), ("", false, true), ("", false, false)], chunks.Select(chunk => (chunk.ReadText(), chunk.HasContent, chunk.IsFinished)));
        Assert.True(chunks[3].Choice.IsEmpty);
        Assert.Equal(2, chunks[3].OutputTokens);
    }

    private static EndpointPassThrough Of(EndpointChatClient client) => client.GetService<EndpointPassThrough>()!;

    private static ModelDefinition Definition(StubEndpoint endpoint) => new() { Name = "stub", Kind = ModelKind.OpenAI, Endpoint = endpoint.Address, Retries = 0 };
}
