using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>Answers of a strategy, which may take any number of calls of any client.</summary>
internal sealed class StrategyAnswers : IAnswers
{
    public async Task<AnswerAccount> CompleteAsync(AnswerAttempt attempt)
    {
        var request = attempt.Request;
        using var client = attempt.Frontier.Client(attempt.Point, SettingsOf(attempt));
        var responses = request.Choices == 1
            ? [await client.GetResponseAsync(request.Messages, request.Options, attempt.Cancellation).ConfigureAwait(false)]
            : await Task.WhenAll(Enumerable.Range(0, request.Choices).Select(choice => client.GetResponseAsync(request.Messages, OptionsOf(request.Options, choice), attempt.Cancellation))).ConfigureAwait(false);
        var account = AnswerAccount.Of(attempt, [.. responses.Select(response => StrategyAnswer.Of(response)!)]);
        attempt.Announce(account);
        attempt.Spending.Settle();
        using var answer = JsonBuffer.Rent();
        CompletionWriter.Completion(answer.Json, attempt.Id, attempt.Created, request.Model, responses, account, request.ReturnsCandidates);
        await JsonAnswer.SendAsync(attempt.Http, answer).ConfigureAwait(false);
        return account;
    }

    public async Task<AnswerAccount> StreamAsync(AnswerAttempt attempt, EventWriter events)
    {
        var request = attempt.Request;
        using var client = attempt.Frontier.Client(attempt.Point, SettingsOf(attempt));
        StrategyAnswer? answer = null;
        ChatFinishReason? finish = null;
        var calls = new List<FunctionCallContent>();
        await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.Options, attempt.Cancellation).ConfigureAwait(false))
        {
            answer = update.AdditionalProperties?.GetValueOrDefault(StrategyAnswer.Key) as StrategyAnswer ?? answer;
            finish = update.FinishReason ?? finish;
            calls.AddRange(update.Contents.OfType<FunctionCallContent>());
            if (update.Text is { Length: > 0 } text)
            {
                var role = events.HasBegun ? null : "assistant";
                events.Add(json => CompletionWriter.Chunk(json, attempt.Id, attempt.Created, request.Model, role, text, [], null, request.IncludesUsage));
                await events.SendAsync(attempt.Cancellation).ConfigureAwait(false);
            }
        }

        var account = AnswerAccount.Of(attempt, answer is null ? [] : [answer]);
        attempt.Spending.Settle();
        var first = events.HasBegun ? null : "assistant";
        events.Add(json => CompletionWriter.Chunk(json, attempt.Id, attempt.Created, request.Model, first, null, calls, CompletionWriter.Finish(finish, calls.Count > 0), request.IncludesUsage));
        events.Add(json => CompletionWriter.LastChunk(json, attempt.Id, attempt.Created, request.Model, account, request.IncludesUsage, request.ReturnsCandidates));
        events.AddEnd();
        await events.SendAsync(attempt.Cancellation).ConfigureAwait(false);
        return account;
    }

    private static StrategySettings SettingsOf(AnswerAttempt attempt) => new() { Budget = attempt.Budget, Time = attempt.Time, Progress = attempt.Meter };

    private static ChatOptions OptionsOf(ChatOptions options, int choice)
    {
        var own = options.Clone();
        // The same seed would give the same answer each time.
        own.Seed += choice;
        return own;
    }
}
