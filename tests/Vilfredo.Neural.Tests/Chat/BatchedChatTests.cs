using Microsoft.Extensions.AI;
using Vilfredo.Neural.Chat;

namespace Vilfredo.Neural.Tests.Chat;

public class BatchedChatTests
{
    private static readonly string[] Prompts = ["hello", "a", "what is this", "hello", "one more", "0123456789", "x y z", "the end"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    public async Task Answers_in_a_batch_are_those_of_single_calls(double temperature)
    {
        using var model = ChatModels.New();
        using var single = new LocalChatClient(model, ChatTemplate.Text);
        using var batched = Batched(model, Prompts.Length);
        var alone = new List<ChatResponse>();
        foreach (var (i, prompt) in Prompts.Index())
            alone.Add(await single.GetResponseAsync(prompt, Options(i, temperature), Cancellation));
        var together = await Task.WhenAll(Prompts.Select((prompt, i) => batched.GetResponseAsync(prompt, Options(i, temperature), Cancellation)));
        Assert.Equal(alone.Select(one => one.Text), together.Select(one => one.Text));
        Assert.Equal(alone.Select(one => one.FinishReason), together.Select(one => one.FinishReason));
        Assert.Equal(alone.Select(one => one.Usage!.OutputTokenCount), together.Select(one => one.Usage!.OutputTokenCount));
        Assert.Equal(alone.Select(one => one.Usage!.InputTokenCount), together.Select(one => one.Usage!.InputTokenCount));
    }

    [Fact]
    public async Task Calls_with_different_options_share_a_batch()
    {
        using var model = ChatModels.New();
        using var single = new LocalChatClient(model, ChatTemplate.Text);
        using var batched = Batched(model, 5);
        ChatOptions[] options =
        [
            new() { Temperature = 0, MaxOutputTokens = 3 },
            new() { Temperature = 0, MaxOutputTokens = 40 },
            new() { Temperature = 1.2f, Seed = 9, TopK = 5, MaxOutputTokens = 17 },
            new() { Temperature = 0, MaxOutputTokens = 20, FrequencyPenalty = 1.5f },
            new() { Temperature = 0, MaxOutputTokens = 20, AdditionalProperties = new() { [LocalChatClient.LogProbabilitiesKey] = true } },
        ];
        var together = await Task.WhenAll(options.Select(one => batched.GetResponseAsync("hello", one, Cancellation)));
        foreach (var (one, answer) in options.Zip(together))
        {
            var alone = await single.GetResponseAsync("hello", one, Cancellation);
            Assert.Equal(alone.Text, answer.Text);
            Assert.Equal(alone.Usage!.OutputTokenCount, answer.Usage!.OutputTokenCount);
        }

        Assert.True(together[0].Usage!.OutputTokenCount <= 3);
        Assert.NotNull(together[4].AdditionalProperties);
    }

    [Fact]
    public async Task One_of_a_batch_that_is_cancelled_leaves_the_others_alone()
    {
        using var model = ChatModels.New();
        using var single = new LocalChatClient(model, ChatTemplate.Text);
        using var batched = Batched(model, 3);
        using var leaving = new CancellationTokenSource();
        var stays = batched.GetResponseAsync("hello", Options(1, 0, 100), Cancellation);
        var stream = batched.GetStreamingResponseAsync("hello", Options(2, 0, 100), leaving.Token);
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in stream)
            {
                read++;
                await leaving.CancelAsync();
            }
        });
        Assert.True(read >= 1);
        Assert.Equal((await single.GetResponseAsync("hello", Options(1, 0, 100), Cancellation)).Text, (await stays).Text);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_ends_at_once_and_the_model_goes_on()
    {
        using var model = ChatModels.New();
        using var batched = Batched(model, 2);
        using var leaving = new CancellationTokenSource();
        var running = Enumerable.Range(0, 6).Select(i => batched.GetResponseAsync("hello", Options(i, 0, 60), Cancellation)).ToList();
        var waiting = batched.GetResponseAsync("hello", Options(9, 0), leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var answers = await Task.WhenAll(running);
        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Text));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batched.GetResponseAsync("hello", Options(9, 0), new CancellationToken(true)));
    }

    [Fact]
    public async Task More_calls_than_a_batch_holds_are_all_answered()
    {
        using var model = ChatModels.New();
        using var batched = Batched(model, 4);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => batched.GetResponseAsync(Prompts[i % Prompts.Length], Options(i, 0.7, 8), Cancellation)));
        Assert.All(answers, answer => Assert.InRange(answer.Usage!.OutputTokenCount!.Value, 1, 8));
    }

    [Fact]
    public async Task Collections_that_other_threads_start_change_no_answer()
    {
        using var model = ChatModels.New();
        using var client = Batched(model, 4);
        using var stopping = new CancellationTokenSource();
        var collecting = Task.Run(
            () =>
            {
                while (!stopping.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            }, Cancellation);
        var options = new ChatOptions { Temperature = 0.8f, TopP = 0.9f, Seed = 3, MaxOutputTokens = 100, AdditionalProperties = new() { [LocalChatClient.RepetitionPenaltyKey] = 1.1, [LocalChatClient.MinPKey] = 0.01 } };
        var answers = new List<string>();
        for (var i = 0; i < 30; i++)
            answers.Add((await client.GetResponseAsync("hello", options, Cancellation)).Text);
        await stopping.CancelAsync();
        await collecting;
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public void A_batch_holds_at_least_one_call_and_a_wait_is_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalChatSettings { MaximumBatch = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalChatSettings { BatchWait = TimeSpan.FromSeconds(-1) });
    }

    private static LocalChatClient Batched(LocalModel model, int most) => new(model, ChatTemplate.Text, new() { MaximumBatch = most, BatchWait = TimeSpan.FromMilliseconds(50) });

    private static ChatOptions Options(int seed, double temperature, int most = 30) => new() { Temperature = (float)temperature, Seed = seed, MaxOutputTokens = most };
}
