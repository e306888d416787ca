using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Strategies;

public class SelectionTests
{
    // Attempts are "quality i: x"; judges see x.
    private static readonly string[] Attempts = ["q3 Answer: 1", "q9 Answer: 2", "q5 Answer: 1", "q1 Answer: 3"];

    private static int Quality(string text) => text[text.IndexOf('q', StringComparison.Ordinal) + 1] - '0';

    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync("why");
        return (response, StrategyAnswer.Of(response)!);
    }

    private static ScriptedChatClient Model(Func<ScriptedCall, string> judge, string[]? attempts = null)
    {
        attempts ??= Attempts;
        var sampled = 0;
        return new(call => call.Last == "why" ? attempts[sampled++ % attempts.Length] : judge(call));
    }

    private static string Judged(ScriptedCall call)
    {
        var prompt = call.Last;
        var shown = Judges.Shown(prompt);
        if (prompt.Contains("\"better\"", StringComparison.Ordinal))
            return Quality(shown[0]) > Quality(shown[1]) ? """{"better":"A"}""" : """{"better":"B"}""";
        if (prompt.Contains("\"ranking\"", StringComparison.Ordinal))
            return $$"""{"ranking":[{{string.Join(',', shown.Index().OrderByDescending(pair => Quality(pair.Item)).Select(pair => pair.Index + 1))}}]}""";
        if (prompt.Contains("\"best\"", StringComparison.Ordinal))
            return $$"""Here: {"best":{{shown.Index().MaxBy(pair => Quality(pair.Item)).Index + 1}}}""";
        return $$"""{"score": {{Quality(prompt[prompt.IndexOf("Answer:\n", StringComparison.Ordinal)..])}}}""";
    }

    public static TheoryData<string, int> All => new() { { "pointwise", 4 }, { "pairwise", 12 }, { "knockout", 6 }, { "listwise", 1 } };

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_judge_finds_the_best_of_four_with_the_calls_of_its_plan(string name, int calls)
    {
        IJudge judge = name switch { "pairwise" => new RoundRobinJudge(), "knockout" => new KnockoutJudge(), "listwise" => new ListwiseJudge(), _ => new PointwiseJudge() };
        var model = Model(Judged);
        var (response, answer) = await Ask(model, new BestOfNStrategy(4, judge));
        Assert.Equal("q9 Answer: 2", response.Text);
        Assert.Equal((4 + calls, 4 + calls), (model.Calls.Count, new BestOfNStrategy(4, judge).Plan.Fewest));
        Assert.Equal(answer.Calls.TotalTokens, response.Usage!.TotalTokenCount);
        Assert.All(model.Calls.Skip(4), call => Assert.NotNull(call.Options!.ResponseFormat));
    }

    [Fact]
    public async Task Without_both_orders_each_two_are_compared_once()
    {
        var model = Model(Judged);
        Assert.Equal("q9 Answer: 2", (await Ask(model, new BestOfNStrategy(4, new RoundRobinJudge(false)))).Response.Text);
        Assert.Equal(4 + 6, model.Calls.Count);
    }

    [Fact]
    public async Task The_best_of_one_is_one_plain_call()
    {
        var model = Model(Judged);
        var (_, answer) = await Ask(model, new BestOfNStrategy(1));
        Assert.Equal("why", Assert.Single(model.Calls).Last);
        Assert.Equal(CallRole.Sample, Assert.Single(answer.Calls.Calls).Role);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(1)]
    public async Task The_best_of_two_has_the_accuracy_of_its_formula(double q)
    {
        const double p = 0.4;
        const int problems = 4000;
        var random = new RandomGenerator(11);
        var right = 0;
        for (var i = 0; i < problems; i++)
        {
            var knows = random.NextBoolean(q);
            var model = new ScriptedChatClient(call => call.Last == "why"
                ? random.NextBoolean(p) ? "right" : "wrong"
                : $$"""{"score": {{(call.Last.Contains("\nright", StringComparison.Ordinal) == knows ? 8 : 2)}}}""");
            right += (await Ask(model, new BestOfNStrategy(2))).Response.Text == "right" ? 1 : 0;
        }

        var expected = p + p * (1 - p) * (2 * q - 1);
        Assert.Equal(expected, (double)right / problems, 4 * Math.Sqrt(expected * (1 - expected) / problems));
    }

    [Fact]
    public async Task Soft_merging_lets_two_middling_attempts_outvote_a_good_one()
    {
        Assert.Equal("q9 Answer: 2", (await Ask(Model(Judged), new BestOfNStrategy(4, merge: ScoreMerge.Soft, softness: 0.5))).Response.Text);
        Assert.Equal("q3 Answer: 1", (await Ask(Model(Judged), new BestOfNStrategy(4, merge: ScoreMerge.Soft, softness: 1000))).Response.Text);
    }

    [Fact]
    public async Task An_invalid_score_is_asked_for_once_more_and_then_left_out()
    {
        var asked = 0;
        var model = Model(call => call.Last.Contains("q9", StringComparison.Ordinal) ? $"score {++asked} of 10" : Judged(call));
        var (response, answer) = await Ask(model, new BestOfNStrategy(4));
        Assert.Equal(("q5 Answer: 1", 2), (response.Text, asked));
        Assert.Contains(answer.Warnings, warning => warning.Contains("no valid", StringComparison.Ordinal));
        var none = await Ask(Model(_ => "11"), new BestOfNStrategy(4));
        Assert.Equal("q3 Answer: 1", none.Response.Text);
        Assert.Contains(none.Answer.Warnings, warning => warning.Contains("unjudged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_judgements_of_an_attempt_are_averaged()
    {
        var given = new Queue<int>([9, 0, 5, 5]);
        var model = Model(_ => $$"""{"score": {{given.Dequeue()}}}""", ["a", "b"]);
        Assert.Equal("b", (await Ask(model, new BestOfNStrategy(2, new PointwiseJudge(2)))).Response.Text);
    }

    [Fact]
    public async Task The_probability_of_yes_is_read_from_the_log_probabilities()
    {
        ScriptedChatClient WithProbabilities(bool top) => new(call =>
        {
            if (call.Last == "why")
                return Task.FromResult(Say(Attempts[call.Number]));
            var quality = Quality(call.Last[call.Last.IndexOf("Answer:\n", StringComparison.Ordinal)..]) / 10.0;
            var reply = Say(quality >= 0.5 ? "Yes" : "No");
            reply.AdditionalProperties = new()
            {
                ["logprobs"] = top
                    ? new List<LogProbabilities.TokenChoice> { new(0, "Yes", [new("Yes", Math.Log(quality / 2)), new(" yes", Math.Log(quality / 4)), new("No", Math.Log((1 - quality) * 0.75))]) }
                    : new List<double> { Math.Log(Math.Max(quality, 1 - quality)) },
            };
            return Task.FromResult(reply);
        });
        foreach (var top in (bool[])[true, false])
            Assert.Equal("q9 Answer: 2", (await Ask(WithProbabilities(top), new BestOfNStrategy(4, new YesNoJudge()))).Response.Text);
        Assert.Contains((await Ask(Model(_ => "Yes"), new BestOfNStrategy(4, new YesNoJudge()))).Answer.Warnings, warning => warning.Contains("log-probabilities", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_models_own_log_probability_needs_no_judge()
    {
        var model = new ScriptedChatClient(call =>
        {
            var response = Say(Attempts[call.Number]);
            response.AdditionalProperties = new() { ["logprobs"] = new List<double> { -1.0 / Quality(Attempts[call.Number]) } };
            return Task.FromResult(response);
        });
        Assert.Equal("q9 Answer: 2", (await Ask(model, new BestOfNStrategy(4, new OwnLogProbabilityJudge()))).Response.Text);
        Assert.Equal(4, model.Calls.Count);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public async Task Generative_selection_in_groups_finds_the_best(int group, int calls)
    {
        var model = Model(Judged);
        var strategy = new GenerativeSelectionStrategy(4, group);
        Assert.Equal("q9 Answer: 2", (await Ask(model, strategy)).Response.Text);
        Assert.Equal((4 + calls, 4 + calls), (model.Calls.Count, strategy.Plan.Fewest));
    }

    [Fact]
    public async Task A_budget_that_ends_at_any_call_leaves_an_answer_and_an_account()
    {
        foreach (var judge in (IJudge[])[new PointwiseJudge(), new RoundRobinJudge(), new KnockoutJudge(), new ListwiseJudge()])
        {
            for (var calls = 1; calls <= 16; calls++)
            {
                var model = Model(Judged);
                var (response, answer) = await Ask(model, new BestOfNStrategy(4, judge), new() { Budget = new() { Calls = calls }, MaximumConcurrency = 1, Seed = 1 });
                Assert.Contains(response.Text, Attempts);
                Assert.Equal((model.Calls.Count, response.Usage!.TotalTokenCount), (answer.Calls.Calls.Count, answer.Calls.TotalTokens));
                Assert.True(model.Calls.Count <= calls);
                Assert.True(answer.Calls.CriticalPathTokens <= answer.Calls.TotalTokens);
            }
        }
    }

    [Fact]
    public async Task A_judge_of_its_own_is_called_in_place_of_the_model()
    {
        var judge = new ScriptedChatClient(Judged);
        var model = Model(_ => "never");
        await Ask(model, new BestOfNStrategy(4, new PointwiseJudge(settings: new() { Client = judge, UsesSchema = false })));
        Assert.Equal((4, 4), (model.Calls.Count, judge.Calls.Count));
        Assert.All(judge.Calls, call => Assert.Null(call.Options!.ResponseFormat));
    }
}
