using Microsoft.Extensions.AI;
using Vilfredo.Neural.Generation;

namespace Vilfredo.Neural.Chat;

/// <summary>What a call asks for, checked; what a local model cannot do is refused.</summary>
internal sealed record ChatRequest
{
    public required int[] Prompt { get; init; }

    public required int MaxTokens { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public required IReadOnlyCollection<int> StopTokens { get; init; }

    public required IReadOnlyCollection<string> StopSequences { get; init; }

    /// <summary>Null where the logits stay as they are, and one object for all requests that differ in nothing here, so that they are drawn together.</summary>
    public required Func<TorchSharp.torch.Tensor, IReadOnlyList<IReadOnlyList<int>>, TorchSharp.torch.Tensor>? LogitsProcessor { get; init; }

    public required bool WantsLogProbabilities { get; init; }

    public required long? Seed { get; init; }

    public static ChatRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? options, LocalModel model, ChatTemplate template, LocalChatSettings settings)
    {
        Refuse(options, model);
        var tokenizer = model.Tokenizer;
        var turns = Turns(messages, options).Select(turn => turn with { Text = Tokenization.TextTokenizerExtensions.Disarm(tokenizer, turn.Text) }).ToList();
        if (turns.Count == 0)
            throw new ArgumentException("The chat has no message; give at least one.", nameof(messages));
        var prompt = tokenizer.EncodeMarked(template.Render(turns, tokenizer));
        if (prompt.Length == 0)
            throw new ArgumentException($"The chat has no text, and the template '{template.Name}' adds none; a model needs at least one token to continue.", nameof(messages));
        var room = model.Decoder.Config.MaxPositionEmbeddings - prompt.Length;
        if (room < 1)
            throw new ArgumentException($"The prompt has {prompt.Length} tokens; the model was made for at most {model.Decoder.Config.MaxPositionEmbeddings}, its answer included. Shorten the chat.", nameof(messages));

        var extra = options?.AdditionalProperties;
        var sampling = settings.Sampling with
        {
            Temperature = options?.Temperature ?? settings.Sampling.Temperature,
            TopP = options?.TopP ?? settings.Sampling.TopP,
            TopK = options?.TopK ?? settings.Sampling.TopK,
            MinP = Number(extra, LocalChatClient.MinPKey) ?? settings.Sampling.MinP,
            RepetitionPenalty = Number(extra, LocalChatClient.RepetitionPenaltyKey) ?? settings.Sampling.RepetitionPenalty,
        };
        sampling.Validate();
        var most = options?.MaxOutputTokens ?? settings.MaxOutputTokens;
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(ChatOptions.MaxOutputTokens));
        if (options?.StopSequences?.Any(string.IsNullOrEmpty) == true)
            throw new ArgumentException("A stop sequence is empty; leave it out or give it at least one character.", nameof(options));
        var ends = template.Ends.ToLookup(tokenizer.SpecialTokens.ContainsKey);
        return new()
        {
            Prompt = prompt,
            MaxTokens = Math.Min(most, room),
            Sampling = sampling,
            StopTokens = [.. model.StopTokens.Union(ends[true].Select(name => tokenizer.SpecialTokens[name]))],
            StopSequences = [.. ends[false].Union(options?.StopSequences ?? [])],
            LogitsProcessor = (options?.FrequencyPenalty ?? 0, options?.PresencePenalty ?? 0) is var (frequency, presence) && (frequency != 0 || presence != 0)
                ? new AnswerLogits(prompt.Length, tokenizer.VocabularySize, frequency, presence).Apply
                : model.OnlyKnownTokens,
            WantsLogProbabilities = extra?.TryGetValue(LocalChatClient.LogProbabilitiesKey, out var wanted) == true && wanted is true,
            Seed = options?.Seed,
        };
    }

    private static void Refuse(ChatOptions? options, LocalModel model)
    {
        if (options?.Tools is { Count: > 0 })
            throw new NotSupportedException("A local model is given no tools; leave Tools empty.");
        if (options?.ResponseFormat is not (null or ChatResponseFormatText))
            throw new NotSupportedException($"A local model cannot be held to the response format {options.ResponseFormat.GetType().Name}; leave it out or ask for text.");
        if (options?.ConversationId is not null)
            throw new NotSupportedException("A local model keeps no conversations; leave ConversationId out and send all messages.");
        if (options?.ModelId is { } other && other != model.Name)
            throw new ArgumentException($"This client runs the model '{model.Name}', not '{other}'; leave ModelId out or ask the client of that model.");
        if (!float.IsFinite(options?.FrequencyPenalty ?? 0) || !float.IsFinite(options?.PresencePenalty ?? 0))
            throw new ArgumentException("Frequency and presence penalties must be finite numbers.");
    }

    private static IEnumerable<ChatTurn> Turns(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Instructions is { Length: > 0 } instructions)
            yield return new(ChatRole.System.Value, instructions);
        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System && message.Role != ChatRole.User && message.Role != ChatRole.Assistant)
                throw new NotSupportedException($"A message has the role '{message.Role}'; a local model knows system, user and assistant.");
            if (message.Contents.FirstOrDefault(content => content is not (TextContent or TextReasoningContent or UsageContent)) is { } other)
                throw new NotSupportedException($"A message has content of the type {other.GetType().Name}; a local model reads text only.");
            yield return new(message.Role.Value, message.Text);
        }
    }

    private static double? Number(AdditionalPropertiesDictionary? extra, string key) =>
        extra is null || !extra.ContainsKey(key) ? null : extra.TryGetValue<double>(key, out var number) ? number : throw new ArgumentException($"The additional property '{key}' is {extra[key] ?? "null"}; it must be a number.");
}
