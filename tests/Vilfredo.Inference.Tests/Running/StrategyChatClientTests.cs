using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Inference.Strategies.Voting;
using Vilfredo.Measurement.InferenceCosts;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Running;

public class StrategyChatClientTests
{
    private static readonly PriceTable Prices = new("USD", new(2026, 1, 1), [new("scripted", new(1, 2))]);

    [Fact]
    public async Task The_usage_is_the_sum_over_all_calls()
    {
        var model = new ScriptedChatClient("Answer: 1", "Answer: 2", "Answer: 2");
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(3), new() { Prices = Prices });
        var response = await client.GetResponseAsync("?");
        Assert.Equal("Answer: 2", response.Text);
        Assert.Equal((30, 6, 36), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        var answer = StrategyAnswer.Of(response)!;
        Assert.Equal(42e-6, answer.Calls.Cost!.Value.Amount, 12);
        Assert.Equal(2.0 / 3, answer.Outcome.Confidence!.Value, 12);
        Assert.Equal(12, answer.Calls.CriticalPathTokens);
        Assert.Equal(StopReason.Completed, answer.StoppedBy);
    }

    [Fact]
    public async Task A_vote_of_one_is_one_plain_call()
    {
        var model = new ScriptedChatClient("Answer: 1");
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(1));
        var messages = new ChatMessage[] { new(ChatRole.System, "s"), new(ChatRole.User, "User: x") };
        await client.GetResponseAsync(messages, new() { Temperature = 0.2f, MaxOutputTokens = 7 });
        var call = Assert.Single(model.Calls);
        Assert.Equal(messages.Select(message => (message.Role, message.Text)), call.Messages.Select(message => (message.Role, message.Text)));
        Assert.Equal((0.2f, 7), (call.Options!.Temperature, call.Options.MaxOutputTokens));
    }

    [Fact]
    public async Task A_strategy_that_hits_its_budget_answers_with_what_it_has_and_says_so()
    {
        var model = new ScriptedChatClient("Answer: 1", "Answer: 1", "Answer: 2", "Answer: 2", "Answer: 2");
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(5), new() { Budget = new() { Calls = 2 }, MaximumConcurrency = 1 });
        var response = await client.GetResponseAsync("?");
        Assert.Equal("Answer: 1", response.Text);
        Assert.Equal(2, model.Calls.Count);
        Assert.Equal(StopReason.Budget, StrategyAnswer.Of(response)!.StoppedBy);
        Assert.Contains(StrategyAnswer.Of(response)!.Warnings, warning => warning.Contains("2 calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_budget_that_allows_no_call_is_an_error()
    {
        using var client = new StrategyChatClient(new ScriptedChatClient("x"), new SingleStrategy(), new() { Budget = new() { InputTokens = 1 } });
        var error = await Assert.ThrowsAsync<StrategyFailedException>(() => client.GetResponseAsync("a question of some length"));
        Assert.Contains("input tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_calls_are_bounded_and_all_end_when_the_answer_is_cancelled()
    {
        var held = new TaskCompletionSource();
        var begun = new SemaphoreSlim(0);
        var model = new ScriptedChatClient(async call =>
        {
            begun.Release();
            await held.Task.WaitAsync(call.Cancellation);
            return Say("x");
        });
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(9), new() { MaximumConcurrency = 3 });
        using var stop = new CancellationTokenSource();
        var answering = client.GetResponseAsync("?", cancellationToken: stop.Token);
        for (var i = 0; i < 3; i++)
            await begun.WaitAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Equal((3, 0), (model.MostRunning, model.Running));
    }

    [Fact]
    public async Task Failed_calls_are_counted_and_the_vote_goes_on_without_them()
    {
        var model = new ScriptedChatClient(call => call.Number == 0 ? throw new HttpRequestException("503") : Task.FromResult(Say("Answer: 2")));
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(3));
        var answer = StrategyAnswer.Of(await client.GetResponseAsync("?"))!;
        Assert.Equal(StopReason.Failures, answer.StoppedBy);
        Assert.Equal(1, answer.Calls.Calls.Count(call => call is { Outcome: CallOutcome.Failed, UsageIsEstimated: true }));
    }

    [Fact]
    public async Task When_every_call_fails_the_error_says_why()
    {
        var model = new ScriptedChatClient((Func<ScriptedCall, Task<ChatResponse>>)(_ => throw new HttpRequestException("no route")));
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(2));
        var error = await Assert.ThrowsAsync<StrategyFailedException>(() => client.GetResponseAsync("?"));
        Assert.Contains("no route", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_that_is_missing_is_counted_and_flagged()
    {
        var model = new ScriptedChatClient(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "twelve chars"))));
        using var client = new StrategyChatClient(model, new SingleStrategy());
        var call = StrategyAnswer.Of(await client.GetResponseAsync("?"))!.Calls.Calls[0];
        Assert.True(call.UsageIsEstimated);
        Assert.Equal(3, call.Usage.OutputTokens);
    }

    [Fact]
    public async Task Strategies_nest_and_the_outer_budget_holds_for_the_inner_calls()
    {
        var model = new ScriptedChatClient("Answer: 1");
        using var inner = new StrategyChatClient(model, new MajorityVotingStrategy(2), new() { Prices = Prices });
        using var outer = new StrategyChatClient(inner, new MajorityVotingStrategy(3), new() { Budget = new() { Calls = 4 }, Prices = Prices });
        var answer = StrategyAnswer.Of(await outer.GetResponseAsync("?"))!;
        Assert.Equal(4, model.Calls.Count);
        Assert.Equal(StopReason.Budget, answer.StoppedBy);
        Assert.Equal(48, answer.Calls.TotalTokens);
        Assert.Equal(4, answer.Calls.Leaves.Count());
    }

    [Fact]
    public async Task The_first_samples_of_a_larger_vote_have_the_seeds_of_a_smaller_one()
    {
        async Task<HashSet<long>> Seeds(int attempts)
        {
            var model = new ScriptedChatClient("Answer: 1");
            using var client = new StrategyChatClient(model, new MajorityVotingStrategy(attempts), new() { Seed = 5 });
            await client.GetResponseAsync("?");
            return [.. model.Calls.Select(call => call.Options!.Seed!.Value)];
        }

        var (small, large) = (await Seeds(4), await Seeds(8));
        Assert.Equal((4, 8), (small.Count, large.Count));
        Assert.Subset(large, small);
    }

    [Fact]
    public async Task A_stream_is_the_same_text_and_ends_with_the_usage()
    {
        foreach (var strategy in (InferenceStrategy[])[new SingleStrategy(), new MajorityVotingStrategy(3)])
        {
            var model = new ScriptedChatClient("the Answer: 1");
            using var client = new StrategyChatClient(model, strategy);
            var updates = await client.GetStreamingResponseAsync("?").ToListAsync();
            Assert.Equal("the Answer: 1", string.Concat(updates.Select(update => update.Text)).Trim());
            Assert.Equal(strategy.Plan.Fewest * 13, updates.ToChatResponse().Usage!.TotalTokenCount);
            Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
            Assert.Single(updates, update => update.FinishReason is not null);
        }
    }

    [Fact]
    public async Task A_time_limit_keeps_what_was_ready()
    {
        var model = new ScriptedChatClient(async call =>
        {
            if (call.Number > 0)
                await Task.Delay(Timeout.Infinite, call.Cancellation);
            return Say("Answer: 1");
        });
        using var client = new StrategyChatClient(model, new MajorityVotingStrategy(3), new() { Budget = new() { Time = TimeSpan.FromMilliseconds(200) } });
        var answer = StrategyAnswer.Of(await client.GetResponseAsync("?"))!;
        Assert.Equal(StopReason.Budget, answer.StoppedBy);
        Assert.Equal(2, answer.Calls.Calls.Count(call => call.Outcome == CallOutcome.Cancelled));
    }
}
