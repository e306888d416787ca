using Microsoft.Extensions.AI;
using TorchSharp;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Chat;

public class LocalChatClientTests
{
    private static readonly ChatOptions Greedy = new() { Temperature = 0, MaxOutputTokens = 30 };
    private static readonly ByteTokenizer Tokenizer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_greedy_answer_is_what_the_generator_writes()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        var response = await client.GetResponseAsync("hello", Greedy, Cancellation);
        var direct = Direct(model, "hello", 30);
        Assert.Equal(Tokenizer.Decode(direct.Tokens), response.Text);
        Assert.Equal(6, response.Usage!.InputTokenCount);
        Assert.Equal(direct.Tokens.Count, response.Usage.OutputTokenCount);
        Assert.Equal(6 + direct.Tokens.Count, response.Usage.TotalTokenCount);
        Assert.Equal(direct.Finish == FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("tiny", response.ModelId);
        Assert.Null(response.AdditionalProperties);
    }

    [Fact]
    public async Task Streamed_pieces_join_to_the_answer_with_its_usage_and_log_probabilities()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.ChatMl);
        for (var seed = 0; seed < 5; seed++)
        {
            var options = new ChatOptions { Seed = seed, MaxOutputTokens = 25, AdditionalProperties = new() { [LocalChatClient.LogProbabilitiesKey] = true } };
            var whole = await client.GetResponseAsync("hello", options, Cancellation);
            var updates = await client.GetStreamingResponseAsync("hello", options, Cancellation).ToListAsync(Cancellation);
            var joined = updates.ToChatResponse();
            Assert.True(updates.Count > 3);
            Assert.Equal(whole.Text, joined.Text);
            Assert.Equal(whole.FinishReason, joined.FinishReason);
            Assert.Equal(whole.Usage!.OutputTokenCount, joined.Usage!.OutputTokenCount);
            var probabilities = LogProbabilities(whole.AdditionalProperties);
            Assert.Equal(whole.Usage.OutputTokenCount, probabilities.Count);
            Assert.All(probabilities, probability => Assert.True(probability.LogProbability < 0));
            Assert.Equal(whole.Text, Tokenizer.Decode(probabilities.Where(probability => probability.Token != Tokenizer.EndToken).Select(probability => probability.Token)));
            Assert.Equal(probabilities, updates.SkipLast(1).SelectMany(update => LogProbabilities(update.AdditionalProperties)));
        }
    }

    [Fact]
    public async Task An_answer_ends_before_the_first_stop_sequence_even_one_across_tokens()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        var free = (await client.GetResponseAsync("hello", Greedy, Cancellation)).Text;
        var stop = free.Substring(free.Length / 2, 3);
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 30, StopSequences = ["\u0001never", stop] };
        var stopped = await client.GetResponseAsync("hello", options, Cancellation);
        Assert.Equal(free[..free.IndexOf(stop, StringComparison.Ordinal)], stopped.Text);
        Assert.Equal(ChatFinishReason.Stop, stopped.FinishReason);
        Assert.True(stopped.Usage!.OutputTokenCount < 30);
        var streamed = await client.GetStreamingResponseAsync("hello", options, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(stopped.Text, string.Concat(streamed.Select(update => update.Text)));
    }

    [Fact]
    public async Task A_stop_token_ends_the_answer_without_being_part_of_it()
    {
        using var model = ChatModels.New();
        var head = model.Decoder.get_parameter("lm_head.weight")!;
        using (torch.no_grad())
            head[257].copy_(head[Direct(model, "hello", 3).Tokens[2]] * 1.5);
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        var response = await client.GetResponseAsync("hello", Greedy, Cancellation);
        var direct = Direct(model, "hello", 30);
        Assert.Equal(257, direct.Tokens[^1]);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(direct.Tokens.Count, response.Usage!.OutputTokenCount);
        Assert.Equal(Tokenizer.Decode(direct.Tokens.SkipLast(1)), response.Text);
    }

    [Fact]
    public async Task Seeds_decide_the_answer_and_calls_without_one_draw_anew()
    {
        using var model = ChatModels.New();
        using var first = new LocalChatClient(model, ChatTemplate.Text, new() { Seed = 9, MaxOutputTokens = 20 });
        using var second = new LocalChatClient(model, ChatTemplate.Text, new() { Seed = 9, MaxOutputTokens = 20 });
        var answers = new[] { await Answer(first, null), await Answer(first, null), await Answer(second, null), await Answer(second, null) };
        Assert.NotEqual(answers[0], answers[1]);
        Assert.Equal(answers[..2], answers[2..]);
        Assert.Equal(await Answer(first, 3), await Answer(second, 3));
        Assert.NotEqual(await Answer(first, 3), await Answer(first, 4));

        static async Task<string> Answer(LocalChatClient client, long? seed) => (await client.GetResponseAsync("hello", new() { Seed = seed }, Cancellation)).Text;
    }

    [Fact]
    public async Task Concurrent_calls_give_what_they_give_alone()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        var texts = new[] { "hello", "other", "third" };
        var alone = new List<string>();
        foreach (var text in texts)
            alone.Add((await client.GetResponseAsync(text, Greedy, Cancellation)).Text);
        var together = await Task.WhenAll(texts.Select(async text => (await client.GetResponseAsync(text, Greedy, Cancellation)).Text));
        Assert.Equal(alone, together);
        Assert.Equal(3, alone.Distinct().Count());
    }

    [Fact]
    public async Task A_call_can_be_cancelled_and_a_stream_be_left_and_the_model_is_free_again()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("hello", Greedy, new CancellationToken(canceled: true)));
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("hello", new() { MaxOutputTokens = 100 }, source.Token))
                await source.CancelAsync();
        });
        await foreach (var _ in client.GetStreamingResponseAsync("hello", new() { MaxOutputTokens = 100 }, Cancellation))
            break;
        Assert.Equal(Tokenizer.Decode(Direct(model, "hello", 30).Tokens), (await client.GetResponseAsync("hello", Greedy, Cancellation)).Text);
    }

    [Fact]
    public async Task Penalties_keep_tokens_from_coming_again()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        foreach (var options in new ChatOptions[] { new() { PresencePenalty = 1e6f }, new() { FrequencyPenalty = 1e6f } })
        {
            options.Temperature = 0;
            options.MaxOutputTokens = 60;
            options.AdditionalProperties = new() { [LocalChatClient.LogProbabilitiesKey] = true };
            var tokens = LogProbabilities((await client.GetResponseAsync("hello", options, Cancellation)).AdditionalProperties).Select(probability => probability.Token).ToList();
            Assert.Equal(tokens.Count, tokens.Distinct().Count());
        }

        Assert.NotEqual(60, Direct(model, "hello", 60).Tokens.Distinct().Count());
    }

    [Fact]
    public async Task An_answer_ends_where_the_positions_of_the_model_do()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.BareText);
        var options = new ChatOptions { MaxOutputTokens = 500, PresencePenalty = 1e6f, Temperature = 0 };
        Assert.Equal(20, (await client.GetResponseAsync(new string('a', 100), options, Cancellation)).Usage!.OutputTokenCount);
        Assert.Contains("120", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(new string('a', 120), options, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_local_model_cannot_do_is_refused()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.BareText);
        await Refused<NotSupportedException>("tools", "hello", new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] });
        await Refused<NotSupportedException>("ChatResponseFormatJson", "hello", new() { ResponseFormat = ChatResponseFormat.Json });
        await Refused<NotSupportedException>("conversations", "hello", new() { ConversationId = "1" });
        await Refused<ArgumentException>("'tiny', not 'huge'", "hello", new() { ModelId = "huge" });
        await Refused<ArgumentException>("no text", "", new());
        await Refused<ArgumentException>("min_p", "hello", new() { AdditionalProperties = new() { ["min_p"] = "much" } });
        await Refused<ArgumentException>("stop sequence", "hello", new() { StopSequences = [""] });
        await Refused<ArgumentOutOfRangeException>("TopP", "hello", new() { TopP = 2 });
        await Refused<ArgumentOutOfRangeException>("MaxOutputTokens", "hello", new() { MaxOutputTokens = 0 });
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(new ChatMessage(ChatRole.Tool, "1"), cancellationToken: Cancellation));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(new ChatMessage(ChatRole.User, [new DataContent(new byte[1], "image/png")]), cancellationToken: Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([], cancellationToken: Cancellation));
        Assert.Throws<ArgumentException>(() => new LocalModel(model.Decoder, new CharacterTokenizer(string.Concat(Enumerable.Range(0x4E00, 300).Select(point => (char)point))), "x"));

        async Task Refused<T>(string named, string text, ChatOptions options)
            where T : Exception =>
            Assert.Contains(named, (await Assert.ThrowsAsync<T>(() => client.GetResponseAsync(text, options, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_are_the_client_its_parts_and_its_metadata()
    {
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        Assert.Same(client, client.GetService(typeof(IChatClient)));
        Assert.Same(model, client.GetService<LocalModel>());
        Assert.Equal("tiny", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Null(client.GetService(typeof(string)));
    }

    [Fact]
    public async Task A_saved_folder_is_a_chat_client_again()
    {
        using var folder = new TemporaryFolder();
        using var model = ChatModels.New();
        DecoderCheckpoint.Save(model.Decoder, folder.Path);
        model.Tokenizer.Save(folder.Path);
        File.WriteAllText(folder.File("generation_config.json"), """{"eos_token_id":[65,257]}""");
        var loaded = LocalModel.Load(folder.Path);
        using var client = new LocalChatClient(loaded, ChatTemplate.Text, ownsModel: true);
        Assert.Equal([65, 257], loaded.StopTokens.Order());
        Assert.Equal(Path.GetFileName(folder.Path), loaded.Name);
        using var other = new LocalChatClient(model, ChatTemplate.Text);
        var (expected, given) = (await other.GetResponseAsync("hello", Greedy, Cancellation), await client.GetResponseAsync("hello", Greedy, Cancellation));
        Assert.Equal(expected.Text.Split('A')[0], given.Text);
    }

    private static Continuation Direct(LocalModel model, string text, int most) => new TokenGenerator(model.Decoder).Generate(
        [[256, .. Tokenizer.Encode(text)]],
        new() { MaxTokens = most, Sampling = SamplingOptions.Greedy, StopTokens = [257], LogitsProcessor = (logits, _) => logits.narrow(1, 0, Tokenizer.VocabularySize) },
        new RandomGenerator(0))[0];

    private static IReadOnlyList<TokenLogProbability> LogProbabilities(AdditionalPropertiesDictionary? properties) =>
        Assert.IsAssignableFrom<IReadOnlyList<TokenLogProbability>>(properties![LocalChatClient.LogProbabilitiesKey]);
}
