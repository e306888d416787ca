using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Calls;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Running;

/// <summary>One answer in the making: the question, the model and the only way in which a strategy calls models, so that every call is budgeted, bounded, seeded, counted and cancelled alike.</summary>
public sealed class StrategyRun
{
    private static readonly AsyncLocal<StrategyRun?> Ambient = new();

    private readonly IChatClient _client;
    private readonly List<CallRecord> _calls = [];
    private readonly List<string> _warnings = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots;
    private readonly ChannelWriter<ChatResponseUpdate>? _stream;
    private readonly ulong _seed;
    private Exception? _lastFailure;

    internal StrategyRun(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions? options, StrategySettings settings, ChannelWriter<ChatResponseUpdate>? stream)
    {
        (_client, Messages, Options, Settings, _stream) = (client, messages, options, settings, stream);
        var outer = Ambient.Value;
        Ledger = new(settings.Budget, outer?.Ledger, settings.Time);
        _slots = outer?._slots ?? new(settings.MaximumConcurrency);
        HasSeed = (options?.Seed ?? settings.Seed) is not null;
        _seed = (options?.Seed ?? settings.Seed) is { } seed ? unchecked((ulong)seed) : unchecked((ulong)Random.Shared.NextInt64());
    }

    /// <summary>The question, with all its turns.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The caller's options.</summary>
    public ChatOptions? Options { get; }

    /// <summary>What holds for the whole answer.</summary>
    public StrategySettings Settings { get; }

    /// <summary>The budget.</summary>
    public BudgetLedger Ledger { get; }

    /// <summary>Whether a budget ended a call or kept one from being made.</summary>
    public bool IsOutOfBudget { get; private set; }

    /// <summary>Whether a call failed.</summary>
    public bool HasFailures => _lastFailure is not null;

    /// <summary>The calls so far.</summary>
    public CallGraph Calls
    {
        get
        {
            lock (_lock)
                return new([.. _calls]);
        }
    }

    internal IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock)
                return [.. _warnings.Distinct()];
        }
    }

    internal bool HasSeed { get; }

    /// <summary>The model that is called where a call names no other.</summary>
    internal IChatClient Client => _client;

    /// <summary>The text of the last turn of the user.</summary>
    public string Question => Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";

    /// <summary>A random stream that depends on the seed and the name alone.</summary>
    public RandomGenerator RandomFor(string purpose) => new(_seed, StableHash.Of(purpose));

    /// <summary>Tells the user something that is no reason to stop.</summary>
    public void Warn(string message)
    {
        lock (_lock)
            _warnings.Add(message);
    }

    /// <summary>The question with turns added behind it.</summary>
    public IReadOnlyList<ChatMessage> MessagesWith(params IEnumerable<ChatMessage> more) => [.. Messages, .. more];

    /// <summary>Makes a call. Null when a budget forbids it, or it fails: then <see cref="IsOutOfBudget"/> or <see cref="HasFailures"/> says which, and the account has it.</summary>
    /// <exception cref="OperationCanceledException">The answer was cancelled.</exception>
    public Task<Candidate?> TryCallAsync(CallRequest request, CancellationToken cancellation) => TryAsync(request, false, cancellation);

    /// <summary>Makes the call whose text is the answer; it is passed on word by word when the caller reads a stream. Otherwise as <see cref="TryCallAsync"/>.</summary>
    /// <remarks>Once words have been passed on, a failure is the caller's: another answer cannot follow them.</remarks>
    public Task<Candidate?> TryFinalCallAsync(CallRequest request, CancellationToken cancellation) => TryAsync(request, _stream is not null, cancellation);

    /// <summary>Makes several calls side by side, and returns those that succeeded, in the order of the requests.</summary>
    /// <exception cref="OperationCanceledException">The answer was cancelled.</exception>
    public async Task<IReadOnlyList<Candidate>> CallAllAsync(IEnumerable<CallRequest> requests, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(requests.Select(request => TryCallAsync(request, cancellation))).ConfigureAwait(false);
        return [.. answers.OfType<Candidate>()];
    }

    /// <summary>Makes several independent attempts at the question.</summary>
    /// <param name="count">How many.</param>
    /// <param name="template">What they have in common; its place among siblings is where they begin to be counted.</param>
    /// <param name="cancellation">Ends them.</param>
    /// <exception cref="StrategyFailedException">Fewer succeeded than <see cref="StrategySettings.MinimumSuccessful"/>, or than <paramref name="count"/> where that is less.</exception>
    public async Task<IReadOnlyList<Candidate>> SampleAsync(int count, CallRequest template, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(template);
        return await SampleAsync([.. Enumerable.Range(template.Sibling, count).Select(sibling => template with { Sibling = sibling })], cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes several independent attempts at the question that differ in more than their seeds, such as in the model.</summary>
    /// <param name="requests">The attempts, at least one.</param>
    /// <param name="cancellation">Ends them.</param>
    /// <exception cref="StrategyFailedException">Fewer succeeded than <see cref="StrategySettings.MinimumSuccessful"/>, or than there are where that is less.</exception>
    public async Task<IReadOnlyList<Candidate>> SampleAsync(IReadOnlyList<CallRequest> requests, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var count = requests.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(requests));
        var candidates = await CallAllAsync(requests, cancellation).ConfigureAwait(false);
        if (candidates.Count < Math.Min(count, Settings.MinimumSuccessful) && !(IsOutOfBudget && candidates.Count > 0))
            throw Failed($"{candidates.Count} of {count} attempts succeeded; at least {Math.Min(count, Settings.MinimumSuccessful)} must.");
        if (candidates.Count > 1 && candidates.All(candidate => candidate.Text == candidates[0].Text))
            Warn($"All {candidates.Count} attempts have the same text; the model may ignore the temperature, and more attempts of this kind are wasted.");
        return candidates;
    }

    /// <summary>Whether the budgets of calls allow some calls beside those made and under way. Where they do not, the run counts as out of budget: the strategy goes on to its answer with fewer calls than it would have made.</summary>
    /// <remarks>For calls that prepare an answer, so that the last call that is allowed is the one that gives it.</remarks>
    /// <param name="calls">The calls, at least 1.</param>
    public bool HasRoomFor(int calls)
    {
        for (var ledger = Ledger; ledger is not null; ledger = ledger.Parent)
        {
            if (ledger.Budget.Calls is not { } limit || ledger.Spent.Calls + ledger.Held.Calls + calls <= limit)
                continue;
            EndForBudget($"The budget of {limit} calls leaves no room for all steps of the strategy, so some were left out.");
            return false;
        }

        return true;
    }

    /// <summary>The error of a strategy that has nothing to answer with.</summary>
    public StrategyFailedException Failed(string message) =>
        new(string.Join(" ", [message, .. Warnings.TakeLast(3)]), IsOutOfBudget, _lastFailure);

    /// <summary>The candidate, or the error that there is nothing to answer with.</summary>
    public Candidate Require([NotNull] Candidate? candidate, string message = "The call gave no answer.") => candidate ?? throw Failed(message);

    /// <summary>Says that a limit of the strategy's own, which is a budget to the caller, has ended the work.</summary>
    internal void EndForBudget(string message)
    {
        IsOutOfBudget = true;
        Warn(message);
    }

    internal Exception? LastFailure => _lastFailure;

    internal bool HasStreamed { get; private set; }

    /// <summary>Whether calls of these sizes would fit into the budget one after the other, with what is under way.</summary>
    internal bool Fits(params ReadOnlySpan<(long InputTokens, long OutputTokens)> calls)
    {
        if (!HasBudget())
            return true;
        var model = Options?.ModelId ?? _client.GetService<ChatClientMetadata>()?.DefaultModelId;
        var estimates = new CallEstimate[calls.Length];
        for (var i = 0; i < calls.Length; i++)
            estimates[i] = new(calls[i].InputTokens, calls[i].OutputTokens, false, PriceOf(model), Settings.Prices?.Currency);
        return Ledger.Fits(estimates);
    }

    /// <summary>Makes a call of something that is no chat model, such as an embedder, within the budget and on the account. Null as <see cref="TryCallAsync"/>.</summary>
    internal async Task<(Candidate Call, T Value)?> TryOtherCallAsync<T>(CallRequest request, string? model, long inputTokens, Func<CancellationToken, Task<(T Value, long? InputTokens)>> call, CancellationToken cancellation)
        where T : class
    {
        BudgetReservation? reservation = null;
        try
        {
            reservation = await Ledger.ReserveAsync(new(inputTokens, 0, false, PriceOf(model), Settings.Prices?.Currency), cancellation).ConfigureAwait(false);
            var (started, stamp) = (Settings.Time.GetUtcNow(), Settings.Time.GetTimestamp());
            var (value, reported) = await call(cancellation).ConfigureAwait(false);
            var usage = new TokenUsage(reported ?? inputTokens, 0);
            var cost = PriceOf(model) is { } price ? new Money(price.Of(usage), Settings.Prices!.Currency) : (Money?)null;
            reservation.Settle(usage, cost);
            var record = Add(new()
            {
                Id = 0,
                Role = request.Role,
                Round = request.Round,
                Sibling = request.Sibling,
                Parents = [.. request.After.Select(candidate => candidate.Call.Id)],
                Model = model,
                Usage = usage,
                UsageIsEstimated = reported is null,
                Cost = cost,
                Started = started,
                Duration = Settings.Time.GetElapsedTime(stamp),
            });
            return (new(record, new()), value);
        }
        catch (BudgetExhaustedException error)
        {
            EndForBudget(error.Message);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            _lastFailure = error;
            Warn($"A call failed ({request.Role}): {error.Message}");
        }
        finally
        {
            reservation?.Dispose();
        }

        return null;
    }

    /// <summary>The seed of a call, from that of its answer and its place in it.</summary>
    internal static long SeedOfCall(ulong seed, string role, int round, int sibling) => new RandomGenerator(seed, StableHash.Of($"{role}/{round}/{sibling}")).NextInt64(0, int.MaxValue);

    internal IDisposable Enter()
    {
        var outer = Ambient.Value;
        Ambient.Value = this;
        return new Leaving(outer);
    }

    private async Task<Candidate?> TryAsync(CallRequest request, bool streams, CancellationToken cancellation)
    {
        try
        {
            return await CallAsync(request, streams, cancellation).ConfigureAwait(false);
        }
        catch (BudgetExhaustedException error)
        {
            EndForBudget(error.Message);
        }
        catch (StrategyFailedException error) when (error.IsOutOfBudget)
        {
            EndForBudget(error.Message);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && !(streams && HasStreamed))
        {
            _lastFailure = error;
            Warn($"A call failed ({request.Role}): {error.Message}");
        }

        return null;
    }

    private async Task<Candidate> CallAsync(CallRequest request, bool streams, CancellationToken cancellation)
    {
        var client = request.Client ?? _client;
        var messages = request.Messages ?? Messages;
        var options = OptionsFor(request);
        // A nested strategy reserves for its own calls, in a ledger inside ours.
        var isNested = client.GetService(typeof(StrategyChatClient)) is not null;
        var asked = options.ModelId ?? client.GetService<ChatClientMetadata>()?.DefaultModelId;
        var deadline = Ledger.TimeLeft is { } left
            ? new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, Settings.Time)
            : new CancellationTokenSource();
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var owned = deadline;
        BudgetReservation? reservation = null;
        var holdsSlot = false;
        var seen = new List<ChatResponseUpdate>();
        var started = Settings.Time.GetUtcNow();
        var stamp = Settings.Time.GetTimestamp();
        try
        {
            if (!isNested)
            {
                reservation = await Ledger.ReserveAsync(EstimateOf(messages, options, asked), limits.Token).ConfigureAwait(false);
                if (options.MaxOutputTokens is { } limit && reservation.OutputTokens < limit || options.MaxOutputTokens is null && IsLimited())
                    options.MaxOutputTokens = (int)reservation.OutputTokens;
                await _slots.WaitAsync(limits.Token).ConfigureAwait(false);
                holdsSlot = true;
                (started, stamp) = (Settings.Time.GetUtcNow(), Settings.Time.GetTimestamp());
            }

            using var entered = Enter();
            var response = streams || request.CountsPartial
                ? await ReadStreamAsync(client, messages, options, streams, seen, limits.Token).ConfigureAwait(false)
                : await client.GetResponseAsync(messages, options, limits.Token).ConfigureAwait(false);
            var record = Account(request, response, messages, asked) with { Started = started, Duration = DurationOf(response) ?? Settings.Time.GetElapsedTime(stamp) };
            reservation?.Settle(record.Usage, record.Cost);
            return new(Add(record), response);
        }
        catch (BudgetExhaustedException)
        {
            throw;
        }
        catch (Exception error)
        {
            var cancelled = error is OperationCanceledException && limits.IsCancellationRequested;
            // The provider has read the request even when its answer never came, and has written at least what was seen of it.
            var usage = reservation is not null && holdsSlot ? new TokenUsage(Settings.Tokens.OfUsage.Count(messages), Settings.Tokens.OfUsage.Count(string.Concat(seen.Select(update => update.Text)))) : default;
            if (!isNested && holdsSlot)
            {
                var cost = PriceOf(asked)?.Of(usage) is { } amount ? new Money(amount, Settings.Prices!.Currency) : (Money?)null;
                reservation?.Settle(usage, cost);
                Add(new()
                {
                    Id = 0,
                    Role = request.Role,
                    Round = request.Round,
                    Sibling = request.Sibling,
                    Parents = [.. request.After.Select(candidate => candidate.Call.Id)],
                    Model = asked,
                    Usage = usage,
                    UsageIsEstimated = true,
                    Cost = cost,
                    Started = started,
                    Duration = Settings.Time.GetElapsedTime(stamp),
                    Outcome = cancelled ? CallOutcome.Cancelled : CallOutcome.Failed,
                    Error = error.Message,
                });
            }

            if (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested && cancelled)
                throw new BudgetExhaustedException(BudgetLimit.Time, "The time limit of the budget passed while a call was under way.");
            throw;
        }
        finally
        {
            reservation?.Dispose();
            if (holdsSlot)
                _slots.Release();
        }
    }

    private bool HasBudget()
    {
        for (var ledger = Ledger; ledger is not null; ledger = ledger.Parent)
        {
            if (ledger.Budget != Budget.Unlimited)
                return true;
        }

        return false;
    }

    private bool IsLimited()
    {
        for (var ledger = Ledger; ledger is not null; ledger = ledger.Parent)
        {
            if (ledger.Budget is not { OutputTokens: null, TotalTokens: null, Money: null })
                return true;
        }

        return false;
    }

    private CallEstimate EstimateOf(IReadOnlyList<ChatMessage> messages, ChatOptions options, string? model) =>
        new(Settings.Tokens.Count(messages) + Settings.Tokens.Count(options.Tools ?? []), options.MaxOutputTokens ?? Settings.AssumedOutputTokens, options.MaxOutputTokens is null, PriceOf(model), Settings.Prices?.Currency);

    private TokenPrice? PriceOf(string? model) =>
        model is null ? null : Settings.Prices?.Find(model);

    private ChatOptions OptionsFor(CallRequest request)
    {
        var options = request.OverridesOptions ? new ChatOptions { ModelId = Options?.ModelId } : Options?.Clone() ?? new ChatOptions();
        if (request.Temperature is { } temperature)
            options.Temperature ??= (float)temperature;
        options.MaxOutputTokens ??= request.MaximumOutputTokens;
        // The seed names the call, not its turn: the first samples of a larger vote are those of a smaller one.
        if (HasSeed)
            options.Seed = SeedOfCall(_seed, request.Role, request.Round, request.Sibling);
        request.Configure?.Invoke(options);
        return options;
    }

    private async Task<ChatResponse> ReadStreamAsync(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, bool passesOn, List<ChatResponseUpdate> updates, CancellationToken cancellation)
    {
        var held = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellation).ConfigureAwait(false))
        {
            updates.Add(update);
            // The usage of the last call is not that of the answer.
            if (!passesOn || !update.Contents.Any(content => content is not UsageContent))
                continue;
            held.Add(WithoutUsage(update));
            // As long as nothing but blanks is there, another answer may still take the place of this one.
            if (!HasStreamed && update.Contents.All(content => content is UsageContent || (content is TextContent text && string.IsNullOrWhiteSpace(text.Text))))
                continue;
            HasStreamed = true;
            foreach (var ready in held)
                await _stream!.WriteAsync(ready, cancellation).ConfigureAwait(false);
            held.Clear();
        }

        var response = updates.ToChatResponse();
        return updates.Count > 0 ? response : throw new InvalidOperationException("The model's stream ended without anything.");
    }

    private static ChatResponseUpdate WithoutUsage(ChatResponseUpdate update)
    {
        if (!update.Contents.Any(content => content is UsageContent) && update.FinishReason is null)
            return update;
        var copy = update.Clone();
        copy.Contents = [.. update.Contents.Where(content => content is not UsageContent)];
        copy.FinishReason = null;
        return copy;
    }

    private CallRecord Account(CallRequest request, ChatResponse response, IReadOnlyList<ChatMessage> messages, string? asked)
    {
        var inner = StrategyAnswer.Of(response);
        IsOutOfBudget |= inner?.StoppedBy == StopReason.Budget;
        var model = response.ModelId ?? asked;
        var isReported = response.Usage is { InputTokenCount: not null, OutputTokenCount: not null };
        var usage = inner?.Calls.Usage ?? (isReported
            ? UsageOf(response.Usage!)
            : new TokenUsage(response.Usage?.InputTokenCount ?? Settings.Tokens.OfUsage.Count(messages), response.Usage?.OutputTokenCount ?? Settings.Tokens.OfUsage.Count(response.Text)));
        var price = PriceOf(model) ?? PriceOf(asked);
        return new()
        {
            Id = 0,
            Role = request.Role,
            Round = request.Round,
            Sibling = request.Sibling,
            Parents = [.. request.After.Select(candidate => candidate.Call.Id)],
            Model = model,
            Usage = usage,
            ReasoningTokens = response.Usage?.ReasoningTokenCount ?? 0,
            UsageIsEstimated = inner?.Calls.UsageIsEstimated ?? !isReported,
            Cost = inner is not null ? inner.Calls.Cost : price is null ? null : new Money(price.Of(usage), Settings.Prices!.Currency),
            FinishReason = response.FinishReason,
            Inner = inner?.Calls,
        };
    }

    // A nested strategy passes on the recorded time of the call that it chose; what was waited for are all of its calls.
    private static TimeSpan? DurationOf(ChatResponse response) =>
        response.AdditionalProperties?.TryGetValue(CallRecord.DurationKey, out var value) == true ? StrategyAnswer.Of(response)?.Calls.CriticalPath ?? value as TimeSpan? : null;

    private static TokenUsage UsageOf(UsageDetails usage)
    {
        var input = Math.Max(0, usage.InputTokenCount!.Value);
        return new(input, Math.Max(0, usage.OutputTokenCount!.Value), Math.Clamp(usage.CachedInputTokenCount ?? 0, 0, input));
    }

    private CallRecord Add(CallRecord record)
    {
        lock (_lock)
        {
            record = record with { Id = _calls.Count };
            _calls.Add(record);
        }

        Settings.Progress?.Report(record);
        return record;
    }

    private sealed class Leaving(StrategyRun? outer) : IDisposable
    {
        public void Dispose() => Ambient.Value = outer;
    }
}
