using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Sampling;

namespace Vilfredo.Inference.Tests.Providers;

public class EndpointChatClientTests
{
    private static readonly EndpointOptions AtOnce = new() { FirstDelay = TimeSpan.Zero, LongestDelay = TimeSpan.Zero };

    [Fact]
    public async Task A_call_carries_the_key_the_models_name_at_the_endpoint_and_the_options()
    {
        using var endpoint = new StubEndpoint(request => request.Say("hello"));
        using var client = EndpointChatClient.Open(
            new() { Name = "mine", Kind = ModelKind.OpenAI, Endpoint = endpoint.Address, Id = "gpt-x", KeyVariable = "K" }, AtOnce with { Environment = name => name == "K" ? "secret" : null });
        var response = await client.GetResponseAsync("hi", new() { Temperature = 0.5f, MaxOutputTokens = 7, Seed = 3, StopSequences = ["\n"] });
        Assert.Equal("hello", response.Text);
        Assert.Equal((10, 3), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("Bearer secret", request.Authorization);
        Assert.All((string[])["\"model\":\"gpt-x\"", "\"temperature\":0.5", "\"seed\":3"], part => Assert.Contains(part, request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        using var endpoint = new StubEndpoint(request =>
        {
            if (request.Number < 2)
                request.Reply(status, "{}", ("Retry-After", "0"));
            else
                request.Say("hello");
        });
        using var client = Client(endpoint, retries: 2);
        Assert.Equal("hello", (await client.GetResponseAsync("hi")).Text);
        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_refused_request_is_not_tried_again_and_says_why()
    {
        using var endpoint = new StubEndpoint(request => request.Reply(400, """{"error":{"message":"context too long","type":"invalid_request_error"}}"""));
        using var client = Client(endpoint, retries: 3);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"));
        Assert.Equal((400, true), (error.Status!.Value, error.IsRequestRefused));
        Assert.Contains("context too long", error.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task After_the_last_retry_the_status_and_the_wait_are_the_callers()
    {
        using var endpoint = new StubEndpoint(request => request.Reply(429, "{}", ("Retry-After", "17")));
        using var client = Client(endpoint, retries: 1);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"));
        Assert.Equal((429, TimeSpan.FromSeconds(17)), (error.Status!.Value, error.RetryAfter!.Value));
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("")]
    [InlineData("[1, 2]")]
    public async Task An_answer_that_makes_no_sense_is_an_error_with_the_models_name(string body)
    {
        using var endpoint = new StubEndpoint(request => request.Reply(200, body));
        using var client = Client(endpoint, retries: 0);
        Assert.Contains("stub", (await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_time_out()
    {
        using var release = new ManualResetEventSlim();
        using var endpoint = new StubEndpoint(request => release.Wait());
        using var client = EndpointChatClient.Open(Definition(endpoint, 0) with { Timeout = TimeSpan.FromMilliseconds(100) }, AtOnce);
        var error = await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"));
        Assert.Equal(408, error.Status);
        release.Set();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var other = new StubEndpoint(request => request.Say("stolen"));
        using var endpoint = new StubEndpoint(request => request.Reply(302, "", ("Location", other.Address.ToString())));
        using var client = Client(endpoint, retries: 0);
        await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_an_error_that_says_so()
    {
        Uri address;
        using (var endpoint = new StubEndpoint(request => request.Say("")))
            address = endpoint.Address;
        using var client = EndpointChatClient.Open(new() { Name = "gone", Kind = ModelKind.OpenAI, Endpoint = address, Retries = 1 }, AtOnce);
        Assert.Contains("cannot be reached", (await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hi"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_comes_word_by_word_and_ends_with_its_usage()
    {
        using var endpoint = new StubEndpoint(request => request.Stream(["one ", "two"]));
        using var client = Client(endpoint, retries: 0);
        var updates = await client.GetStreamingResponseAsync("hi").ToListAsync();
        Assert.Equal(["one ", "two"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Equal(12, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task A_stream_that_breaks_before_its_first_word_is_begun_again()
    {
        using var endpoint = new StubEndpoint(request => request.Stream(request.Number == 0 ? [] : ["one"], isCutOff: request.Number == 0));
        using var client = Client(endpoint, retries: 1);
        Assert.Equal("one", (await client.GetStreamingResponseAsync("hi").ToChatResponseAsync()).Text);
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_stream_that_is_cut_off_later_is_an_error_after_what_has_come()
    {
        using var endpoint = new StubEndpoint(request => request.Stream(["one ", "two"], isCutOff: true));
        using var client = Client(endpoint, retries: 3);
        var seen = new List<string>();
        await Assert.ThrowsAsync<ModelCallException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi"))
                seen.Add(update.Text);
        });
        Assert.Equal("one ", seen[0]);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_stream_that_falls_silent_is_given_up_as_late(int words)
    {
        using var release = new ManualResetEventSlim();
        using var endpoint = new StubEndpoint(request => request.Stream(Words(), isCutOff: true));
        using var client = EndpointChatClient.Open(Definition(endpoint, 0) with { Timeout = TimeSpan.FromMilliseconds(300) }, AtOnce);
        var error = await Assert.ThrowsAsync<ModelCallException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("hi"))
            {
            }
        });
        release.Set();
        Assert.Equal(408, error.Status);

        IEnumerable<string> Words()
        {
            for (var i = 0; i < words; i++)
                yield return "one ";
            release.Wait();
        }
    }

    [Fact]
    public async Task Calls_wait_for_a_place_and_a_reader_that_leaves_gives_its_place_back()
    {
        var (running, most) = (0, 0);
        using var endpoint = new StubEndpoint(async request =>
        {
            var now = Interlocked.Increment(ref running);
            most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            request.Stream(["one ", "two"]);
        });
        using var client = EndpointChatClient.Open(Definition(endpoint, 0) with { MaximumConcurrency = 1 }, AtOnce);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi"))
                break;
        }));
        Assert.Equal((10, 1), (endpoint.Requests.Count, most));
    }

    [Fact]
    public async Task Usage_that_the_endpoint_leaves_out_is_counted_by_the_strategy()
    {
        using var endpoint = new StubEndpoint(request => request.Say("twelve chars", usage: null));
        using var client = new StrategyChatClient(Client(endpoint, 0), new SingleStrategy());
        Assert.True(StrategyAnswer.Of(await client.GetResponseAsync("hi"))!.Calls.UsageIsEstimated);
    }

    [Fact]
    public void A_key_that_is_not_set_is_an_error_with_the_variables_name()
    {
        var model = new ModelDefinition { Name = "m", Kind = ModelKind.OpenAI, Endpoint = new("http://127.0.0.1:1/v1"), KeyVariable = "NO_SUCH_KEY" };
        Assert.Contains("NO_SUCH_KEY", Assert.Throws<ArgumentException>(() => EndpointChatClient.Open(model, AtOnce with { Environment = _ => null })).Message, StringComparison.Ordinal);
        using var clients = new ModelClients([model with { KeyVariable = null }, new() { Name = "l", Kind = ModelKind.Local, Folder = "x" }]);
        Assert.Contains("there are m, l", Assert.Throws<KeyNotFoundException>(() => clients["z"]).Message, StringComparison.Ordinal);
        Assert.Contains("local", Assert.Throws<ArgumentException>(() => clients["l"]).Message, StringComparison.Ordinal);
        Assert.Same(clients["m"], clients["m"]);
    }

    private static EndpointChatClient Client(StubEndpoint endpoint, int retries) => EndpointChatClient.Open(Definition(endpoint, retries), AtOnce);

    private static ModelDefinition Definition(StubEndpoint endpoint, int retries) => new() { Name = "stub", Kind = ModelKind.OpenAI, Endpoint = endpoint.Address, Retries = retries };
}
