using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Providers;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>A model whose calls are recorded and, where the same call was recorded before, replayed: with its response, usage, cost and duration, and without being made again.</summary>
internal sealed class RecordingChatClient : IChatClient
{
    private readonly RecordedModel _model;
    private readonly string _scope;
    private readonly string _ownScope;
    private readonly int _maximumOutputTokens;
    private int _replayed;

    /// <summary>A model within a scope: calls of the same scope are shared.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="ownScope">The scope of streams: a strategy that reads them lets calls race, and a replayed one would always win.</param>
    /// <param name="maximumOutputTokens">The most output tokens of a call that says no number itself. They are set here and not by the caller of the strategy, whose limits a budget does not lower.</param>
    public RecordingChatClient(RecordedModel model, string scope, string ownScope, int maximumOutputTokens) =>
        (_model, _scope, _ownScope, _maximumOutputTokens) = (model, scope, ownScope, maximumOutputTokens);

    /// <summary>How many calls were replayed.</summary>
    public int Replayed => _replayed;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> chat = [.. messages];
        options = Completed(options);
        var key = _model.KeyOf(chat, options, _scope);
        var (call, isNew) = await _model.CallAsync(key, chat, options, cancellationToken).ConfigureAwait(false);
        if (!isNew)
            Interlocked.Increment(ref _replayed);
        return Copy(call);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> chat = [.. messages];
        options = Completed(options);
        var key = _model.KeyOf(chat, options, _ownScope);
        if (_model.Recorded(key) is { } recorded)
        {
            Interlocked.Increment(ref _replayed);
            foreach (var update in Copy(recorded).ToChatResponseUpdates())
                yield return update;
            yield break;
        }

        await foreach (var update in _model.StreamAsync(key, chat, options, cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata("vilfredo-evaluation", defaultModelId: _model.Model.Definition.Name);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _model.Client.GetService(serviceType, serviceKey);
    }

    public void Dispose()
    {
    }

    private ChatOptions Completed(ChatOptions? options)
    {
        var completed = options?.Clone() ?? new();
        completed.MaxOutputTokens ??= _maximumOutputTokens;
        // They cost a local model nothing, and calls that differ in nothing else are the same call.
        if (_model.Model.Definition.Kind == ModelKind.Local)
            KnownLogProbabilities.Instance.Ask(completed);
        return completed;
    }

    // What a strategy writes onto a response is its own.
    private ChatResponse Copy(CallEntry call)
    {
        var response = call.Response!;
        return new(response.Messages)
        {
            ResponseId = response.ResponseId,
            ModelId = _model.Model.Definition.Name,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            AdditionalProperties = new(response.AdditionalProperties ?? []) { [CallRecord.DurationKey] = call.Duration },
        };
    }
}
