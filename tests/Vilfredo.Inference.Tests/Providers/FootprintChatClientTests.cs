using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Inference.Tests.Providers;

public class FootprintChatClientTests
{
    private static readonly LanguageModelRequest Model = new() { OutputTokens = 0, ActiveBillions = new(20, 80) };

    [Fact]
    public async Task A_response_carries_the_estimate_of_its_own_tokens_and_time()
    {
        var clock = new Clock();
        using var client = new FootprintChatClient(new ScriptedChatClient(_ => Answer(clock, seconds: 0.5)), Model, clock);
        var response = await client.GetResponseAsync("?", cancellationToken: TestContext.Current.CancellationToken);
        var footprint = FootprintChatClient.Of(response)!;
        var expected = RequestFootprint.Estimate(Model with { OutputTokens = 400, MeasuredSeconds = 0.5 });
        Assert.Equal(expected.TotalGrams, footprint.TotalGrams);
        Assert.Equal(new AmountRange(0.5), footprint.Seconds);
        Assert.True(footprint.TotalGrams.High > footprint.TotalGrams.Low);
    }

    [Fact]
    public async Task A_stream_ends_with_the_same_estimate()
    {
        var clock = new Clock();
        using var client = new FootprintChatClient(new ScriptedChatClient(_ => Answer(clock, seconds: 2)), Model, clock);
        var response = await client.GetStreamingResponseAsync("?", cancellationToken: TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);
        Assert.Equal("some words", response.Text.Trim());
        Assert.Equal(RequestFootprint.Estimate(Model with { OutputTokens = 400, MeasuredSeconds = 2 }).TotalGrams, FootprintChatClient.Of(response)!.TotalGrams);
    }

    [Fact]
    public async Task Without_usage_the_footprint_is_unknown_and_not_zero()
    {
        using var client = new FootprintChatClient(new ScriptedChatClient(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "words")))), Model);
        Assert.Null(FootprintChatClient.Of(await client.GetResponseAsync("?", cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_model_that_cannot_be_estimated_is_refused_at_once()
    {
        using var inner = new ScriptedChatClient("x");
        Assert.Throws<ArgumentException>(() => new FootprintChatClient(inner, Model with { TotalBillions = new(10) }));
    }

    private static Task<ChatResponse> Answer(Clock clock, double seconds)
    {
        clock.Now += TimeSpan.FromSeconds(seconds).Ticks;
        return Task.FromResult(ScriptedChatClient.Say("some words", output: 400));
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
