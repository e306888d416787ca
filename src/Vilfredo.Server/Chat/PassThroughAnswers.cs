using System.Text;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Measurement;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>Answers of points that are one plain call of an endpoint: request and answer pass through as bytes, with what is not known here too, and only what accounts need is read.</summary>
internal sealed class PassThroughAnswers : IAnswers
{
    private static readonly ITokenCounter Tokens = new StrategySettings().Tokens.OfUsage;

    /// <summary>Whether a point can answer a request so under a budget: what limits tokens, money or time is watched call by call instead, and candidates are a strategy's.</summary>
    public static bool CanAnswer(ServedPoint point, ChatCompletionRequest request, Budget budget) =>
        point.PassThrough is not null && !request.ReturnsCandidates && budget is { InputTokens: null, OutputTokens: null, TotalTokens: null, Money: null, Time: null };

    public async Task<AnswerAccount> CompleteAsync(AnswerAttempt attempt)
    {
        var request = attempt.Request;
        var answers = request.Choices == 1
            ? [await CallAsync(attempt, 0).ConfigureAwait(false)]
            : await Task.WhenAll(Enumerable.Range(0, request.Choices).Select(choice => CallAsync(attempt, choice))).ConfigureAwait(false);
        var completions = Array.ConvertAll(answers, answer => answer.Completion);
        var account = AnswerAccount.Of(attempt, Array.ConvertAll(answers, answer => answer.Call), completions[0].Usage);
        attempt.Announce(account);
        attempt.Spending.Settle();
        using var answer = JsonBuffer.Rent();
        CompletionWriter.Completion(answer.Json, attempt.Id, attempt.Created, request.Model, completions, account);
        await JsonAnswer.SendAsync(attempt.Http, answer).ConfigureAwait(false);
        return account;
    }

    public async Task<AnswerAccount> StreamAsync(AnswerAttempt attempt, EventWriter events)
    {
        var request = attempt.Request;
        var call = new Call(attempt);
        var text = new StringBuilder();
        var (hasContent, isFinished) = (false, false);
        RawCompletion? usage = null;
        string? model = null;
        try
        {
            await foreach (var chunk in attempt.Point.PassThrough!.StreamAsync(Write(attempt, 0), attempt.Cancellation).ConfigureAwait(false))
            {
                model ??= chunk.ModelId;
                usage = chunk.Usage.IsEmpty ? usage : chunk;
                if (chunk.Choice.IsEmpty)
                    continue;
                text.Append(chunk.ReadText());
                events.Add(json => CompletionWriter.Chunk(json, attempt.Id, attempt.Created, request.Model, chunk, request.IncludesUsage));
                hasContent |= chunk.HasContent;
                isFinished |= chunk.IsFinished;
                // As long as nothing but blanks is there, another answer may still take the place of this one; and the end waits until it is paid for.
                if (hasContent && !isFinished)
                    await events.SendAsync(attempt.Cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            call.Failed(error, text.ToString());
            events.Discard();
            throw;
        }

        var record = call.Answered(model, usage, usage?.OutputTokens is null ? text.ToString() : "");
        var account = AnswerAccount.Of(attempt, [record], usage?.Usage ?? default);
        attempt.Spending.Settle();
        events.Add(json => CompletionWriter.LastChunk(json, attempt.Id, attempt.Created, request.Model, account, request.IncludesUsage));
        events.AddEnd();
        await events.SendAsync(attempt.Cancellation).ConfigureAwait(false);
        return account;
    }

    private static async Task<(RawCompletion Completion, CallRecord Call)> CallAsync(AnswerAttempt attempt, int choice)
    {
        var call = new Call(attempt);
        RawCompletion completion;
        try
        {
            completion = await attempt.Point.PassThrough!.CompleteAsync(Write(attempt, choice), attempt.Cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            call.Failed(error, "");
            throw;
        }

        return (completion, call.Answered(completion.ModelId, completion, completion.OutputTokens is null ? completion.ReadText() : ""));
    }

    private static ReadOnlyMemory<byte> Write(AnswerAttempt attempt, int choice) =>
        PassedRequest.Write(attempt.Request, attempt.Point.PassThrough!.ModelId, ((SingleStrategy)attempt.Point.Strategy).Temperature, choice);

    /// <summary>A call under way. When it has ended, the meter is told, as strategies tell it.</summary>
    private readonly struct Call(AnswerAttempt attempt)
    {
        private readonly DateTimeOffset _started = attempt.Time.GetUtcNow();
        private readonly long _stamp = attempt.Time.GetTimestamp();

        public CallRecord Answered(string? model, RawCompletion? usage, string text)
        {
            var isReported = usage is { InputTokens: not null, OutputTokens: not null };
            var input = usage?.InputTokens ?? Tokens.Count(attempt.Request.Messages);
            var used = new TokenUsage(input, usage?.OutputTokens ?? Tokens.Count(text), isReported ? Math.Clamp(usage!.CachedTokens, 0, input) : 0);
            return Tell(used, model ?? attempt.Point.Model, !isReported, CallOutcome.Completed, null, usage?.ReasoningTokens ?? 0);
        }

        // The provider has read the request even when its answer never came, and has written at least what was seen of it.
        public void Failed(Exception error, string text) => Tell(
            new(Tokens.Count(attempt.Request.Messages), Tokens.Count(text)),
            attempt.Point.Model,
            true,
            error is OperationCanceledException && attempt.Cancellation.IsCancellationRequested ? CallOutcome.Cancelled : CallOutcome.Failed,
            error.Message,
            0);

        private CallRecord Tell(TokenUsage usage, string model, bool isEstimated, CallOutcome outcome, string? error, long reasoning)
        {
            var prices = attempt.Frontier.Prices;
            var record = new CallRecord
            {
                Id = 0,
                Role = CallRole.Sample,
                Model = model,
                Usage = usage,
                ReasoningTokens = reasoning,
                UsageIsEstimated = isEstimated,
                Cost = (prices.Find(model) ?? prices.Find(attempt.Point.Model)) is { } price ? new Money(price.Of(usage), prices.Currency) : null,
                Started = _started,
                Duration = attempt.Time.GetElapsedTime(_stamp),
                Outcome = outcome,
                Error = error,
            };
            attempt.Meter.Report(record);
            return record;
        }
    }
}
