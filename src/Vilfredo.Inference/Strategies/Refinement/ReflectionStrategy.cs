using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Chain of thought with reflection: one call in which the model thinks, looks for errors in its thinking, and then answers, each in tags of its own; the answer alone is returned (<c>cot_reflection</c> of optillm).</summary>
/// <remarks>
/// The thinking goes along as <see cref="TextReasoningContent"/>. A response without the tags is returned as it is, with a warning, and so is one that calls tools. A caller who wants JSON gets a
/// plain call, since tags are no JSON. The answer comes whole at the end of a stream unless everything is kept.
/// </remarks>
public sealed class ReflectionStrategy : InferenceStrategy
{
    private readonly double? _temperature;
    private readonly int? _maximumTokens;
    private readonly bool _keepsAll;
    private readonly RefinementPrompts _prompts;

    /// <summary>A call with reflection.</summary>
    /// <param name="temperature">Where the caller sets none, at least 0; null leaves the model's own.</param>
    /// <param name="maximumTokens">The most output tokens where the caller sets none; null for no limit.</param>
    /// <param name="keepsAll">Whether the whole response is the answer, tags included.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public ReflectionStrategy(double? temperature = 0.6, int? maximumTokens = 4096, bool keepsAll = false, RefinementPrompts? prompts = null)
    {
        if (temperature is { } value)
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(temperature));
        if (maximumTokens is { } tokens)
            ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(maximumTokens));
        (_temperature, _maximumTokens, _keepsAll, _prompts) = (temperature, maximumTokens, keepsAll, prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "cot_reflection", "one call that thinks, looks for errors and answers, in tags; the answer is returned",
        [
            CommonKnobs.Temperature("0.6"), new("max_tokens", KnobKind.Integer, "most output tokens, where the caller sets none", "4096") { Minimum = 1, Maximum = 10_000_000 },
            new("keep_thinking", KnobKind.Flag, "whether the whole response is returned, tags included", "false"),
        ],
        values => new ReflectionStrategy(values.Number("temperature"), values.Integer("max_tokens"), values.Flag("keep_thinking")))
    { Aliases = ["reflection"], Source = "optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(1, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var wantsFormat = run.Options?.ResponseFormat is not (null or ChatResponseFormatText);
        if (wantsFormat)
            run.Warn("The caller asks for JSON, which has no place for thinking in tags, so the question is asked as it is.");
        var request = new CallRequest
        {
            Role = CallRole.Sample,
            Temperature = _temperature,
            MaximumOutputTokens = _maximumTokens,
            Messages = wantsFormat ? null : PromptTemplate.Append(run.Messages, _prompts.Reflect),
        };
        if (_keepsAll || wantsFormat)
        {
            var whole = run.Require(await run.TryFinalCallAsync(request, cancellation).ConfigureAwait(false));
            return StrategyOutcome.Of(whole, [whole]);
        }

        var candidate = run.Require(await run.TryCallAsync(request, cancellation).ConfigureAwait(false));
        if (candidate.Response.Messages.SelectMany(message => message.Contents).Any(content => content is FunctionCallContent))
            return StrategyOutcome.Of(candidate, [candidate]);
        if (ReflectionTags.Split(candidate.Text) is not var (thinking, output, isClosed))
        {
            run.Warn("The response has no answer in <output> tags, so all of it is returned.");
            return StrategyOutcome.Of(candidate, [candidate]);
        }

        if (!isClosed)
            run.Warn("The answer's </output> is missing; it may be cut off.");
        return new(Answer(candidate.Response, thinking, output), [candidate]);
    }

    private static ChatResponse Answer(ChatResponse response, string thinking, string output)
    {
        var others = response.Messages.SelectMany(message => message.Contents).Where(content => content is not (TextContent or UsageContent));
        AIContent[] thought = thinking.Length > 0 ? [new TextReasoningContent(thinking)] : [];
        return new(new ChatMessage(ChatRole.Assistant, [.. others, .. thought, new TextContent(output)]))
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            RawRepresentation = response.RawRepresentation,
            AdditionalProperties = response.AdditionalProperties,
        };
    }
}
