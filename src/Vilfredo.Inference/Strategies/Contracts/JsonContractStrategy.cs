using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Contracts;

/// <summary>
/// Another strategy's answer, held to JSON: to the schema of the caller's response format, or to the one given here. What is not JSON is repaired where that is beyond doubt (<see cref="JsonRepair"/>), values are mended
/// (<see cref="JsonSchemaCheck.Mend"/>), and when that does not do, the model is asked once more with what is wrong.
/// </summary>
/// <remarks>
/// Without a schema and without a response format of JSON, and for answers that call tools, the answer is passed on as it is. When the second answer does not fit either, the first one is returned with a warning: nothing is made up.
/// An answer that fits is returned in its own words, blanks and all; a repaired one is written anew.
/// </remarks>
public sealed class JsonContractStrategy : InferenceStrategy
{
    private readonly HandedOn _inner;
    private readonly JsonElement? _schema;

    /// <summary>A contract.</summary>
    /// <param name="inner">How the answer is made.</param>
    /// <param name="schema">The schema; null for that of the caller's response format.</param>
    /// <param name="models">Finds the models that <paramref name="inner"/> names; null where it names none.</param>
    /// <exception cref="FormatException">The inner strategy cannot be built.</exception>
    public JsonContractStrategy(StrategyPoint inner, JsonElement? schema = null, Func<string, IChatClient>? models = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (inner.Strategy == Definition.Name)
            throw new FormatException("A contract of a contract is the contract; name the strategy whose answer is to be JSON.");
        _inner = HandedOn.Of(inner, models ?? (model => throw new FormatException($"'{inner.Name}' needs the model '{model}', but there are no models to choose from here.")));
        _schema = schema?.Clone();
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "json_contract", "another strategy's answer held to JSON: repaired, and asked for once more where it does not fit its schema",
        [
            new("inner", KnobKind.Text, "how the answer is made: a strategy or a model, as in majority_voting:n=5", "single"),
            new("schema", KnobKind.File, "a JSON schema; that of the request's response format when left out", null),
        ],
        values => new JsonContractStrategy(StrategyPoint.Parse(values.Text("inner")!), values.Open("schema", Schema.Read)?.Value, values.ModelNamed))
    {
        ModelsOf = values => StrategyPoint.Parse(values.Text("inner")!).Models,
        Source = "output contracts after vLLM's semantic router and optillm's json plugin",
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => new(_inner.Strategy.Plan.Fewest, _inner.Strategy.Plan.Most + 1, _inner.Strategy.Plan.Depth + 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var format = run.Options?.ResponseFormat as ChatResponseFormatJson;
        var schema = _schema ?? format?.Schema;
        var isWanted = schema is not null || format is not null;
        var request = _inner.Request(run, CallRole.Sample, 0, 0, options =>
        {
            if (_schema is { } own)
                options.ResponseFormat ??= ChatResponseFormat.ForJsonSchema(own);
        });
        var first = run.Require(await (isWanted ? run.TryCallAsync(request, cancellation) : run.TryFinalCallAsync(request, cancellation)).ConfigureAwait(false), "The answer that was to be JSON could not be had.");
        var confidence = StrategyAnswer.Of(first.Response)?.Outcome.Confidence;
        if (!isWanted || ToolCallAnswers.Of(first.Response) is not null)
            return StrategyOutcome.Of(first, [first], confidence);
        var (written, problems) = Fitted(first.Text, schema);
        if (problems.Count == 0)
            return Written(first, written, [first], confidence);

        var again = await run.TryCallAsync(
            new()
            {
                Role = CallRole.Revise,
                Round = 1,
                After = [first],
                Client = _inner.ClientIn(run),
                Messages = run.MessagesWith(new(ChatRole.Assistant, first.Text), new(ChatRole.User, Complaint(problems, schema))),
                Configure = options =>
                {
                    if (_schema is { } own)
                        options.ResponseFormat ??= ChatResponseFormat.ForJsonSchema(own);
                },
            },
            cancellation).ConfigureAwait(false);
        if (again is not null)
        {
            var (mended, left) = Fitted(again.Text, schema);
            if (left.Count == 0)
                return Written(again, mended, [first, again], confidence);
        }

        run.Warn($"The answer is not the JSON that was asked for, also when asked for once more: {problems[0]}.");
        return StrategyOutcome.Of(first, [first, .. again is null ? Array.Empty<Candidate>() : [again]], confidence);
    }

    // The text that fits, null for the one that was given; or what is wrong.
    private static (string? Text, IReadOnlyList<string> Problems) Fitted(string text, JsonElement? schema)
    {
        if (JsonRepair.Read(text, out var isRepaired) is not { } value)
            return (null, ["it is no JSON"]);
        // A response format of JSON without a schema means an object.
        IReadOnlyList<string> Wrong(JsonElement given) => schema is { } wanted ? JsonSchemaCheck.Problems(given, wanted) : given.ValueKind == JsonValueKind.Object ? [] : ["it is no JSON object"];
        var problems = Wrong(value);
        if (problems.Count > 0 && schema is { } form && JsonSchemaCheck.Mend(value, form) is { } mended && Wrong(mended) is { Count: 0 } none)
            return (mended.GetRawText(), none);
        return (isRepaired ? value.GetRawText() : null, problems);
    }

    private static StrategyOutcome Written(Candidate from, string? text, IReadOnlyList<Candidate> candidates, double? confidence) => text is null
        ? StrategyOutcome.Of(from, candidates, confidence)
        : new(
            new(new ChatMessage(ChatRole.Assistant, text))
            {
                ResponseId = from.Response.ResponseId,
                ModelId = from.Response.ModelId,
                CreatedAt = from.Response.CreatedAt,
                FinishReason = ChatFinishReason.Stop,
                AdditionalProperties = from.Response.AdditionalProperties,
            },
            candidates, confidence);

    private static string Complaint(IReadOnlyList<string> problems, JsonElement? schema) =>
        $"Your answer is not what was asked for: {string.Join("; ", problems)}. Give the same answer as JSON alone, without any other words"
        + (schema is { } wanted ? $", by this schema:\n{wanted.GetRawText()}" : ".");

    private sealed record Schema(JsonElement Value)
    {
        public static Schema Read(string path)
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : throw new FormatException($"'{path}' is no JSON schema: it must be an object.");
            }
            catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"'{path}' cannot be read as a JSON schema: {error.Message}", error);
            }
        }
    }
}
