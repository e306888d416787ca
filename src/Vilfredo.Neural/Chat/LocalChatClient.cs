using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Chat;

/// <summary>A local model as a chat client.</summary>
/// <remarks>
/// Safe to call from several threads; calls on one model wait for each other, since a model on a processor gains nothing from running twice at once.
/// With <see cref="LocalChatSettings.MaximumBatch"/> above 1, calls that wait are decoded together, each with its own options, seed and limits, and each from its own random stream: an answer does not depend on
/// what it is decoded with, except where the rounding of the logits, which depends on the shape of the batch, decides between two tokens.
/// Read are <c>Temperature</c>, <c>TopK</c>, <c>TopP</c>, <c>MaxOutputTokens</c>, <c>StopSequences</c>, <c>Seed</c>, <c>FrequencyPenalty</c>, <c>PresencePenalty</c>, <c>Instructions</c>
/// and the additional properties of the constants here. Tools, other formats than text, conversation ids and other content than text are refused.
/// Output tokens in the usage are all that were drawn, the one that ends the answer included.
/// </remarks>
public sealed class LocalChatClient : IChatClient
{
    /// <summary>In a call's additional properties, true asks for log-probabilities; in the answer's and each update's it is the list of <see cref="TokenLogProbability"/> behind the text.</summary>
    public const string LogProbabilitiesKey = "logprobs";

    /// <summary>In a call's additional properties, <see cref="SamplingOptions.MinP"/>.</summary>
    public const string MinPKey = "min_p";

    /// <summary>In a call's additional properties, <see cref="SamplingOptions.RepetitionPenalty"/>.</summary>
    public const string RepetitionPenaltyKey = "repetition_penalty";

    private readonly LocalModel _model;
    private readonly ChatTemplate _template;
    private readonly ChatBatches _batches;
    private readonly LocalChatSettings _settings;
    private readonly bool _ownsModel;
    private readonly RandomGenerator _random;
    private readonly Lock _randomLock = new();
    private int _calls;

    /// <summary>A client of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="template">The form of chat that it was trained on.</param>
    /// <param name="settings">What holds for every call; null means the defaults.</param>
    /// <param name="ownsModel">Whether the model is disposed with the client.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public LocalChatClient(LocalModel model, ChatTemplate template, LocalChatSettings? settings = null, bool ownsModel = false)
    {
        (_model, _template, _settings, _ownsModel) = (model, template, settings ?? new(), ownsModel);
        _settings.Sampling.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(_settings.MaxOutputTokens, 1, nameof(LocalChatSettings.MaxOutputTokens));
        _batches = new(model, _settings);
        _random = new RandomGenerator(_settings.Seed);
    }

    /// <summary>A client of the model in a folder, with the template that the model comes with, or else <see cref="ChatTemplate.Text"/>. It owns the model.</summary>
    /// <param name="folder">The folder, as for <see cref="LocalModel.Load"/>.</param>
    /// <param name="settings">What holds for every call; null means the defaults.</param>
    /// <param name="switches">Values that the model's template looks at beside the chat, such as <c>enable_thinking</c>.</param>
    /// <exception cref="ChatTemplateException">The template cannot be read; choose one of the built-in ones with the constructor.</exception>
    public static LocalChatClient FromFolder(string folder, LocalChatSettings? settings = null, IReadOnlyDictionary<string, object>? switches = null)
    {
        var template = ChatTemplate.FromFolder(folder, switches) ?? ChatTemplate.Text;
        return new(LocalModel.Load(folder), template, settings, ownsModel: true);
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Read(messages, options, _model, _template, _settings);
        var random = RandomOf(request);
        var pieces = new List<ChatPiece>();
        var ending = await _batches.RunAsync(new(request, _model, random, pieces.Add, cancellationToken), cancellationToken).ConfigureAwait(false);
        var id = NextId();
        var message = new ChatMessage(ChatRole.Assistant, string.Concat(pieces.Select(piece => piece.Text))) { MessageId = id };
        var response = new ChatResponse(message) { ResponseId = id, ModelId = _model.Name, CreatedAt = _settings.Time.GetUtcNow(), FinishReason = ending.Finish, Usage = ending.Usage };
        if (request.WantsLogProbabilities)
            response.AdditionalProperties = new() { [LogProbabilitiesKey] = pieces.SelectMany(piece => piece.LogProbabilities).ToList() };
        return response;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Read(messages, options, _model, _template, _settings);
        var random = RandomOf(request);
        var id = NextId();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pieces = Channel.CreateUnbounded<ChatPiece>(new() { SingleReader = true, SingleWriter = true });
        var answering = AnswerInto(pieces.Writer, request, random, stopping.Token);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var update = Update(new TextContent(piece.Text));
                if (request.WantsLogProbabilities)
                    update.AdditionalProperties = new() { [LogProbabilitiesKey] = piece.LogProbabilities };
                yield return update;
            }

            var ending = await answering.ConfigureAwait(false);
            var last = Update(new UsageContent(ending.Usage));
            last.FinishReason = ending.Finish;
            yield return last;
        }
        finally
        {
            // A reader that leaves early stops the model too.
            await stopping.CancelAsync().ConfigureAwait(false);
            await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ChatResponseUpdate Update(AIContent content) =>
            new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = _model.Name, CreatedAt = _settings.Time.GetUtcNow() };
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null)
            return null;
        object[] services = [this, _model, _template, _model.Tokenizer, new ChatClientMetadata("vilfredo-local", defaultModelId: _model.Name)];
        return services.FirstOrDefault(serviceType.IsInstanceOfType);
    }

    /// <summary>Disposes the model where the client owns it.</summary>
    public void Dispose()
    {
        if (_ownsModel)
            _model.Dispose();
    }

    private async Task<ChatEnding> AnswerInto(ChannelWriter<ChatPiece> writer, ChatRequest request, RandomGenerator random, CancellationToken cancellation)
    {
        try
        {
            return await _batches.RunAsync(new(request, _model, random, piece => writer.TryWrite(piece), cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            writer.Complete();
        }
    }

    private RandomGenerator RandomOf(ChatRequest request)
    {
        if (request.Seed is { } seed)
            return new RandomGenerator(unchecked((ulong)seed));
        lock (_randomLock)
            return _random.Split();
    }

    private string NextId() => $"{_model.Name}-{Interlocked.Increment(ref _calls)}";
}
