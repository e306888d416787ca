using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>A model of an evaluation with the one way in which it is called.</summary>
internal sealed class RecordedModel(EvaluatedModel model, IChatClient client, string identity, EvaluationStore store, BudgetLedger total, ITokenCounter tokens, string currency, bool sharesCalls, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<CallEntry>>> _underWay = new(StringComparer.Ordinal);

    public EvaluatedModel Model => model;

    public IChatClient Client => client;

    /// <summary>What tells the model from others: its place, and for local ones its weights.</summary>
    public string Identity => identity;

    public ITokenCounter Tokens => tokens;

    /// <summary>Whether the budget of the whole evaluation kept a call from being made.</summary>
    public bool IsOutOfBudget { get; private set; }

    public string KeyOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string scope)
    {
        var text = JsonSerializer.Serialize(new { identity, scope, messages = messages.Select(message => new { role = message.Role.Value, message.Contents }), options }, AIJsonUtilities.DefaultOptions);
        // Options are written without their tools.
        if (options?.Tools is { Count: > 0 } tools)
            text += JsonSerializer.Serialize(tools.Select(tool => new { tool.Name, tool.Description, schema = (tool as AIFunctionDeclaration)?.JsonSchema }), AIJsonUtilities.DefaultOptions);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The recorded call, the same call that is under way for another answer, or a new one.</summary>
    public async Task<(CallEntry Call, bool IsNew)> CallAsync(string key, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        while (true)
        {
            var isNew = false;
            var call = _underWay.GetOrAdd(key, _ => new(() =>
            {
                if (store.FindCall(key) is { } recorded)
                    return Task.FromResult(recorded);
                isNew = true;
                return MakeAsync(key, messages, options, cancellation);
            }));
            try
            {
                return (await call.Value.WaitAsync(cancellation).ConfigureAwait(false), isNew);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && !isNew)
            {
                // The answer for which it was made was cancelled, ours was not.
            }
            finally
            {
                // A call that others may ask for is kept: on its way to the disk it can be found nowhere else.
                if (!sharesCalls || !call.Value.IsCompletedSuccessfully)
                    _underWay.TryRemove(KeyValuePair.Create(key, call));
            }
        }
    }

    /// <summary>The recorded call; null when there is none.</summary>
    public CallEntry? Recorded(string key) => store.FindCall(key);

    /// <summary>Makes a call and passes its words on. One that is left before its end is recorded with what it had written, and never replayed.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(string key, IReadOnlyList<ChatMessage> messages, ChatOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reservation = await ReserveAsync(tokens.Count(messages), options, cancellation).ConfigureAwait(false);
        var (started, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var updates = new List<ChatResponseUpdate>();
        var isComplete = false;
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellation).ConfigureAwait(false))
            {
                update.ModelId = model.Definition.Name;
                updates.Add(update);
                yield return update;
            }

            isComplete = true;
        }
        finally
        {
            var response = WithLogProbabilities(updates.ToChatResponse());
            var usage = UsageOf(response, messages);
            var cost = model.Definition.Price?.Of(usage);
            reservation.Settle(usage, cost is { } amount ? new Money(amount, currency) : null);
            store.Record(new()
            {
                Key = isComplete ? key : null,
                Model = model.Definition.Name,
                Started = started,
                Duration = time.GetElapsedTime(stamp),
                Usage = usage,
                Cost = cost,
                Response = isComplete ? response : null,
                Error = isComplete ? null : "left before its end",
            });
        }
    }

    private async Task<BudgetReservation> ReserveAsync(int input, ChatOptions? options, CancellationToken cancellation)
    {
        var price = model.Definition.Price;
        try
        {
            return await total.ReserveAsync(
                new(input, options?.MaxOutputTokens ?? 1024, options?.MaxOutputTokens is null, price, price is null ? null : currency), cancellation).ConfigureAwait(false);
        }
        catch (BudgetExhaustedException)
        {
            IsOutOfBudget = true;
            throw;
        }
    }

    // In one form whatever the client, so that they can be recorded and read back.
    private static ChatResponse WithLogProbabilities(ChatResponse response)
    {
        if (KnownLogProbabilities.Instance.Read(response) is { } choices)
            (response.AdditionalProperties ??= [])[KnownLogProbabilities.Key] = choices;
        return response;
    }

    private async Task<CallEntry> MakeAsync(string key, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        var price = model.Definition.Price;
        using var reservation = await ReserveAsync(tokens.Count(messages), options, cancellation).ConfigureAwait(false);
        var (started, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var response = WithLogProbabilities(await client.GetResponseAsync(messages, options, cancellation).ConfigureAwait(false));
            var entry = new CallEntry { Key = key, Model = model.Definition.Name, Started = started, Duration = time.GetElapsedTime(stamp), Response = response };
            var usage = UsageOf(response, messages);
            entry = entry with { Usage = usage, Cost = price?.Of(usage) };
            reservation.Settle(usage, entry.Cost is { } cost ? new Money(cost, currency) : null);
            store.Record(entry);
            return entry;
        }
        catch (Exception error)
        {
            // The provider has read the request even when its answer never came.
            var usage = new TokenUsage(tokens.OfUsage.Count(messages), 0);
            var cost = price?.Of(usage);
            reservation.Settle(usage, cost is { } amount ? new Money(amount, currency) : null);
            store.Record(new() { Model = model.Definition.Name, Started = started, Duration = time.GetElapsedTime(stamp), Usage = usage, Cost = cost, Error = error.Message });
            throw;
        }
    }

    private TokenUsage UsageOf(ChatResponse response, IReadOnlyList<ChatMessage> messages)
    {
        var read = Math.Max(0, response.Usage?.InputTokenCount ?? tokens.OfUsage.Count(messages));
        var written = Math.Max(0, response.Usage?.OutputTokenCount ?? tokens.OfUsage.Count(response.Text));
        return new(read, written, Math.Clamp(response.Usage?.CachedInputTokenCount ?? 0, 0, read));
    }
}
