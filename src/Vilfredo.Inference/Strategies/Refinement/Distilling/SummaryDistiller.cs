using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Global summary: one call writes notes on all drafts, which all calls of the next round read.</summary>
/// <param name="client">The model that writes; the strategy's when null.</param>
/// <param name="temperature">Of the summary, at least 0.</param>
public sealed class SummaryDistiller(IChatClient? client = null, double temperature = 0.2) : IWorkspaceDistiller
{
    private readonly double _temperature = temperature >= 0 ? temperature : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is at least 0.");

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => CallPlan.Fixed(1, 1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var run = work.Run;
        var shown = work.Shuffled(work.Drafts, 0);
        var prompt = PromptTemplate.Fill(
            work.Prompts.Summary, ("question", PromptTemplate.QuestionOf(run.Messages)), ("drafts", PromptTemplate.Numbered("Attempt", shown.Select(draft => draft.Shown))),
            ("count", shown.Count.ToString(CultureInfo.InvariantCulture)), ("limit", work.TokenLimit.ToString(CultureInfo.InvariantCulture)));
        var summary = await run.TryCallAsync(
            new()
            {
                Role = CallRole.Distill,
                Round = work.Round,
                Messages = [PromptTemplate.Turn(prompt, run.Messages)],
                After = [.. shown.SelectMany(draft => draft.Sources)],
                Client = client,
                Temperature = _temperature,
                MaximumOutputTokens = work.TokenLimit,
                OverridesOptions = true,
            },
            cancellation).ConfigureAwait(false);
        if (summary is null)
            return null;
        var written = Draft.Of(summary).Text;
        var text = TokenCut.First(written, work.TokenLimit, run.Settings.Tokens);
        if (text.Length < written.Length || summary.IsTruncated)
            run.Warn($"The summary of round {work.Round + 1} was longer than a workspace may be ({work.TokenLimit} tokens) and is cut off.");
        return [.. Enumerable.Repeat(new Workspace(text, [summary]), work.Readers)];
    }
}
