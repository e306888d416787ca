using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Server.Choosing;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary><c>POST /v1/chat/completions</c>: chooses a point, answers with it, and falls back along the frontier when a provider fails.</summary>
internal sealed partial class ChatEndpoint(FrontierSource source, ServerOptions options, KeyLimits limits, ServerMetrics metrics, ILogger<ChatEndpoint> log)
{
    public async Task AnswerAsync(HttpContext http, ApiKey? key)
    {
        using var frontier = source.Enter();
        var request = await ReadAsync(http, frontier.File.Currency).ConfigureAwait(false);
        var candidates = Candidates.Of(frontier, request, options.AllowsStrategies);
        var point = candidates.First;
        if (request.IsDryRun)
        {
            await WriteAsync(http, json => DryRun(json, point, request.Choices)).ConfigureAwait(false);
            return;
        }

        var spending = new RequestSpending(key?.Name, limits.Take(key, request.Choices * ExpectedCost(frontier, point, request)));
        try
        {
            await AnswerAsync(http, request, frontier, candidates, spending).ConfigureAwait(false);
        }
        finally
        {
            // Nor is what failed or was left by its client free.
            spending.Settle();
        }
    }

    private async Task AnswerAsync(HttpContext http, ChatCompletionRequest request, ServedFrontier frontier, Candidates candidates, RequestSpending spending)
    {
        var point = candidates.First;
        var failed = new List<string>();
        while (true)
        {
            Announce(http, point, failed);
            var (attempted, meter) = (point, new CallMeter(spending.Meter));
            try
            {
                var settings = new StrategySettings { Budget = request.Budget.And(BudgetOf(point)), Time = options.Time, Progress = meter };
                var account = request.Streams
                    ? await StreamAsync(http, request, frontier, point, settings, failed, spending).ConfigureAwait(false)
                    : await CompleteAsync(http, request, frontier, point, settings, failed, spending).ConfigureAwait(false);
                if (account is not null)
                    Watch(point, request, account);
                return;
            }
            catch (Exception error) when (!http.Response.HasStarted && MayPassElsewhere(error))
            {
                metrics.FellBack(point.Name);
                LogFailed(point.Name, error.Message);
                failed.Add(point.Name);
                point = candidates.After(point) ?? throw Explain(error);
            }
            catch (Exception error) when (!http.Response.HasStarted && error is StrategyFailedException or ModelCallException)
            {
                metrics.Failed(point.Name, "failed");
                throw Explain(error);
            }
            finally
            {
                metrics.Used(attempted, spending.Key, meter.Reading);
            }
        }
    }

    private async Task<AnswerAccount> CompleteAsync(HttpContext http, ChatCompletionRequest request, ServedFrontier frontier, ServedPoint point, StrategySettings settings, List<string> failed, RequestSpending spending)
    {
        var started = options.Time.GetTimestamp();
        using var client = frontier.Client(point, settings);
        var responses = request.Choices == 1
            ? [await client.GetResponseAsync(request.Messages, request.Options, http.RequestAborted).ConfigureAwait(false)]
            : await Task.WhenAll(Enumerable.Range(0, request.Choices).Select(choice => client.GetResponseAsync(request.Messages, OptionsOf(request.Options, choice), http.RequestAborted))).ConfigureAwait(false);
        var account = AnswerAccount.Of(point, [.. responses.Select(response => StrategyAnswer.Of(response)!)], frontier.File.Currency, options.Time.GetElapsedTime(started).TotalSeconds, failed);
        var headers = http.Response.Headers;
        headers["x-vilfredo-tokens"] = (account.InputTokens + account.OutputTokens).ToString(CultureInfo.InvariantCulture);
        headers["x-vilfredo-calls"] = account.Calls.ToString(CultureInfo.InvariantCulture);
        headers["x-vilfredo-stopped-by"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(account.StoppedBy.ToString());
        if (account.Cost is { } cost)
            headers["x-vilfredo-cost"] = CompletionWriter.Text(cost);
        spending.Settle();
        await WriteAsync(http, json => CompletionWriter.Completion(json, Id(), Now(), request.Model, responses, account, request.ReturnsCandidates)).ConfigureAwait(false);
        return account;
    }

    /// <summary>Null when the stream broke after words had gone out; that has been said in the stream then.</summary>
    private async Task<AnswerAccount?> StreamAsync(HttpContext http, ChatCompletionRequest request, ServedFrontier frontier, ServedPoint point, StrategySettings settings, List<string> failed, RequestSpending spending)
    {
        var started = options.Time.GetTimestamp();
        using var client = frontier.Client(point, settings);
        var (id, created) = (Id(), Now());
        using var events = new EventWriter(http.Response);
        StrategyAnswer? answer = null;
        ChatFinishReason? finish = null;
        var calls = new List<FunctionCallContent>();
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.Options, http.RequestAborted).ConfigureAwait(false))
            {
                answer = update.AdditionalProperties?.GetValueOrDefault(StrategyAnswer.Key) as StrategyAnswer ?? answer;
                finish = update.FinishReason ?? finish;
                calls.AddRange(update.Contents.OfType<FunctionCallContent>());
                if (update.Text is { Length: > 0 } text)
                {
                    var role = events.HasBegun ? null : "assistant";
                    await events.WriteAsync(json => CompletionWriter.Chunk(json, id, created, request.Model, role, text, [], null, request.IncludesUsage), http.RequestAborted).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (events.HasBegun && error is not OperationCanceledException)
        {
            // Words have gone out already: the only way left to say so is in the stream.
            metrics.Failed(point.Name, "broken");
            LogFailed(point.Name, error.Message);
            await events.WriteAsync(json => CompletionWriter.Error(json, Explain(error)), http.RequestAborted).ConfigureAwait(false);
            return null;
        }

        var account = AnswerAccount.Of(point, answer is null ? [] : [answer], frontier.File.Currency, options.Time.GetElapsedTime(started).TotalSeconds, failed);
        spending.Settle();
        var first = events.HasBegun ? null : "assistant";
        await events.WriteAsync(json => CompletionWriter.Chunk(json, id, created, request.Model, first, null, calls, CompletionWriter.Finish(finish, calls.Count > 0), request.IncludesUsage), http.RequestAborted).ConfigureAwait(false);
        await events.WriteAsync(json => CompletionWriter.LastChunk(json, id, created, request.Model, account, request.IncludesUsage, request.ReturnsCandidates), http.RequestAborted).ConfigureAwait(false);
        await events.EndAsync(http.RequestAborted).ConfigureAwait(false);
        return account;
    }

    private async Task<ChatCompletionRequest> ReadAsync(HttpContext http, string currency)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = 64 }, http.RequestAborted).ConfigureAwait(false);
            return new ChatRequestReader(options.MaximumMessages, options.MaximumChoices, currency).Read(body.RootElement, http.Request.Headers);
        }
        catch (JsonException error)
        {
            throw new ApiError(400, $"The body is no JSON: {error.Message}");
        }
        catch (InvalidOperationException error)
        {
            // A value of another kind than the protocol says, deep inside.
            throw new ApiError(400, $"The body is no request for a completion: {error.Message}");
        }
    }

    // What a request of a strategy that was not measured may cost is held whole: every call it may make, each with its longest answer.
    private double ExpectedCost(ServedFrontier frontier, ServedPoint point, ChatCompletionRequest request)
    {
        if (point.Measured is { } measured)
            return measured.Cost?.Mean ?? 0;
        var settings = new StrategySettings();
        var calls = Math.Min(point.Strategy.Plan.Most ?? options.MaximumCalls, request.Budget.Calls ?? options.MaximumCalls);
        var usage = new TokenUsage(settings.Tokens.Count(request.Messages), request.Options.MaxOutputTokens ?? settings.AssumedOutputTokens);
        return frontier.Prices.Models.Contains(point.Model) ? calls * frontier.Prices[point.Model].Of(usage) : 0;
    }

    private Budget? BudgetOf(ServedPoint point) => point.Measured is { } measured ? measured.Budget : new() { Calls = options.MaximumCalls };

    private static ChatOptions OptionsOf(ChatOptions options, int choice)
    {
        var own = options.Clone();
        // The same seed would give the same answer each time.
        own.Seed += choice;
        return own;
    }

    // Drift is told from answers as they were measured: one at a time, and not cut short by the request itself.
    private void Watch(ServedPoint point, ChatCompletionRequest request, AnswerAccount account)
    {
        metrics.Answered(point, account.Seconds);
        if (point.Drift is null || account.Calls == 0 || request.Choices > 1 || account.StoppedBy == StopReason.Budget)
            return;
        foreach (var value in point.Drift.Add(account.Cost, account.Seconds))
            LogDrift(point.Name, value);
        metrics.Drifted(point);
    }

    private static void Announce(HttpContext http, ServedPoint point, List<string> failed)
    {
        var headers = http.Response.Headers;
        headers["x-vilfredo-point"] = point.Name;
        foreach (var name in (string[])["quality", "latency", "cost"])
            headers.Remove("x-vilfredo-expected-" + name);
        if (point.Measured is { } measured)
        {
            headers["x-vilfredo-expected-quality"] = CompletionWriter.Text(measured.Quality.Mean);
            headers["x-vilfredo-expected-latency"] = CompletionWriter.Text(measured.Latency.Mean);
            if (measured.Cost is { } cost)
                headers["x-vilfredo-expected-cost"] = CompletionWriter.Text(cost.Mean);
        }

        if (failed.Count > 0)
            headers["x-vilfredo-fell-back-from"] = string.Join(", ", failed);
    }

    private static void DryRun(Utf8JsonWriter json, ServedPoint point, int choices)
    {
        var plan = point.Strategy.Plan;
        json.WriteStartObject();
        json.WriteString("object", "vilfredo.plan");
        json.WriteString("point", point.Name);
        json.WriteString("model", point.Model);
        json.WriteString("strategy", point.StrategyName);
        CompletionWriter.Expected(json, point);
        json.WriteNumber("fewest_calls", plan.Fewest * choices);
        if (plan.Most is { } most)
            json.WriteNumber("most_calls", most * choices);
        json.WriteEndObject();
    }

    private static ModelCallException? CallOf(Exception error) => error as ModelCallException ?? error.InnerException as ModelCallException;

    private static bool MayPassElsewhere(Exception error) =>
        error is StrategyFailedException { IsOutOfBudget: false } or ModelCallException && CallOf(error) is not { IsRequestRefused: true };

    private static ApiError Explain(Exception error)
    {
        if (error is StrategyFailedException { IsOutOfBudget: true })
            return new(429, error.Message, "insufficient_quota", "budget_exhausted");
        return CallOf(error) switch
        {
            { IsRequestRefused: true } refused => new(400, refused.Message, code: "refused_by_model"),
            { Status: 429 } busy => new(429, busy.Message, "rate_limit_error", "model_rate_limit") { RetryAfter = busy.RetryAfter },
            { Status: 508 } loop => new(508, loop.Message, code: "loop"),
            { Status: 408 } late => new(504, late.Message, "api_error", "model_timeout"),
            var failed => new(502, failed?.Message ?? error.Message, "api_error", "model_failed"),
        };
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, CompletionWriter.Options))
            write(json);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }

    private static string Id() => $"chatcmpl-{Guid.NewGuid():N}";

    private long Now() => options.Time.GetUtcNow().ToUnixTimeSeconds();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The point {Point} failed: {Problem}")]
    private partial void LogFailed(string point, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Value} of {Point} has left the band in which it was measured; measure the frontier again")]
    private partial void LogDrift(string point, string value);
}
