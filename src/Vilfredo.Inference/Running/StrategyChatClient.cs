using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;

namespace Vilfredo.Inference.Running;

/// <summary>A strategy over a chat client is a chat client: it can be cached, traced, nested in another strategy, or served.</summary>
/// <remarks>
/// The response's usage is the sum over all calls, and <see cref="StrategyAnswer.Of"/> gives its account.
/// A stream carries the last call word by word where the strategy knows beforehand which call is the last, and the whole answer at the end otherwise; its last update has the usage.
/// Inside another strategy's call, budgets and the bound of parallel calls of the outer one hold too.
/// </remarks>
public sealed class StrategyChatClient : IChatClient
{
    private readonly IChatClient _client;
    private readonly StrategySettings _settings;

    /// <summary>A strategy over a client.</summary>
    /// <param name="client">The model that it calls where it needs no other; it stays the caller's.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="settings">What holds for every answer; null means the defaults.</param>
    public StrategyChatClient(IChatClient client, InferenceStrategy strategy, StrategySettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(strategy);
        (_client, Strategy, _settings) = (client, strategy, settings ?? new());
    }

    /// <summary>The strategy.</summary>
    public InferenceStrategy Strategy { get; }

    /// <inheritdoc/>
    /// <exception cref="StrategyFailedException">There is no answer at all.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = new StrategyRun(_client, [.. messages], options, _settings, null);
        return await AnswerAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="StrategyFailedException">There is no answer at all.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = Channel.CreateUnbounded<ChatResponseUpdate>(new() { SingleReader = true });
        var run = new StrategyRun(_client, [.. messages], options, _settings, updates.Writer);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answering = AnswerIntoAsync(run, updates.Writer, leaving.Token);
        try
        {
            await foreach (var update in updates.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return update;
            var response = await answering.ConfigureAwait(false);
            if (!run.HasStreamed)
            {
                foreach (var update in response.ToChatResponseUpdates().Where(update => update.Contents.Any(content => content is not UsageContent)))
                {
                    update.FinishReason = null;
                    yield return update;
                }
            }

            yield return new(ChatRole.Assistant, response.Usage is { } usage ? [new UsageContent(usage)] : [])
            {
                ResponseId = response.ResponseId,
                ModelId = response.ModelId,
                FinishReason = response.FinishReason,
                AdditionalProperties = response.AdditionalProperties,
            };
        }
        finally
        {
            // A reader that leaves early ends the calls too.
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType.IsInstanceOfType(this))
            return this;
        return serviceKey is null && serviceType.IsInstanceOfType(Strategy) ? Strategy : _client.GetService(serviceType, serviceKey);
    }

    /// <summary>Does nothing: the client underneath is the caller's.</summary>
    public void Dispose()
    {
    }

    private async Task<ChatResponse> AnswerIntoAsync(StrategyRun run, ChannelWriter<ChatResponseUpdate> updates, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(run, cancellation).ConfigureAwait(false);
        }
        finally
        {
            updates.TryComplete();
        }
    }

    private async Task<ChatResponse> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        StrategyOutcome outcome;
        try
        {
            outcome = await Strategy.AnswerAsync(run, stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            // Whatever a strategy has left running ends with it.
            await stopping.CancelAsync().ConfigureAwait(false);
        }

        var calls = run.Calls;
        var answer = new StrategyAnswer
        {
            Strategy = Strategy.Name,
            Outcome = outcome,
            Calls = calls,
            StoppedBy = run.IsOutOfBudget ? StopReason.Budget : run.HasFailures ? StopReason.Failures : outcome.StoppedEarly ? StopReason.Early : StopReason.Completed,
            Warnings = run.Warnings,
        };
        return Dressed(outcome.Response, answer, calls);
    }

    // The chosen candidate's response is left as it is; the answer is a copy with the account of everything.
    private static ChatResponse Dressed(ChatResponse chosen, StrategyAnswer answer, CallGraph calls) => new(chosen.Messages)
    {
        ResponseId = chosen.ResponseId,
        ConversationId = chosen.ConversationId,
        ModelId = chosen.ModelId,
        CreatedAt = chosen.CreatedAt,
        FinishReason = chosen.FinishReason,
        RawRepresentation = chosen.RawRepresentation,
        Usage = new()
        {
            InputTokenCount = calls.Usage.InputTokens,
            OutputTokenCount = calls.Usage.OutputTokens,
            TotalTokenCount = calls.TotalTokens,
            CachedInputTokenCount = calls.Usage.CachedInputTokens,
            ReasoningTokenCount = calls.ReasoningTokens,
        },
        AdditionalProperties = new(chosen.AdditionalProperties ?? []) { [StrategyAnswer.Key] = answer },
    };
}
