using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Server.Choosing;

namespace Vilfredo.Server.Protocol;

/// <summary>Reads requests of OpenAI's chat completions. What cannot be honoured is refused with its name, never passed over; fields that are not known are named, for who answers to pass on or refuse.</summary>
internal sealed class ChatRequestReader(int maximumMessages, int maximumChoices, string currency)
{
    // Fields that change nothing of the answer.
    private static readonly HashSet<string> WithoutEffect = ["user", "safety_identifier", "prompt_cache_key"];

    // Fields with a price of their own, which no account here would have.
    private static readonly HashSet<string> WithOtherPrices = ["service_tier", "web_search_options", "audio", "modalities"];

    /// <summary>Reads a request.</summary>
    /// <param name="bytes">The body as it came.</param>
    /// <param name="headers">The headers.</param>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A value deep inside is of another kind than the protocol says.</exception>
    /// <exception cref="ApiError">It cannot be honoured.</exception>
    public ChatCompletionRequest Read(ReadOnlyMemory<byte> bytes, IHeaderDictionary headers)
    {
        // It does not outlive this: what is needed later is kept as it was written.
        using var document = JsonDocument.Parse(bytes);
        var body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiError(400, "The body must be a JSON object with 'model' and 'messages'.");
        string? model = null;
        IReadOnlyList<ChatMessage>? messages = null;
        ReadOnlyMemory<byte> messagesAsWritten = default;
        var options = new ChatOptions();
        var (streams, includesUsage, choices, isDryRun, returnsCandidates) = (false, false, 1, false, false);
        int? samples = null;
        List<DeclaredTool> tools = [];
        var isStrict = false;
        var budget = Budget.Unlimited;
        var preference = RequestPreference.None;
        RequestedStrategy? strategy = null;
        string? unknown = null;
        foreach (var field in body.EnumerateObject())
        {
            var (name, value) = (field.Name, field.Value); // a new text each time that it is asked for
            if (value.ValueKind == JsonValueKind.Null || IsWithoutEffect(name))
                continue;
            switch (name)
            {
                case "model":
                    model = Text(field);
                    break;
                case "messages":
                    messages = MessageReader.ReadUnlessPlain(value, maximumMessages);
                    messagesAsWritten = AsWritten(value, bytes);
                    break;
                case "stream":
                    streams = Flag(field);
                    break;
                case "stream_options":
                    includesUsage = Flag(Object(field), "include_usage");
                    break;
                case "n":
                    choices = (int)Integer(field, 1, maximumChoices);
                    break;
                case "temperature":
                    options.Temperature = (float)Number(field, 0, 2);
                    break;
                case "top_p":
                    options.TopP = (float)Number(field, 0, 1);
                    break;
                case "max_tokens" or "max_completion_tokens":
                    options.MaxOutputTokens = (int)Integer(field, 1, int.MaxValue);
                    break;
                case "seed":
                    options.Seed = Integer(field, long.MinValue, long.MaxValue);
                    break;
                case "presence_penalty":
                    options.PresencePenalty = (float)Number(field, -2, 2);
                    break;
                case "frequency_penalty":
                    options.FrequencyPenalty = (float)Number(field, -2, 2);
                    break;
                case "stop":
                    options.StopSequences = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [.. Array(field).Select(item => item.GetString() ?? "")];
                    break;
                case "tools":
                    tools = [.. Array(field).Select(ToolReader.Read)];
                    break;
                case "tool_choice":
                    options.ToolMode = ToolReader.ReadChoice(value);
                    break;
                case "parallel_tool_calls":
                    options.AllowMultipleToolCalls = Flag(field);
                    break;
                case "response_format":
                    options.ResponseFormat = ToolReader.ReadFormat(value);
                    isStrict = ToolReader.IsStrict(value);
                    break;
                case "reasoning_effort":
                    options.Reasoning = new() { Effort = Effort(field) };
                    break;
                case "store" or "logprobs" when value.ValueKind == JsonValueKind.False:
                    break;
                case "metadata":
                    preference = Preference(preference, Object(field), isStrict: false);
                    break;
                case "vilfredo":
                    preference = Preference(preference, Object(field), isStrict: true);
                    budget = ReadBudget(value);
                    strategy = ReadStrategy(value) ?? strategy;
                    (isDryRun, returnsCandidates) = (Flag(value, "dry_run"), Flag(value, "return_candidates"));
                    break;
                case "budget": // as requests to its_hub say it
                    samples = (int)Integer(field, 1, int.MaxValue);
                    break;
                case "optillm_approach": // as requests to that proxy say it
                    strategy ??= new(Text(field), new Dictionary<string, string>());
                    break;
                case var _ when WithOtherPrices.Contains(name):
                    throw ApiError.Field(name, $"The field '{name}' cannot be honoured here: what it adds to the price of tokens is not known. Leave it out.");
                default:
                    unknown ??= name;
                    break;
            }
        }

        Complete(options, tools, isStrict);
        if (string.IsNullOrEmpty(model))
            throw ApiError.Field("model", "The field 'model' is missing; GET /v1/models lists what there is.");
        if (streams && choices > 1)
            throw ApiError.Field("n", "Several choices cannot be streamed; ask for one, or leave 'stream' out.");
        return new()
        {
            Model = model,
            Messages = messages,
            MessagesAsWritten = !messagesAsWritten.IsEmpty ? messagesAsWritten : throw ApiError.Field("messages", "The field 'messages' is missing."),
            Options = options,
            Body = bytes,
            UnknownField = unknown,
            Streams = streams,
            IncludesUsage = includesUsage,
            Choices = choices,
            IsDryRun = isDryRun,
            Samples = samples,
            ReturnsCandidates = returnsCandidates,
            Budget = budget,
            Preference = FromHeaders(preference, headers),
            Strategy = strategy,
        };
    }

    /// <summary>Whether a field is read by nobody.</summary>
    public static bool IsWithoutEffect(string field) => WithoutEffect.Contains(field);

    /// <summary>The refusal of a field that is not known by who cannot pass it on.</summary>
    public static ApiError CannotHonour(string field) => ApiError.Field(field, $"The field '{field}' cannot be honoured here: an answer may be put together from several calls. Leave it out.");

    private static ReadOnlyMemory<byte> AsWritten(JsonElement value, ReadOnlyMemory<byte> bytes)
    {
        var written = JsonMarshal.GetRawUtf8Value(value);
        bytes.Span.Overlaps(written, out var start);
        return bytes.Slice(start, written.Length);
    }

    private static void Complete(ChatOptions options, List<DeclaredTool> tools, bool isStrict)
    {
        if (isStrict)
        {
            // It is said for the whole request; tools that leave it open are not meant.
            options.AdditionalProperties = new() { [DeclaredTool.StrictKey] = true };
            foreach (var tool in tools)
                tool.IsStrict ??= false;
        }

        if (tools.Count > 0)
            options.Tools = [.. tools];
    }

    private static RequestPreference FromHeaders(RequestPreference preference, IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith("x-vilfredo-", StringComparison.OrdinalIgnoreCase) && values is [{ Length: > 0 } text])
                preference = With(preference, name["x-vilfredo-".Length..].ToLowerInvariant().Replace('-', '_'), text, name) ?? preference;
        }

        return preference;
    }

    // Metadata is the caller's own; only the names that are ours are read there.
    private static RequestPreference Preference(RequestPreference preference, JsonElement fields, bool isStrict)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (isStrict && field.Name is "budget" or "dry_run" or "return_candidates" or "strategy" or "knobs")
                continue;
            var text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
            if (field.Value.ValueKind == JsonValueKind.Object && field.Name == "weights")
                text = string.Join(",", field.Value.EnumerateObject().Select(weight => $"{weight.Name}={weight.Value.GetRawText()}"));
            preference = With(preference, field.Name, text, field.Name)
                ?? (isStrict ? throw ApiError.Field("vilfredo", $"'vilfredo' has no field '{field.Name}'; it has max_cost, max_latency, min_quality, weights, budget, dry_run, return_candidates, strategy and knobs.") : preference);
        }

        return preference;
    }

    private static RequestPreference? With(RequestPreference preference, string name, string text, string where)
    {
        switch (name)
        {
            case "max_cost":
                return preference with { MaximumCost = Limit(text, where, double.MaxValue) };
            case "max_latency":
                return preference with { MaximumLatency = Limit(text, where, double.MaxValue) };
            case "min_quality":
                return preference with { MinimumQuality = Limit(text, where, 1) };
            case "weights":
                try
                {
                    return preference with { Weights = RequestPreference.ReadWeights(text) };
                }
                catch (FormatException error)
                {
                    throw ApiError.Field(where, error.Message);
                }

            default:
                return null;
        }
    }

    private static double Limit(string text, string where, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= most
            ? value
            : throw ApiError.Field(where, $"'{where}' is '{text}'; it must be a number of at least 0{(most == 1 ? " and at most 1" : "")}.");

    private Budget ReadBudget(JsonElement vilfredo)
    {
        if (!vilfredo.TryGetProperty("budget", out var fields))
            return Budget.Unlimited;
        var budget = new Budget();
        try
        {
            foreach (var field in fields.EnumerateObject())
            {
                budget = field.Name switch
                {
                    "max_calls" => budget with { Calls = field.Value.GetInt32() },
                    "max_total_tokens" => budget with { TotalTokens = field.Value.GetInt64() },
                    "max_output_tokens" => budget with { OutputTokens = field.Value.GetInt64() },
                    "max_cost" => budget with { Money = new Money(field.Value.GetDouble(), currency) },
                    "deadline_ms" => budget with { Time = TimeSpan.FromMilliseconds(field.Value.GetDouble()) },
                    _ => throw ApiError.Field("vilfredo", $"A budget has no limit '{field.Name}'; it has max_calls, max_total_tokens, max_output_tokens, max_cost and deadline_ms."),
                };
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            throw ApiError.Field("vilfredo", $"The budget makes no sense: {error.Message}");
        }

        return budget;
    }

    private static RequestedStrategy? ReadStrategy(JsonElement vilfredo)
    {
        var knobs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (vilfredo.TryGetProperty("knobs", out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
                throw ApiError.Field("vilfredo", "'knobs' must be an object such as {\"n\": 5}.");
            foreach (var knob in given.EnumerateObject())
                knobs[knob.Name] = knob.Value.ValueKind == JsonValueKind.String ? knob.Value.GetString()! : knob.Value.GetRawText();
        }

        if (vilfredo.TryGetProperty("strategy", out var name))
            return name.ValueKind == JsonValueKind.String ? new(name.GetString()!, knobs) : throw ApiError.Field("vilfredo", "'strategy' must be a text.");
        return knobs.Count == 0 ? null : throw ApiError.Field("vilfredo", "'knobs' are those of a 'strategy', which is missing.");
    }

    private static ReasoningEffort Effort(JsonProperty field) => Text(field) switch
    {
        "none" or "minimal" => ReasoningEffort.None,
        "low" => ReasoningEffort.Low,
        "medium" => ReasoningEffort.Medium,
        "high" => ReasoningEffort.High,
        var other => throw ApiError.Field(field.Name, $"'reasoning_effort' is '{other}'; it must be none, low, medium or high."),
    };

    private static string Text(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : throw ApiError.Field(field.Name, $"'{field.Name}' must be a text.");

    private static bool Flag(JsonProperty field) =>
        field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.Value.GetBoolean() : throw ApiError.Field(field.Name, $"'{field.Name}' must be true or false.");

    private static bool Flag(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw ApiError.Field(name, $"'{name}' must be true or false."));

    private static JsonElement Object(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Object ? field.Value : throw ApiError.Field(field.Name, $"'{field.Name}' must be an object.");

    private static JsonElement.ArrayEnumerator Array(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray() : throw ApiError.Field(field.Name, $"'{field.Name}' must be a list.");

    private static long Integer(JsonProperty field, long least, long most) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw ApiError.Field(field.Name, $"'{field.Name}' must be a whole number from {least} to {most}.");

    private static double Number(JsonProperty field, double least, double most) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw ApiError.Field(field.Name, string.Create(CultureInfo.InvariantCulture, $"'{field.Name}' must be a number from {least} to {most}."));
}
