using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using static Vilfredo.Inference.Tests.Strategies.StagedModel;

namespace Vilfredo.Inference.Tests.Strategies;

/// <summary>What holds for every strategy of several stages.</summary>
public class ComposedStrategyTests
{
    public static TheoryData<string> All => ComposedStrategies.Names;

    public static TheoryData<string> Reducible => ComposedStrategies.Reducible;

    public static TheoryData<string> Streaming => ComposedStrategies.Streaming;

    private static StrategySettings Settings => new() { MaximumConcurrency = 1, Seed = 3 };

    private static async Task<(ChatResponse Response, StrategyAnswer Answer)> Ask(IChatClient model, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        using var client = new StrategyChatClient(model, strategy, settings ?? Settings);
        var response = await client.GetResponseAsync(Chat, Options);
        return (response, StrategyAnswer.Of(response)!);
    }

    private static async Task<List<ChatResponseUpdate>> Stream(IChatClient model, InferenceStrategy strategy)
    {
        using var client = new StrategyChatClient(model, strategy, Settings);
        return await client.GetStreamingResponseAsync(Chat, Options).ToListAsync();
    }

    [Theory]
    [MemberData(nameof(Reducible))]
    public async Task Without_its_stages_it_is_one_plain_call(string name)
    {
        var (model, single) = (New(), New());
        var strategy = ComposedStrategies.Plain(name);
        var response = (await Ask(model, strategy)).Response;
        Assert.Equal((1, 1), (strategy.Plan.Fewest, strategy.Plan.Most ?? 1));
        await single.GetResponseAsync(Chat, Options);
        var (plain, call) = (Assert.Single(single.Calls), Assert.Single(model.Calls));
        Assert.Equal(plain.Messages.Select(message => (message.Role, message.Text, message.Contents.Count)), call.Messages.Select(message => (message.Role, message.Text, message.Contents.Count)));
        Assert.True(IsAnswering(call));
        Assert.Equal(Reply(call), response.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_usage_is_the_sum_of_its_calls_and_its_calls_are_those_of_its_plan(string name)
    {
        var model = New();
        var strategy = ComposedStrategies.Full(name);
        var (response, answer) = await Ask(model, strategy);
        var written = model.Calls.Sum(call => (long)Reply(call).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal((10L * model.Calls.Count, written), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal((answer.Calls.TotalTokens, model.Calls.Count), (response.Usage.TotalTokenCount, answer.Calls.Calls.Count));
        Assert.InRange(model.Calls.Count, strategy.Plan.Fewest, strategy.Plan.Most ?? int.MaxValue);
        var depths = new List<int>();
        foreach (var call in answer.Calls.Calls)
            depths.Add(1 + call.Parents.Select(parent => depths[parent]).DefaultIfEmpty().Max());
        Assert.InRange(depths.Max(), 1, strategy.Plan.Depth ?? int.MaxValue);
        Assert.Equal(StopReason.Completed, answer.StoppedBy is StopReason.Early ? StopReason.Completed : answer.StoppedBy);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_call_sees_the_picture_and_calls_for_answers_keep_turns_and_options(string name)
    {
        var model = New();
        var (response, _) = await Ask(model, ComposedStrategies.Full(name));
        Assert.All(model.Calls, call => Assert.Contains(call.Messages.SelectMany(message => message.Contents), content => content is DataContent { MediaType: "image/png" }));
        var answering = model.Calls.Where(IsAnswering).ToList();
        Assert.All(answering, call =>
        {
            Assert.Equal(Chat.Take(3).Select(message => (message.Role, message.Text)), call.Messages.Take(3).Select(message => (message.Role, message.Text)));
            Assert.Equal((ChatRole.User, 0.2f, 777), (call.Messages[3].Role, call.Options!.Temperature, call.Options.MaxOutputTokens));
            Assert.Equal(ChatRole.User, call.Messages[^1].Role);
        });
        Assert.Contains(response.Text, answering.Select(Reply));
        Assert.All(model.Calls.Except(answering), call => Assert.NotEqual(777, call.Options!.MaxOutputTokens));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_two_calls_have_the_same_seed_and_prompt_and_the_same_seed_gives_the_same_calls(string name)
    {
        async Task<(string Text, List<(long?, string)> Calls)> Once()
        {
            var model = New();
            var (response, _) = await Ask(model, ComposedStrategies.Full(name));
            return (response.Text, [.. model.Calls.Select(call => (call.Options!.Seed, string.Join('\n', call.Messages.Select(message => message.Text))))]);
        }

        var (first, second) = (await Once(), await Once());
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Calls, second.Calls);
        Assert.Equal(first.Calls.Count, first.Calls.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_budget_that_ends_at_any_call_leaves_an_answer_that_says_so(string name)
    {
        var free = New();
        await Ask(free, ComposedStrategies.Full(name));
        for (var calls = 1; calls <= free.Calls.Count + 1; calls++)
        {
            var model = New();
            var (response, answer) = await Ask(model, ComposedStrategies.Full(name), Settings with { Budget = new() { Calls = calls } });
            Assert.NotEmpty(response.Text);
            Assert.True(model.Calls.Count <= calls);
            Assert.Equal((model.Calls.Count, answer.Calls.TotalTokens), (answer.Calls.Calls.Count, response.Usage!.TotalTokenCount));
            Assert.Equal((calls, calls < free.Calls.Count), (calls, answer.StoppedBy == StopReason.Budget));
            if (answer.StoppedBy == StopReason.Budget)
                Assert.Contains(answer.Warnings, warning => warning.Contains("budget", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_last_call_that_a_budget_allows_gives_an_answer(string name)
    {
        for (var calls = 1; calls <= 6; calls++)
        {
            var model = New();
            var (response, _) = await Ask(model, ComposedStrategies.Full(name), Settings with { Budget = new() { Calls = calls } });
            Assert.Contains(response.Text, model.Calls.Where(IsAnswering).Select(Reply));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Limits_of_tokens_and_time_leave_an_answer_or_an_error_that_says_so(string name)
    {
        var options = Options;
        options.MaxOutputTokens = null;
        foreach (var budget in (Budget[])[new() { OutputTokens = 30 }, new() { OutputTokens = 3000 }, new() { TotalTokens = 2000 }, new() { Time = TimeSpan.FromMilliseconds(50) }])
        {
            var model = new ScriptedChatClient(async call =>
            {
                if (call.Number >= 3 && budget.Time is not null)
                    await Task.Delay(Timeout.Infinite, call.Cancellation);
                return ScriptedChatClient.Say(Reply(call));
            });
            using var client = new StrategyChatClient(model, ComposedStrategies.Full(name), Settings with { Budget = budget, MaximumConcurrency = 4 });
            try
            {
                var response = await client.GetResponseAsync(Chat, options);
                Assert.NotEmpty(response.Text);
                Assert.True(response.Usage!.OutputTokenCount <= (budget.OutputTokens ?? long.MaxValue));
            }
            catch (StrategyFailedException error)
            {
                Assert.True(error.IsOutOfBudget);
            }

            Assert.Equal(0, model.Running);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Later_calls_are_not_shown_thinking_and_see_calls_of_tools(string name)
    {
        var model = new ScriptedChatClient(call =>
        {
            var reply = Reply(call);
            if (!IsAnswering(call))
                return Task.FromResult(ScriptedChatClient.Say(reply.StartsWith('{') ? reply : $"<think>SECRET</think>{reply}"));
            var response = ScriptedChatClient.Say($"<think>SECRET</think>{reply}");
            response.Messages[0].Contents.Add(new FunctionCallContent("id", "weather", new Dictionary<string, object?> { ["city"] = "Rome" }));
            return Task.FromResult(response);
        });
        var (response, _) = await Ask(model, ComposedStrategies.Full(name));
        Assert.Contains(response.Messages.SelectMany(message => message.Contents), content => content is FunctionCallContent);
        // Judges of other files show texts as they are.
        var seen = model.Calls.Where(call => !call.Last.Contains("\"better\":", StringComparison.Ordinal)).ToList();
        Assert.All(seen, call => Assert.DoesNotContain(call.Messages, message => message.Text.Contains("SECRET", StringComparison.Ordinal)));
        Assert.All(seen.Where(call => call.Messages.Any(message => message.Text.Contains("User: draft", StringComparison.Ordinal))),
            call => Assert.Contains(call.Messages, message => message.Text.Contains("""weather({"city":"Rome"})""", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Cancellation_at_any_call_leaves_none_running(string name)
    {
        foreach (var held in (int[])[0, 1, 3, 6])
        {
            var begun = new TaskCompletionSource();
            var model = new ScriptedChatClient(async call =>
            {
                if (call.Number < held)
                    return ScriptedChatClient.Say(Reply(call));
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, call.Cancellation);
                return ScriptedChatClient.Say("never");
            });
            using var stop = new CancellationTokenSource();
            using var client = new StrategyChatClient(model, ComposedStrategies.Full(name), new() { MaximumConcurrency = 3, Seed = 3 });
            var answering = client.GetResponseAsync(Chat, Options, stop.Token);
            if (await Task.WhenAny(begun.Task, answering) == answering)
                continue;
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
            Assert.Equal(0, model.Running);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_stream_is_the_same_text_with_the_same_usage(string name)
    {
        foreach (var strategy in (InferenceStrategy[])[ComposedStrategies.Full(name), ComposedStrategies.Plain(name)])
        {
            var (response, _) = await Ask(New(), strategy);
            var updates = await Stream(New(), strategy);
            Assert.Equal(response.Text, string.Concat(updates.Select(update => update.Text)).TrimEnd());
            Assert.Equal(response.Usage!.TotalTokenCount, updates.ToChatResponse().Usage!.TotalTokenCount);
            Assert.Single(updates, update => update.FinishReason is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Streaming))]
    public async Task Its_last_call_is_passed_on_word_by_word(string name) =>
        Assert.True((await Stream(New(), ComposedStrategies.Full(name))).Count(update => update.Text.Length > 0) > 5);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Replies_of_helpers_that_are_empty_or_not_what_was_asked_for_leave_an_answer(string name)
    {
        foreach (var bad in (string[])["", "{", "{\"score\": \"high\"} {\"verdict\": 1} {\"analysis\": []} {\"examples\": {}} {\"modules\": [0, 99]} {\"best\": 77} {\"better\": 3}", "[]"])
        {
            var model = New((call, reply) => IsAnswering(call) ? reply : bad);
            var (response, answer) = await Ask(model, ComposedStrategies.Full(name));
            Assert.Contains(response.Text, model.Calls.Where(IsAnswering).Select(Reply));
            Assert.NotEqual(StopReason.Budget, answer.StoppedBy);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Helpers_that_fail_leave_an_answer_that_says_so(string name)
    {
        var model = new ScriptedChatClient(call => IsAnswering(call) ? Task.FromResult(ScriptedChatClient.Say(Reply(call))) : throw new HttpRequestException("503"));
        var (response, answer) = await Ask(model, ComposedStrategies.Full(name));
        Assert.Contains(response.Text, model.Calls.Where(IsAnswering).Select(Reply));
        Assert.Equal(model.Calls.All(IsAnswering), answer.StoppedBy != StopReason.Failures);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_empty_last_answer_gives_way_to_an_earlier_text_in_a_stream_too(string name)
    {
        ScriptedChatClient Model()
        {
            var answered = false;
            return New((call, reply) =>
            {
                if (!IsAnswering(call) || !answered)
                {
                    answered |= IsAnswering(call);
                    return reply;
                }

                return "";
            });
        }

        var (response, _) = await Ask(Model(), ComposedStrategies.Full(name));
        Assert.NotEqual("", response.Text.Trim());
        Assert.Equal(response.Text, string.Concat((await Stream(Model(), ComposedStrategies.Full(name))).Select(update => update.Text)).TrimEnd());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task When_every_call_fails_the_error_says_why(string name)
    {
        var model = new ScriptedChatClient((Func<ScriptedCall, Task<ChatResponse>>)(_ => throw new HttpRequestException("no route")));
        Assert.Contains("no route", (await Assert.ThrowsAsync<StrategyFailedException>(() => Ask(model, ComposedStrategies.Full(name)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_defaults_make_a_strategy_of_its_name_and_its_knobs_have_summaries(string name)
    {
        var definition = StrategyCatalog.Find(ComposedStrategies.NameOf(name))!;
        Assert.Equal(definition.Name, StrategyCatalog.Build(definition.Name, new Dictionary<string, string>()).Name);
        Assert.NotNull(definition.Source);
        Assert.All(definition.Knobs, knob => Assert.NotEmpty(knob.Summary));
        Assert.Equal(definition.Knobs.Count, definition.Knobs.Select(knob => knob.Name).Distinct().Count());
        Assert.All(definition.Aliases, alias => Assert.Same(definition, StrategyCatalog.Find(alias)));
    }
}
