using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>
/// Has a model decide several times whether what was asked entails the answer; the score is the share of its decisions for it (the few-sample verifier of AutoMix, Aggarwal et al., arXiv 2310.12963, without its examples). The tier's
/// own model decides unless another is given. Decisions must differ from call to call for that, so the temperature wants to be well above 0.
/// </summary>
/// <remarks>Replies without a decision are left out; with none at all there is no score. Such scores are noisy and rarely calibrated: a <see cref="CascadePolicy"/> fitted to recorded answers makes a decision of them.</remarks>
/// <param name="samples">The decisions, at least 1; 8 in AutoMix.</param>
/// <param name="settings">The model, temperature and prompts; null means the defaults with a temperature of 1. The schema is not used.</param>
public sealed class EntailmentAcceptor(int samples = 8, JudgeSettings? settings = null) : IResponseAcceptor
{
    /// <summary>The temperature of decisions where none is given.</summary>
    public const double DefaultTemperature = 1;

    private readonly int _samples = samples >= 1 ? samples : throw new ArgumentOutOfRangeException(nameof(samples), samples, "An answer is decided on at least once.");
    private readonly JudgeSettings _settings = settings ?? new() { Temperature = DefaultTemperature };

    /// <inheritdoc/>
    public double DefaultThreshold => 0.7;

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => CallPlan.Fixed(_samples, 1);

    /// <inheritdoc/>
    public async Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var run = attempt.Run;
        var prompt = PromptTemplate.Fill(_settings.Prompts.Entailment, ("question", PromptTemplate.QuestionOf(run.Messages)), ("answer", attempt.Answer.Text));
        var replies = await run.CallAllAsync(
            Enumerable.Range(0, _samples).Select(sample => new CallRequest
            {
                Role = CallRole.Judge,
                Round = attempt.Tier,
                Sibling = sample,
                After = [attempt.Answer],
                Messages = [PromptTemplate.Turn(prompt, run.Messages)],
                Client = _settings.Client ?? attempt.Client,
                Temperature = _settings.Temperature,
                MaximumOutputTokens = _settings.MaximumOutputTokens,
                OverridesOptions = true,
            }),
            cancellation).ConfigureAwait(false);
        bool[] decisions = [.. replies.Select(reply => Read(reply.Text)).OfType<bool>()];
        if (decisions.Length > 0)
            return new(decisions.Count(isFor => isFor) / (double)decisions.Length, attempt.Answer);
        run.Warn($"None of {_samples} replies of the verifier says 'correct' or 'incorrect', so the answer is not accepted.");
        return null;
    }

    // The last decision counts: reasons before it may name both. "incorrect" has "correct" in it, and so has "not correct".
    private static bool? Read(string text)
    {
        var place = text.LastIndexOf("correct", StringComparison.OrdinalIgnoreCase);
        if (place < 0)
            return null;
        var before = text[..place].TrimEnd();
        return !(text[..place].EndsWith("in", StringComparison.OrdinalIgnoreCase) || before.EndsWith("not", StringComparison.OrdinalIgnoreCase));
    }
}
