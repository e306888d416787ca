using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Server.Chat;

namespace Vilfredo.Server.Protocol;

/// <summary>Writes answers in OpenAI's form, with the object <c>x_vilfredo</c> beside it.</summary>
internal static class CompletionWriter
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Reasons = [.. Enum.GetValues<StopReason>().Select(reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()))];

    private const string AccountName = "x_vilfredo";

    private static readonly JsonSerializerOptions Arguments = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static void Completion(Utf8JsonWriter json, string id, long created, string model, IReadOnlyList<ChatResponse> responses, AnswerAccount account, bool withCandidates = false)
    {
        json.WriteStartObject();
        Head(json, id, "chat.completion", created, model);
        json.WriteStartArray("choices");
        foreach (var (index, response) in responses.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (response.Text.Length > 0 || calls.Count == 0)
                json.WriteString("content", response.Text);
            else
                json.WriteNull("content");
            json.WriteNull("refusal");
            if (calls.Count > 0)
                ToolCalls(json, calls, withIndex: false);
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", Finish(response.FinishReason, calls.Count > 0));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Usage(json, account);
        Account(json, account, withCandidates);
        json.WriteEndObject();
    }

    /// <summary>A completion that endpoints wrote, a choice from each.</summary>
    public static void Completion(Utf8JsonWriter json, string id, long created, string model, ReadOnlySpan<RawCompletion> completions, AnswerAccount account)
    {
        json.WriteStartObject();
        Head(json, id, "chat.completion", created, model);
        json.WriteStartArray("choices");
        for (var index = 0; index < completions.Length; index++)
        {
            var completion = completions[index];
            if (completions.Length == 1 && completion.IsFinished)
                json.WriteRawValue(completion.Choice.Span, skipInputValidation: true);
            else
                Choice(json, index, completion);
        }

        json.WriteEndArray();
        Others(json, completions[0]);
        Usage(json, account);
        Account(json, account);
        json.WriteEndObject();
    }

    /// <summary>A chunk that an endpoint wrote.</summary>
    public static void Chunk(Utf8JsonWriter json, string id, long created, string model, RawCompletion chunk, bool withUsage)
    {
        json.WriteStartObject();
        Head(json, id, "chat.completion.chunk", created, model);
        json.WriteStartArray("choices");
        json.WriteRawValue(chunk.Choice.Span, skipInputValidation: true);
        json.WriteEndArray();
        Others(json, chunk);
        if (withUsage)
            json.WriteNull("usage");
        json.WriteEndObject();
    }

    public static void Chunk(Utf8JsonWriter json, string id, long created, string model, string? role, string? text, IReadOnlyList<FunctionCallContent> calls, string? finish, bool withUsage)
    {
        json.WriteStartObject();
        Head(json, id, "chat.completion.chunk", created, model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        if (role is not null)
            json.WriteString("role", role);
        if (text is not null)
            json.WriteString("content", text);
        if (calls.Count > 0)
            ToolCalls(json, calls, withIndex: true);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        if (finish is null)
            json.WriteNull("finish_reason");
        else
            json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
        if (withUsage)
            json.WriteNull("usage");
        json.WriteEndObject();
    }

    public static void LastChunk(Utf8JsonWriter json, string id, long created, string model, AnswerAccount account, bool withUsage, bool withCandidates = false)
    {
        json.WriteStartObject();
        Head(json, id, "chat.completion.chunk", created, model);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        if (withUsage)
            Usage(json, account);
        Account(json, account, withCandidates);
        json.WriteEndObject();
    }

    public static void Error(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Parameter);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string Finish(ChatFinishReason? reason, bool hasCalls) =>
        hasCalls || reason == ChatFinishReason.ToolCalls ? "tool_calls"
        : reason == ChatFinishReason.Length ? "length"
        : reason == ChatFinishReason.ContentFilter ? "content_filter"
        : "stop";

    /// <summary>What a point is expected to give, where it was measured.</summary>
    public static void Expected(Utf8JsonWriter json, ServedPoint point)
    {
        if (point.Measured is not { } measured)
            return;
        json.WriteStartObject("expected");
        json.WriteNumber("quality", measured.Quality.Mean);
        if (measured.Cost is { } cost)
            json.WriteNumber("cost", cost.Mean);
        json.WriteNumber("latency_seconds", measured.Latency.Mean);
        json.WriteNumber("tokens", measured.Tokens.Mean);
        json.WriteEndObject();
    }

    public static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Text(StopReason reason) => Reasons[(int)reason];

    private static void Head(Utf8JsonWriter json, string id, string kind, long created, string model)
    {
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created);
        json.WriteString("model", model);
    }

    // With a number of its own, and a reason why it ended where the endpoint gave none.
    private static void Choice(Utf8JsonWriter json, int index, RawCompletion completion)
    {
        var hasCalls = false;
        json.WriteStartObject();
        json.WriteNumber("index", index);
        using var choice = JsonDocument.Parse(completion.Choice);
        foreach (var field in choice.RootElement.EnumerateObject())
        {
            if (field.NameEquals("index") || (field.NameEquals("finish_reason") && !completion.IsFinished))
                continue;
            hasCalls |= field.NameEquals("message") && field.Value.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array && calls.GetArrayLength() > 0;
            field.WriteTo(json);
        }

        if (!completion.IsFinished)
            json.WriteString("finish_reason", Finish(null, hasCalls));
        json.WriteEndObject();
    }

    private static void Others(Utf8JsonWriter json, RawCompletion completion)
    {
        foreach (var (name, value) in completion.Others)
        {
            // Another such server has an account of its own, which is not that of this answer.
            if (name == AccountName)
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }
    }

    private static void ToolCalls(Utf8JsonWriter json, IReadOnlyList<FunctionCallContent> calls, bool withIndex)
    {
        json.WriteStartArray("tool_calls");
        foreach (var (index, call) in calls.Index())
        {
            json.WriteStartObject();
            if (withIndex)
                json.WriteNumber("index", index);
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Arguments));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Usage(Utf8JsonWriter json, AnswerAccount account)
    {
        if (!account.ReportedUsage.IsEmpty)
        {
            json.WritePropertyName("usage");
            json.WriteRawValue(account.ReportedUsage.Span, skipInputValidation: true);
            return;
        }

        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", account.InputTokens);
        json.WriteNumber("completion_tokens", account.OutputTokens);
        json.WriteNumber("total_tokens", account.InputTokens + account.OutputTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", account.CachedTokens);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", account.ReasoningTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Account(Utf8JsonWriter json, AnswerAccount account, bool withCandidates = false)
    {
        json.WriteStartObject(AccountName);
        json.WriteString("point", account.Point.Name);
        json.WriteString("model", account.Point.Model);
        json.WriteString("strategy", account.Point.StrategyName);
        Expected(json, account.Point);
        if (account.Cost is { } cost)
            json.WriteNumber("cost", cost);
        json.WriteString("currency", account.Currency);
        json.WriteNumber("calls", account.Calls);
        json.WriteNumber("seconds", Math.Round(account.Seconds, 6));
        json.WriteString("stopped_by", Text(account.StoppedBy));
        if (account.Confidence is { } confidence)
            json.WriteNumber("confidence", confidence);
        if (account.IsEstimated)
            json.WriteBoolean("usage_is_estimated", true);
        if (account.Failed.Count > 0)
        {
            json.WriteStartArray("fell_back_from");
            foreach (var failed in account.Failed)
                json.WriteStringValue(failed);
            json.WriteEndArray();
        }

        if (account.Warnings.Count > 0)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in account.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
        }

        if (withCandidates)
            Candidates(json, account.Outcomes);
        json.WriteEndObject();
    }

    private static void Candidates(Utf8JsonWriter json, IReadOnlyList<StrategyOutcome> outcomes)
    {
        json.WriteStartArray("candidates");
        foreach (var (choice, outcome) in outcomes.Index())
        {
            foreach (var (place, candidate) in outcome.Candidates.Index())
            {
                json.WriteStartObject();
                if (outcomes.Count > 1)
                    json.WriteNumber("choice", choice);
                json.WriteString("content", candidate.Text);
                if (outcome.Grades.ElementAtOrDefault(place) is { } grade && double.IsFinite(grade))
                    json.WriteNumber("grade", grade);
                if (candidate.Response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList() is { Count: > 0 } calls)
                    ToolCalls(json, calls, withIndex: false);
                json.WriteString("model", candidate.Call.Model);
                json.WriteString("finish_reason", Finish(candidate.Response.FinishReason, false));
                json.WriteNumber("completion_tokens", candidate.Call.Usage.OutputTokens);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
