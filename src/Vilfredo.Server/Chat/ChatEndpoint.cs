using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
    private static readonly StrategyAnswers Strategies = new();
    private static readonly PassThroughAnswers PassThrough = new();

    public async Task AnswerAsync(HttpContext http, ApiKey? key)
    {
        using var frontier = source.Enter();
        using var body = await RequestBody.ReadAsync(http).ConfigureAwait(false);
        var request = Read(http, body, frontier.File.Currency);
        var candidates = Candidates.Of(frontier, request, options.AllowsStrategies);
        var point = candidates.First;
        if (request.UnknownField is { } field && !CanHonour(request, point))
            throw ChatRequestReader.CannotHonour(field);
        if (request.IsDryRun)
        {
            using var plan = JsonBuffer.Rent();
            DryRun(plan.Json, point, request.Choices);
            await JsonAnswer.SendAsync(http, plan).ConfigureAwait(false);
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
            var attempt = new AnswerAttempt(options.Time)
            {
                Http = http,
                Request = request,
                Frontier = frontier,
                Point = point,
                Budget = request.Budget.And(BudgetOf(point)),
                Spending = spending,
                Meter = new(spending.Meter),
                Failed = failed,
            };
            try
            {
                IAnswers answers = PassThroughAnswers.CanAnswer(point, request, attempt.Budget) ? PassThrough : Strategies;
                var account = request.Streams ? await StreamAsync(answers, attempt).ConfigureAwait(false) : await answers.CompleteAsync(attempt).ConfigureAwait(false);
                if (account is not null)
                    Watch(point, request, account);
                return;
            }
            catch (Exception error) when (!http.Response.HasStarted && MayPassElsewhere(error))
            {
                metrics.FellBack(point.Name);
                LogFailed(point.Name, error.Message);
                failed.Add(point.Name);
                point = candidates.After(point, other => CanHonour(request, other)) ?? throw Explain(error);
            }
            catch (Exception error) when (!http.Response.HasStarted && error is StrategyFailedException or ModelCallException)
            {
                metrics.Failed(point.Name, "failed");
                throw Explain(error);
            }
            finally
            {
                metrics.Used(attempt.Point, spending.Key, attempt.Meter.Reading);
            }
        }
    }

    /// <summary>Null when the stream broke after words had gone out; that has been said in the stream then.</summary>
    private async Task<AnswerAccount?> StreamAsync(IAnswers answers, AnswerAttempt attempt)
    {
        using var events = new EventWriter(attempt.Http.Response);
        try
        {
            return await answers.StreamAsync(attempt, events).ConfigureAwait(false);
        }
        catch (Exception error) when (events.HasBegun && error is not OperationCanceledException)
        {
            // Words have gone out already: the only way left to say so is in the stream.
            metrics.Failed(attempt.Point.Name, "broken");
            LogFailed(attempt.Point.Name, error.Message);
            events.Add(json => CompletionWriter.Error(json, Explain(error)));
            await events.SendAsync(attempt.Cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private ChatCompletionRequest Read(HttpContext http, RequestBody body, string currency)
    {
        try
        {
            return new ChatRequestReader(options.MaximumMessages, options.MaximumChoices, currency).Read(body.Bytes, http.Request.Headers);
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

    // A field that is not known can only be passed on.
    private bool CanHonour(ChatCompletionRequest request, ServedPoint point) =>
        request.UnknownField is null || PassThroughAnswers.CanAnswer(point, request, request.Budget.And(BudgetOf(point)));

    // What a request of a strategy that was not measured may cost is held whole: every call it may make, each with its longest answer.
    private double ExpectedCost(ServedFrontier frontier, ServedPoint point, ChatCompletionRequest request)
    {
        if (point.Measured is { } measured)
            return measured.Cost?.Mean ?? 0;
        var settings = new StrategySettings();
        var calls = Math.Min(point.Strategy.Plan.Most ?? options.MaximumCalls, request.Budget.Calls ?? options.MaximumCalls);
        var usage = new TokenUsage(settings.Tokens.Count(request.Messages), request.Options.MaxOutputTokens ?? settings.AssumedOutputTokens);
        return calls * frontier.Prices.Find(point.Model)?.Of(usage) ?? 0;
    }

    private Budget? BudgetOf(ServedPoint point) => point.Measured is { } measured ? measured.Budget : new() { Calls = options.MaximumCalls };

    // Drift is told from answers as they were measured: one at a time, and not cut short by the request itself.
    private void Watch(ServedPoint point, ChatCompletionRequest request, AnswerAccount account)
    {
        metrics.Answered(point, account.Seconds);
        if (point.Drift is null || account.Calls == 0 || request.Choices > 1 || account.StoppedBy == StopReason.Budget)
            return;
        if (point.Drift.Add(account.Cost, account.Seconds) is { Count: > 0 } values)
            LogDrift(string.Join(" and the ", values), point.Name);
        metrics.Drifted(point);
    }

    private static void Announce(HttpContext http, ServedPoint point, List<string> failed)
    {
        var headers = http.Response.Headers;
        headers["x-vilfredo-point"] = point.Name;
        if (failed.Count > 0)
        {
            // Those of the point before.
            foreach (var name in (ReadOnlySpan<string>)["quality", "latency", "cost"])
                headers.Remove("x-vilfredo-expected-" + name);
        }

        foreach (var (name, value) in point.Expected)
            headers[name] = value;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The point {Point} failed: {Problem}")]
    private partial void LogFailed(string point, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Values} of {Point} drifted out of the band that was measured; measure the frontier again")]
    private partial void LogDrift(string values, string point);
}
