using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Memory;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Voting;
using static Vilfredo.Inference.Tests.Agents.AgentModel;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

public class AgentStrategyTests
{
    [Fact]
    public async Task An_agent_calls_tools_until_it_answers()
    {
        var model = Looker(2);
        var (response, answer) = await AskAsync(model, new());
        Assert.Equal("Answer: done", response.Text);
        Assert.Equal(3, model.Calls.Count);
        Assert.Equal(["user: ?", "assistant: think 1 look({\"x\":1})", "tool: => saw 1", "assistant: think 2 look({\"x\":2})", "tool: => saw 2"], Lines(model.Calls[2].Messages));
        Assert.Equal(StopReason.Completed, answer.StoppedBy);
        Assert.Equal([[], [0], [1]], answer.Calls.Calls.Select(call => call.Parents.ToArray()));
        Assert.All(answer.Calls.Calls, call => Assert.Equal(CallRole.Step, call.Role));
        Assert.Empty(answer.Warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Without_tools_an_agent_is_one_plain_call(int steps)
    {
        var (plain, agent) = (new ScriptedChatClient("Answer: 1"), new ScriptedChatClient("Answer: 1"));
        using var single = new StrategyChatClient(plain, new SingleStrategy(), new() { Seed = 9 });
        var options = new ChatOptions { Temperature = 0.3f, MaxOutputTokens = 50 };
        var expected = await single.GetResponseAsync("?", options);
        var (response, answer) = await AskAsync(agent, new() { MaximumSteps = steps }, new(), new() { Seed = 9 }, options);
        Assert.Equal(expected.Text, response.Text);
        var (a, b) = (Assert.Single(plain.Calls), Assert.Single(agent.Calls));
        Assert.Equal(Lines(a.Messages), Lines(b.Messages));
        Assert.Equal((a.Options!.Seed, a.Options.Temperature, a.Options.MaxOutputTokens), (b.Options!.Seed, b.Options.Temperature, b.Options.MaxOutputTokens));
        Assert.Null(b.Options.Tools);
        Assert.Equal(StrategyAnswer.Of(expected)!.Calls.Calls[0].Role, answer.Calls.Calls[0].Role);
        Assert.Equal(new SingleStrategy().Plan, new AgentStrategy().Plan);
    }

    [Fact]
    public async Task After_its_last_step_an_agent_is_asked_for_its_best_answer_without_tools()
    {
        var model = Looker(9);
        var (response, answer) = await AskAsync(model, new() { MaximumSteps = 3 });
        Assert.Equal("Answer: done", response.Text);
        Assert.Equal(4, model.Calls.Count);
        Assert.IsType<NoneChatToolMode>(model.Calls[3].Options!.ToolMode);
        Assert.EndsWith(new AgentPrompts().BestAnswer, Lines(model.Calls[3].Messages)[^1], StringComparison.Ordinal);
        Assert.Equal(CallRole.Final, answer.Calls.Calls[3].Role);
        Assert.Contains(answer.Warnings, warning => warning.Contains("all of its 3 steps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_goes_wrong_in_a_tool_is_told_the_model()
    {
        var model = new ScriptedChatClient(call => Task.FromResult(call.Number switch
        {
            0 => Asks("", ("look", 1), ("fly", 1), ("look", "much"), ("wait", 1)),
            1 => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "look") { Exception = new FormatException("no JSON.") }])),
            _ => Say("Answer: 1"),
        }));
        var wait = AIFunctionFactory.Create(async (int x, CancellationToken cancellation) => await Task.Delay(Timeout.Infinite, cancellation), "wait", "Waits.");
        var parts = new AgentParts { Tools = [Look(_ => throw new InvalidOperationException("too dark")), wait] };
        var (response, answer) = await AskAsync(model, new() { ToolTimeout = TimeSpan.FromMilliseconds(1) }, parts);
        Assert.Equal("Answer: 1", response.Text);
        var seen = model.Calls[1].Messages[^1].Contents.OfType<FunctionResultContent>().Select(result => (string)result.Result!).ToList();
        Assert.Equal("'look' failed: too dark", seen[0]);
        Assert.Equal("There is no tool 'fly'; there are: look, wait.", seen[1]);
        Assert.StartsWith("'look' failed:", seen[2], StringComparison.Ordinal);
        Assert.Equal("'wait' did not answer within 0 s.", seen[3]);
        Assert.StartsWith("The arguments of 'look' are malformed: no JSON.", (string)Assert.IsType<FunctionResultContent>(model.Calls[2].Messages[^1].Contents[0]).Result!, StringComparison.Ordinal);
        Assert.Equal(StopReason.Completed, answer.StoppedBy);
    }

    [Fact]
    public async Task Long_observations_keep_their_head_and_tail()
    {
        var model = Looker(1);
        await AskAsync(model, new() { ObservationLength = 16 }, new() { Tools = [Look(_ => new string('a', 50) + new string('z', 50))] });
        Assert.Equal($"tool: => {new string('a', 12)}\n[... 84 characters left out ...]\nzzzz", Lines(model.Calls[1].Messages)[^1]);
    }

    [Fact]
    public async Task The_same_step_over_and_over_is_a_loop()
    {
        var model = new ScriptedChatClient(call => Task.FromResult(call.Options!.ToolMode is NoneChatToolMode ? Say("Answer: lost") : Asks("again", ("look", 7))));
        var (response, answer) = await AskAsync(model, new() { LoopLimit = 3, MaximumSteps = 50 });
        Assert.Equal("Answer: lost", response.Text);
        Assert.Equal(4, model.Calls.Count);
        Assert.Contains(answer.Warnings, warning => warning.Contains("3 times in a row", StringComparison.Ordinal));
        var times = 0;
        var changing = new ScriptedChatClient(call => Task.FromResult(call.Number == 6 ? Say("Answer: found") : Asks("again", ("look", 7))));
        var (found, _) = await AskAsync(changing, new() { LoopLimit = 3 }, new() { Tools = [Look(_ => $"{times++}")] });
        Assert.Equal("Answer: found", found.Text);
    }

    [Fact]
    public async Task An_empty_reply_is_pointed_out()
    {
        var model = new ScriptedChatClient(call => call.Number == 0 ? "" : "Answer: 2");
        var (response, _) = await AskAsync(model, new());
        Assert.Equal("Answer: 2", response.Text);
        Assert.Equal(["user: ?", $"user: {new AgentPrompts().EmptyReply}"], Lines(model.Calls[1].Messages));
    }

    [Fact]
    public async Task A_budget_leaves_room_for_an_answer()
    {
        var model = Looker(9);
        var (response, answer) = await AskAsync(model, new(), settings: new() { Budget = new() { Calls = 3 } });
        Assert.Equal("Answer: done", response.Text);
        Assert.Equal((3, StopReason.Budget), (model.Calls.Count, answer.StoppedBy));
        Assert.Equal(CallRole.Final, answer.Calls.Calls[2].Role);
        var error = await Assert.ThrowsAsync<StrategyFailedException>(() => AskAsync(Looker(1), new(), settings: new() { Budget = new() { InputTokens = 1 } }));
        Assert.True(error.IsOutOfBudget);
    }

    [Fact]
    public async Task When_no_answer_can_be_asked_for_what_was_written_last_stands_in()
    {
        ScriptedChatClient Failing(string said) => new(call => call.Number == 0 ? Task.FromResult(Asks(said, ("look", 1))) : throw new HttpRequestException("gone"));
        var (response, answer) = await AskAsync(Failing("It may be 4."), new());
        Assert.Equal(("It may be 4.", StopReason.Failures), (response.Text, answer.StoppedBy));
        Assert.Equal("saw 1", (await AskAsync(Failing(""), new())).Response.Text);
    }

    [Fact]
    public async Task Cancelling_stops_tools_and_the_answer()
    {
        using var stop = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        var wait = AIFunctionFactory.Create(
            async (int x, CancellationToken cancellation) =>
            {
                await stop.CancelAsync();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
                finally
                {
                    ended.SetResult();
                }
            },
            "look", "Looks.");
        using var client = new StrategyChatClient(Looker(3), new AgentStrategy(new(), new() { Tools = [wait] }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("?", cancellationToken: stop.Token));
        await ended.Task;
    }

    [Fact]
    public async Task Tools_of_one_step_run_side_by_side_up_to_a_bound_and_answer_in_order()
    {
        var (running, most) = (0, 0);
        var look = AIFunctionFactory.Create(
            async (int x) =>
            {
                var now = Interlocked.Increment(ref running);
                for (var seen = most; seen < now; seen = most)
                    Interlocked.CompareExchange(ref most, now, seen);
                for (var i = 0; i < 20 - x; i++)
                    await Task.Yield();
                Interlocked.Decrement(ref running);
                return $"saw {x}";
            },
            "look", "Looks.");
        var model = new ScriptedChatClient(call => Task.FromResult(call.Number == 0 ? Asks("", [.. Enumerable.Range(1, 8).Select(x => ("look", (object?)x))]) : Say("Answer: 1")));
        await AskAsync(model, new() { ParallelTools = 2 }, new() { Tools = [look] });
        Assert.InRange(most, 1, 2);
        Assert.Equal("tool: " + string.Join(" ", Enumerable.Range(1, 8).Select(x => $"=> saw {x}")), Lines(model.Calls[1].Messages)[^1]);
    }

    [Fact]
    public async Task A_tool_that_only_the_caller_can_run_is_handed_to_the_caller()
    {
        var model = new ScriptedChatClient(_ => Task.FromResult(Asks("", ("call_home", 1))));
        var declared = AIFunctionFactory.CreateDeclaration("call_home", "Calls.", AIJsonUtilities.CreateJsonSchema(typeof(int)));
        var (response, _) = await AskAsync(model, new(), options: new() { Tools = [declared] });
        Assert.Equal("call_home", Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Name);
        Assert.Equal(["look", "call_home"], Assert.Single(model.Calls).Options!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    public async Task Plans_are_made_once_or_every_so_many_steps()
    {
        static bool IsPlan(ScriptedCall call) => call.Options!.Tools is null;
        var prompts = new AgentPrompts { Facts = "F", Plan = "P {facts} {steps} {tools}", FactsUpdate = "FU {facts} {transcript}", PlanUpdate = "PU {steps}", PlanShown = "shown {facts} {plan}" };
        async Task<List<string>> Run(AgentPlanning planning, int interval)
        {
            var made = 0;
            var inner = Looker(4);
            var model = new ScriptedChatClient(call => IsPlan(call) ? Task.FromResult(Say($"text {++made}")) : inner.GetResponseAsync(call.Messages, call.Options));
            await AskAsync(model, new() { Planning = planning, PlanInterval = interval, MaximumSteps = 6 }, new() { Tools = [Look()], Prompts = prompts });
            return [.. model.Calls.Select(call => IsPlan(call) ? call.Last : Lines(call.Messages)[0])];
        }

        Assert.Equal(["user: ?", "user: ?", "user: ?", "user: ?", "user: ?"], await Run(AgentPlanning.None, 1));
        Assert.Equal(["F", "P text 1 6 look (Looks at x)", .. Enumerable.Repeat("user: ? shown text 1 text 2", 5)], await Run(AgentPlanning.Once, 1));
        var everyTwo = await Run(AgentPlanning.Interval, 2);
        Assert.Equal(5 + 6, everyTwo.Count);
        Assert.StartsWith("FU text 1 Step 1\nthink 1\nAction: look", everyTwo[4], StringComparison.Ordinal);
        Assert.Equal(("PU 4", "user: ? shown text 3 text 4", "PU 2"), (everyTwo[5], everyTwo[6], everyTwo[9]));
        Assert.Equal(5 + 10, (await Run(AgentPlanning.Interval, 1)).Count);
    }

    [Fact]
    public async Task A_bad_step_is_looked_back_at_and_the_next_one_is_told()
    {
        var scores = new Queue<int>([2, 3]);
        var prompts = new AgentPrompts { Progress = "score?", Reflection = "reflect?" };
        var inner = Looker(2);
        var model = new ScriptedChatClient(call => call.Last switch
        {
            "score?" => Task.FromResult(Say($$"""{"score": {{scores.Dequeue()}}}""")),
            "reflect?" => Task.FromResult(Say("look elsewhere")),
            _ => inner.GetResponseAsync(call.Messages, call.Options),
        });
        var (_, answer) = await AskAsync(model, new() { Reflects = true }, new() { Tools = [Look()], Prompts = prompts });
        Assert.Equal([CallRole.Step, CallRole.Critique, AgentRoles.Reflect, CallRole.Step, CallRole.Critique, CallRole.Step], answer.Calls.Calls.Select(call => call.Role));
        Assert.Equal("user: About the last step: look elsewhere", Lines(model.Calls[3].Messages)[^1]);
        Assert.DoesNotContain(Lines(model.Calls[5].Messages), line => line.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_usage_is_that_of_every_call_plans_memory_wordings_judges_and_closing_included()
    {
        var corpus = new CorpusSource("c", [new("1", "Ada", "The boss of Ada is Ben.")]);
        var inner = new ScriptedChatClient(call => Task.FromResult(call.Messages.Count(message => message.Role == ChatRole.Tool) < 2 && call.Options?.ToolMode is not NoneChatToolMode
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("s", "search", new Dictionary<string, object?> { ["query"] = $"boss {call.Number}" })])) { Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 } }
            : Say("Answer: Ben")));
        var model = new ScriptedChatClient(call =>
            call.Last.Contains("\"queries\"", StringComparison.Ordinal) ? Task.FromResult(Say("""{"queries": ["chief of Ada", "Ada's boss"]}"""))
            : call.Last.Contains("\"best\"", StringComparison.Ordinal) ? Task.FromResult(Say("""{"best": 2}"""))
            : call.Options?.Tools is null ? Task.FromResult(Say("some text")) : inner.GetResponseAsync(call.Messages, call.Options));
        var configuration = AgentConfiguration.PaperDefault with { Attempts = 2, Memory = AgentMemory.ExtraHybrid, QueryRewrites = 2 };
        var (response, answer) = await AskAsync(model, configuration, new() { Sources = [corpus] });
        Assert.Equal(model.Calls.Count, answer.Calls.Leaves.Count());
        Assert.Equal((answer.Calls.Usage.InputTokens, answer.Calls.Usage.OutputTokens), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        // Per attempt: 2 of the plan, 3 replies, 2 rewrites, 4 of the memory, 1 closing; and 1 choice.
        Assert.Equal((2 * 12) + 1, model.Calls.Count);
        Assert.Equal([CallRole.Plan, CallRole.Step, AgentRoles.Rewrite, AgentRoles.Memory, CallRole.Final, CallRole.Select], answer.Calls.Calls.Select(call => call.Role).Distinct());
        Assert.Equal(10 * (model.Calls.Count - 4) + 7 * 4, answer.Calls.Usage.InputTokens);
    }

    [Fact]
    public async Task An_agent_as_a_tool_is_in_the_budget_and_on_the_account_of_its_manager()
    {
        var helper = Looker(1);
        AgentParts Parts() => new() { Tools = [new AgentTool("helper", "Helps.", new AgentStrategy(new(), new() { Tools = [Look()] }), helper)] };
        ScriptedChatClient Manager() => new(call => Task.FromResult(call.Number == 0
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("t", "helper", new Dictionary<string, object?> { ["task"] = "look" })])) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } }
            : Say("Answer: 5")));
        var (response, answer) = await AskAsync(Manager(), new(), Parts());
        Assert.Equal("Answer: 5", response.Text);
        Assert.Equal(4, answer.Calls.Leaves.Count());
        var inner = Assert.Single(answer.Calls.Calls, call => call.Role == AgentRoles.Delegate);
        Assert.Equal((2, 20L), (inner.Inner!.Calls.Count, inner.Usage.InputTokens));
        Assert.Equal(41 - 10, answer.Calls.Usage.InputTokens);
        var (limited, limitedAnswer) = await AskAsync(Manager(), new(), Parts(), new() { Budget = new() { Calls = 3 } });
        Assert.Equal((3, StopReason.Budget), (limitedAnswer.Calls.Leaves.Count(), limitedAnswer.StoppedBy));
        Assert.NotEmpty(limited.Text);
    }

    [Fact]
    public async Task A_model_without_function_calling_gets_a_hint()
    {
        var model = new ScriptedChatClient((Func<ScriptedCall, Task<ChatResponse>>)(_ => throw new NotSupportedException("no tools here")));
        var error = await Assert.ThrowsAsync<StrategyFailedException>(() => AskAsync(model, new()));
        Assert.Contains("'text'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_carries_the_best_answer_word_by_word_and_the_usage_of_everything()
    {
        using var client = new StrategyChatClient(Looker(9), new AgentStrategy(new() { MaximumSteps = 1 }, new() { Tools = [Look()] }));
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("?"))
            updates.Add(update);
        Assert.Equal(3, updates.Count);
        Assert.Equal("Answer: done", updates.ToChatResponse().Text.Trim());
        Assert.Equal(20, updates.ToChatResponse().Usage!.InputTokenCount);
    }

    [Fact]
    public void Settings_that_do_not_fit_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AgentStrategy(new() { Attempts = 3, Selection = TrajectorySearch.Beam }));
        Assert.Throws<ArgumentException>(() => new AgentStrategy(new() { Attempts = 2, Selection = TrajectorySearch.Tree }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentConfiguration { MaximumSteps = 0 });
    }
}
