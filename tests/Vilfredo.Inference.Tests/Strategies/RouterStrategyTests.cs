using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Routing;
using Vilfredo.Inference.Tests.Routing;

namespace Vilfredo.Inference.Tests.Strategies;

public sealed class RouterStrategyTests : IDisposable
{
    private const string Easy = "Say hello to the moon number 41234?";
    private const string Hard = "Prove by induction the theorem of the moon number 41234?";

    private readonly string _folder = Directory.CreateTempSubdirectory("vilfredo-router-").FullName;
    private readonly ScriptedChatClient _weak = new("weak answer");
    private readonly ScriptedChatClient _strong = new("a strong answer");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> Trained()
    {
        var path = Path.Combine(_folder, "router.json");
        (await RouterTrainingTests.FileOf(RoutingExamples.Table(200, 4), new(), new ThresholdRule { Threshold = 0.8 })).Save(path);
        return path;
    }

    private InferenceStrategy Build(params (string, string)[] knobs) =>
        StrategyCatalog.Build("router", knobs.ToDictionary(knob => knob.Item1, knob => knob.Item2), name => name == "weak" ? _weak : _strong);

    private async Task<(string Text, StrategyAnswer Answer)> Ask(InferenceStrategy strategy, string question)
    {
        using var client = new StrategyChatClient(_weak, strategy, new() { Seed = 5 });
        var response = await client.GetResponseAsync(question);
        return (response.Text, StrategyAnswer.Of(response)!);
    }

    [Fact]
    public async Task Easy_questions_go_to_the_weak_and_hard_ones_to_the_strong_candidate()
    {
        var strategy = Build(("file", await Trained()));
        var router = RouterFile.Load(await Trained()).Open();
        var (easy, hard) = (await router.PredictAsync([new(ChatRole.User, Easy)], default), await router.PredictAsync([new(ChatRole.User, Hard)], default));
        Assert.True(easy.WinProbability(1, 0) < 0.75 && hard.WinProbability(1, 0) > 0.85, $"{easy.WinProbability(1, 0)} {hard.WinProbability(1, 0)}");
        Assert.Equal("weak answer", (await Ask(strategy, Easy)).Text);
        var (text, answer) = await Ask(strategy, Hard);
        Assert.Equal("a strong answer", text);
        Assert.InRange(answer.Outcome.Confidence!.Value, 0.6, 1);
        Assert.Single(answer.Calls.Leaves);
        Assert.Equal(new CallPlan(1, 1, 1), strategy.Plan);
    }

    [Fact]
    public async Task A_routed_answer_is_the_candidates_own_call()
    {
        await Ask(Build(("file", await Trained())), Easy);
        await Ask(StrategyCatalog.Build("single", new Dictionary<string, string>()), Easy);
        Assert.Equal(2, _weak.Calls.Count);
        Assert.Equal(_weak.Calls[1].Options!.Seed, _weak.Calls[0].Options!.Seed);
    }

    [Fact]
    public async Task Knobs_choose_rule_threshold_and_candidates()
    {
        var path = await Trained();
        Assert.Equal("a strong answer", (await Ask(Build(("file", path), ("threshold", "0")), Easy)).Text);
        Assert.Equal("weak answer", (await Ask(Build(("file", path), ("threshold", "1.5")), Hard)).Text);
        Assert.Equal("a strong answer", (await Ask(Build(("file", path), ("rule", "utility")), Hard)).Text);
        Assert.Equal("weak answer", (await Ask(Build(("file", path), ("rule", "utility"), ("lambda", "1")), Hard)).Text);
        Assert.Equal("weak answer", (await Ask(Build(("file", path), ("rule", "quality"), ("quality", "0.5")), Easy)).Text);
        Assert.Equal("weak answer", (await Ask(Build(("file", path), ("rule", "multi_factor"), ("max_cost", "2")), Hard)).Text);
        Assert.Equal("a strong answer", (await Ask(Build(("file", path), ("candidates", "strong | weak")), Hard)).Text);
        foreach (var (knobs, says) in (((string, string)[], string)[])
        [
            ([], "'file'"), ([("file", path + "x")], "cannot be read"), ([("file", path), ("candidates", "strong | other")], "no candidate 'other'"), ([("file", path), ("candidates", "strong")], "at least two"), ([("file", path), ("rule", "best")], "one of"),
        ])
        {
            Assert.Contains(says, Assert.Throws<FormatException>(() => Build(knobs)).Message);
        }

        Assert.Equal(["weak", "strong"], new KnobValues(RouterStrategy.Definition, new Dictionary<string, string> { ["file"] = path }).NamedModels);
    }

    [Fact]
    public async Task When_the_chosen_candidate_fails_the_next_one_answers()
    {
        var broken = new ScriptedChatClient(string (_) => throw new InvalidOperationException("down"));
        var file = RouterFile.Load(await Trained());
        var strategy = new RouterStrategy(file.Open(), file.Rule, file.Candidates, name => name == "weak" ? broken : _strong);
        var (text, answer) = await Ask(strategy, Easy);
        Assert.Equal(("a strong answer", StopReason.Failures), (text, answer.StoppedBy));
        Assert.Contains(answer.Warnings, warning => warning.Contains("strong answers instead", StringComparison.Ordinal));
        await Assert.ThrowsAsync<StrategyFailedException>(() => Ask(new RouterStrategy(file.Open(), file.Rule, file.Candidates, _ => broken), Easy));
    }

    [Fact]
    public async Task A_routed_answer_is_streamed_word_by_word_with_its_account()
    {
        using var client = new StrategyChatClient(_weak, Build(("file", await Trained())));
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(Hard))
            updates.Add(update);
        Assert.Equal("a strong answer ", string.Concat(updates.Select(update => update.Text)));
        Assert.True(updates.Count >= 4);
        Assert.Equal(10, updates.ToChatResponse().Usage!.InputTokenCount);
        var account = Assert.IsType<StrategyAnswer>(updates[^1].AdditionalProperties![StrategyAnswer.Key]);
        Assert.Equal(("router", "single"), (account.Strategy, Assert.Single(account.Calls.Calls).Inner is null ? "none" : "single"));
    }

    [Fact]
    public async Task A_router_of_more_than_two_candidates_and_strategies()
    {
        IRouter router = new Fixed(["one", "vote", "large"], [0.2, 0.9, 0.95]);
        RouterCandidate[] candidates =
        [
            new() { Point = StrategyPoint.Parse("weak:single") with { Name = "one" }, Quality = 0.3, Cost = 1, Seconds = 1 },
            new() { Point = StrategyPoint.Parse("majority_voting:n=3") with { Name = "vote" }, Quality = 0.6, Cost = 3, Seconds = 1 },
            new() { Point = StrategyPoint.Parse("strong") with { Name = "large" }, Quality = 0.9, Cost = 20, Seconds = 2 },
        ];
        var strategy = new RouterStrategy(router, new QualityTargetRule { Quality = 0.8 }, candidates, name => name == "weak" ? _weak : _strong);
        Assert.Equal(3, (await Ask(strategy, "?")).Answer.Calls.Leaves.Count());
        Assert.Equal(new CallPlan(1, 3, 1), strategy.Plan);
        Assert.Throws<ArgumentException>(() => new RouterStrategy(router, new UtilityRule { Lambda = 0 }, candidates[..2], _ => _weak));
        Assert.Throws<ArgumentException>(() => new RouterStrategy(router, new ThresholdRule { Threshold = 0.5, Weak = "none" }, candidates, _ => _weak));
    }

    private sealed class Fixed(IReadOnlyList<string> candidates, double[] quality) : IRouter
    {
        public IReadOnlyList<string> Candidates => candidates;

        public ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation) => new(new RoutePrediction(quality));
    }
}
