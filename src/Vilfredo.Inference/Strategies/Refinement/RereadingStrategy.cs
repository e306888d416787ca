using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Re-reading (RE2): the question stands in the prompt more than once, so that its first words are read with the last ones known (Xu et al., arXiv 2309.06275).</summary>
/// <remarks>The text of the user's last turn is repeated within it; images and files are not. A chat that ends with another's turn is sent as it is. Streamed.</remarks>
public sealed class RereadingStrategy : InferenceStrategy
{
    private readonly int _times;
    private readonly double? _temperature;
    private readonly RefinementPrompts _prompts;

    /// <summary>A call with the question repeated.</summary>
    /// <param name="times">How often it stands in the prompt, at least 1; 1 is a plain call.</param>
    /// <param name="temperature">Where the caller sets none, at least 0; null leaves the model's own.</param>
    /// <param name="prompts">What is asked; null means the defaults.</param>
    public RereadingStrategy(int times = 2, double? temperature = null, RefinementPrompts? prompts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (temperature is { } value)
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(temperature));
        (_times, _temperature, _prompts) = (times, temperature, prompts ?? new());
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "re2", "one call in which the question stands twice",
        [new("times", KnobKind.Integer, "how often the question stands in the prompt", "2") { Minimum = 1, Maximum = 16 }, RefinementKnobs.OptionalTemperature],
        values => new RereadingStrategy(values.Integer("times"), values.Number("temperature")))
    { Aliases = ["rereading"], Source = "Xu et al., arXiv 2309.06275" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(1, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        IReadOnlyList<ChatMessage>? messages = null;
        if (_times > 1 && run.Messages.Count > 0 && run.Messages[^1].Role == ChatRole.User && run.Question.Length > 0)
        {
            var again = PromptTemplate.Fill(_prompts.Reread, ("question", run.Question));
            messages = PromptTemplate.Append(run.Messages, string.Join("\n\n", Enumerable.Repeat(again, _times - 1)));
        }

        var candidate = run.Require(await run.TryFinalCallAsync(new() { Role = CallRole.Sample, Messages = messages, Temperature = _temperature }, cancellation).ConfigureAwait(false));
        return StrategyOutcome.Of(candidate, [candidate]);
    }
}
