using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Tests.Routing;

public class RoutedChatClientTests
{
    private static readonly string[] Names = ["weak", "strong"];

    private static RoutedChatClient Routed(RoutingRule rule, IChatClient weak, IChatClient strong) => new(
        new ByLength(), rule, [(weak, new CandidateMeasure("weak", 0.5, 1, 1)), (strong, new CandidateMeasure("strong", 0.9, 10, 2))]);

    [Fact]
    public async Task Requests_go_where_the_rule_says()
    {
        var (weak, strong) = (new ScriptedChatClient("weak"), new ScriptedChatClient("strong"));
        using var client = Routed(new ThresholdRule { Threshold = 0.5 }, weak, strong);
        Assert.Equal("weak", (await client.GetResponseAsync("short")).Text);
        Assert.Equal("strong", (await client.GetResponseAsync("a much longer question")).Text);
        Assert.Equal("strong ", string.Concat(await client.GetStreamingResponseAsync("a much longer question").Select(update => update.Text).ToListAsync()));
        Assert.Equal((1, 2), (weak.Calls.Count, strong.Calls.Count));
    }

    [Fact]
    public async Task A_failure_goes_to_the_next_and_the_last_one_is_the_callers()
    {
        var (broken, strong) = (new ScriptedChatClient(string (_) => throw new InvalidOperationException("down")), new ScriptedChatClient("strong"));
        using (var client = Routed(new ThresholdRule { Threshold = 0.5 }, broken, strong))
            Assert.Equal("strong", (await client.GetResponseAsync("short")).Text);
        using var hopeless = Routed(new ThresholdRule { Threshold = 0.5 }, broken, new ScriptedChatClient(string (_) => throw new InvalidOperationException("also down")));
        Assert.Equal("also down", (await Assert.ThrowsAsync<InvalidOperationException>(() => hopeless.GetResponseAsync("short"))).Message);
        Assert.All(hopeless.Measures, measure => Assert.Equal(0, measure.InFlight));
    }

    [Fact]
    public async Task Requests_under_way_are_load()
    {
        using var hold = new SemaphoreSlim(0);
        var slow = new ScriptedChatClient(async _ =>
        {
            await hold.WaitAsync();
            return ScriptedChatClient.Say("slow");
        });
        using var client = Routed(new MultiFactorRule { LatencyWeight = 0, CostWeight = 0, QualityWeight = 0.1 }, new ScriptedChatClient("weak"), slow);
        var first = client.GetResponseAsync("a much longer question");
        while (slow.Running == 0)
            await Task.Yield();
        Assert.Equal(1, client.Measures[1].InFlight);
        Assert.Equal("weak", (await client.GetResponseAsync("a much longer question")).Text);
        hold.Release();
        Assert.Equal("slow", (await first).Text);
        Assert.Equal(0, client.Measures[1].InFlight);
    }

    [Fact]
    public void Candidates_must_be_the_routers()
    {
        var model = new ScriptedChatClient("x");
        Assert.Throws<ArgumentException>(() => new RoutedChatClient(new ByLength(), new UtilityRule { Lambda = 0 }, [(model, new("weak", 0, 0, 0))]));
        Assert.Throws<ArgumentException>(() => Routed(new UtilityRule { Lambda = 0 }, model, model));
        Assert.Throws<ArgumentException>(() => Routed(new ThresholdRule { Threshold = 0, Strong = "none" }, model, new ScriptedChatClient("y")));
    }

    private sealed class ByLength : IRouter
    {
        public IReadOnlyList<string> Candidates => Names;

        public ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation) =>
            new(new RoutePrediction(conversation[^1].Text.Length > 10 ? [0.2, 0.9] : [0.9, 0.2]));
    }
}
