using System.Globalization;
using Microsoft.AspNetCore.Http;
using Vilfredo.Inference.Budgets;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>An attempt at answering a request with a point.</summary>
internal sealed class AnswerAttempt(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public required HttpContext Http { get; init; }

    public required ChatCompletionRequest Request { get; init; }

    public required ServedFrontier Frontier { get; init; }

    public required ServedPoint Point { get; init; }

    /// <summary>What each choice may cost: the limits of the request and those of the point.</summary>
    public required Budget Budget { get; init; }

    /// <summary>What the request uses over all its attempts.</summary>
    public required RequestSpending Spending { get; init; }

    /// <summary>Counts the calls of this attempt, and those of the whole request with them.</summary>
    public required CallMeter Meter { get; init; }

    /// <summary>The points that have failed before.</summary>
    public required IReadOnlyList<string> Failed { get; init; }

    public TimeProvider Time => time;

    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>The name of the answer.</summary>
    public string Id { get; } = $"chatcmpl-{Guid.NewGuid():N}";

    /// <summary>When it was begun, in seconds since 1970.</summary>
    public long Created { get; } = time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>How long it has taken so far.</summary>
    public double Seconds => time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Says in headers what the answer took.</summary>
    public void Announce(AnswerAccount account)
    {
        var headers = Http.Response.Headers;
        headers["x-vilfredo-tokens"] = (account.InputTokens + account.OutputTokens).ToString(CultureInfo.InvariantCulture);
        headers["x-vilfredo-calls"] = account.Calls.ToString(CultureInfo.InvariantCulture);
        headers["x-vilfredo-stopped-by"] = CompletionWriter.Text(account.StoppedBy);
        if (account.Cost is { } cost)
            headers["x-vilfredo-cost"] = CompletionWriter.Text(cost);
    }
}
