using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search;
using Vilfredo.Inference.Strategies.Search.Chains;

namespace Vilfredo.Inference.Tests.Strategies;

public class SearchStrategyTests
{
    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? new() { MaximumConcurrency = 1, Seed = 3 });
        var response = await client.GetResponseAsync("why");
        return (response, StrategyAnswer.Of(response)!);
    }

    private static bool Has(ScriptedCall call, string text) => call.Last.Contains(text, StringComparison.Ordinal);

    private static InferenceStrategy Build(string name, params (string Knob, string Value)[] knobs) => StrategyCatalog.Build(name, knobs.ToDictionary(knob => knob.Knob, knob => knob.Value));

    [Theory]
    [InlineData("mcts")]
    [InlineData("best_first")]
    [InlineData("ab_mcts")]
    public async Task A_search_over_answers_improves_them_and_takes_the_best(string name)
    {
        // Each improvement is a version further, and worth a point more.
        var model = new ScriptedChatClient(call => Has(call, "\"score\":") ? $$"""{"score": {{Version(call.Last)}}}""" : call.Messages.Count == 1 ? "version 2" : $"version {Version(call.Messages[^2].Text) + 1}");
        var (response, answer) = await Ask(model, Build(name, ("trials", "12")));
        var versions = answer.Outcome.Candidates.Select(candidate => Version(candidate.Text)).ToList();
        Assert.Equal((12, $"version {versions.Max()}"), (versions.Count, response.Text));
        Assert.True(versions.Max() > 3);
        Assert.Equal(versions.Max() / 10.0, answer.Outcome.Confidence!.Value, 12);
        Assert.Contains(model.Calls, call => Has(call, "gave this answer 2 of 10") && call.Messages[^2].Role == ChatRole.Assistant);

        static int Version(string text) => text[text.IndexOf("version ", StringComparison.Ordinal) + 8] - '0';
    }

    [Fact]
    public async Task Answers_that_nobody_could_judge_leave_the_first_one()
    {
        var (response, answer) = await Ask(new ScriptedChatClient(call => Has(call, "\"score\":") ? "no idea" : $"answer {call.Number}"), new MctsStrategy(trials: 3));
        Assert.Equal("answer 0", response.Text);
        Assert.Contains(answer.Warnings, warning => warning.Contains("no valid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_models_of_a_search_make_its_nodes()
    {
        var (a, b, main) = (new ScriptedChatClient("bad"), new ScriptedChatClient("good"), new ScriptedChatClient(call => Has(call, "good") ? """{"score": 9}""" : """{"score": 1}"""));
        var models = new Dictionary<string, IChatClient> { ["a"] = a, ["b"] = b };
        var strategy = StrategyCatalog.Build("ab_mcts", new Dictionary<string, string> { ["trials"] = "20", ["models"] = "a,b", ["prior"] = "beta" }, name => models[name]);
        var (response, _) = await Ask(main, strategy);
        Assert.Equal(("good", 20, 20), (response.Text, a.Calls.Count + b.Calls.Count, main.Calls.Count));
        Assert.True(b.Calls.Count > a.Calls.Count);
    }

    // Steps are letters; the chain "b, b, ..." is the good one, and the third step ends it.
    private static ScriptedChatClient Stepper() => new(call =>
    {
        if (Has(call, "\"score\":"))
            return $$"""{"score": {{(Has(call, "step a") ? 2 : 8)}}}""";
        if (Has(call, "in the form that is asked for"))
            return "the answer";
        var steps = call.Last.Split("step ").Length - 1;
        return $"step {(call.Number % 3 == 0 ? 'a' : 'b')}{(steps >= 2 ? "\nAnswer: 7" : "")}";
    });

    [Theory]
    [InlineData("beam")]
    [InlineData("tot")]
    [InlineData("particle_filtering")]
    public async Task A_search_over_steps_writes_the_answer_from_the_best_finished_chain(string name)
    {
        var model = Stepper();
        var (response, answer) = await Ask(model, Build(name, ("depth", "4")));
        var last = model.Calls[^1];
        Assert.Equal(("the answer", CallRole.Final, 0.8), (response.Text, answer.Calls.Calls[^1].Role, answer.Outcome.Confidence));
        Assert.True(Has(last, "step b") && Has(last, "Answer: 7") && !Has(last, "step a"), last.Last);
        // The choice of each level waits for the scores of the one before.
        Assert.True(answer.Calls.CriticalPathTokens < answer.Calls.TotalTokens);
        Assert.All(answer.Calls.Calls.Where(call => call is { Role: CallRole.Step, Round: > 0 }), call => Assert.NotEmpty(call.Parents));
    }

    [Fact]
    public async Task The_deepest_step_is_asked_to_finish()
    {
        var model = new ScriptedChatClient(call => Has(call, "\"score\":") ? """{"score": 5}""" : "step");
        await Ask(model, new BeamStrategy(beams: 1, children: 2, depth: 3));
        Assert.Equal([0, 0, 1, 1, 2, 2], model.Calls.Where(call => Has(call, "only the first step") || Has(call, "only the next step") || Has(call, "all remaining steps"))
            .Select(call => Has(call, "first step") ? 0 : Has(call, "next step") ? 1 : 2));
    }

    [Fact]
    public async Task Chains_that_a_second_look_confirms_outvote_more_frequent_ones()
    {
        var model = new ScriptedChatClient(call => Has(call, "A solution was begun") ? "Answer: 2"
            : Has(call, "in the form that is asked for") ? "written from: " + call.Last[call.Last.IndexOf("Reasoning about", StringComparison.Ordinal)..]
            : Has(call, "all remaining") ? "so Answer: 1" : Has(call, "begin with \"Sub-question:\"") && Has(call, "(none)") ? "Sub-question: x\nReply: y\nAnswer: 2" : "a thought");
        var (response, answer) = await Ask(model, new RStarStrategy(trials: 10));
        var finished = answer.Outcome.Candidates.Count(candidate => candidate.Text.Contains("Answer: 1", StringComparison.Ordinal));
        Assert.True(finished > answer.Outcome.Candidates.Count(candidate => candidate.Text.Contains("Answer: 2", StringComparison.Ordinal)));
        Assert.Contains("Answer: 2", response.Text, StringComparison.Ordinal);
        Assert.Equal(1.0, answer.Outcome.Confidence);
        Assert.Contains(answer.Calls.Calls, call => call.Role == CallRole.Judge);
    }

    [Fact]
    public async Task Chains_that_all_agree_are_not_looked_at_again()
    {
        var (_, answer) = await Ask(new ScriptedChatClient("so Answer: 1"), new RStarStrategy(trials: 6));
        Assert.DoesNotContain(answer.Calls.Calls, call => call.Role == CallRole.Judge);
    }

    [Fact]
    public void The_actions_of_a_chain_are_those_that_make_sense_there()
    {
        static IReadOnlyList<ReasoningAction> At(int depth, ReasoningAction last) =>
            [.. ActionGrowth.AllowedAt(new(depth, depth - 1, depth, (int)last, ReasoningChain.Empty), 4).Select(action => (ReasoningAction)action)];
        Assert.Contains(ReasoningAction.Rephrase, At(0, ReasoningAction.Step));
        Assert.DoesNotContain(ReasoningAction.Rephrase, At(1, ReasoningAction.Rephrase));
        Assert.Contains(ReasoningAction.AnswerAnew, At(1, ReasoningAction.SubQuestion));
        Assert.DoesNotContain(ReasoningAction.AnswerAnew, At(1, ReasoningAction.Step));
        Assert.Equal([ReasoningAction.Finish], At(3, ReasoningAction.Step));
    }

    [Theory]
    [InlineData(3, 5, 3, 5 + 15 + 15)]
    [InlineData(1, 1, 4, 4)]
    [InlineData(100, 2, 3, 2 + 4 + 8)]
    [InlineData(1000, 1000, 1000, 999001000)]
    [InlineData(100000, 100000, 3, int.MaxValue)]
    public void The_most_nodes_of_a_search_by_levels_are_counted(int keep, int children, int depth, int expected) => Assert.Equal(expected, LevelCounts.Trials(keep, children, depth));
}
