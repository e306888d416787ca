using System.Globalization;
using System.Text.Json;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Shows the model all drafts, in an order drawn with the seed, and asks for the best ones: the self-verification of the paper.</summary>
/// <remarks>A reply that is not valid is asked for once more; then the drafts that were shown first are kept, with a warning.</remarks>
/// <param name="settings">How it is asked; null means the defaults. Its prompts are those of the refinement.</param>
public sealed class PromptedSelector(JudgeSettings? settings = null) : IDraftSelector
{
    private const string Schema = """{"type":"object","properties":{"keep":{"type":"array","items":{"type":"integer"}}},"required":["keep"],"additionalProperties":false}""";
    private readonly JudgeSettings _settings = settings ?? new();

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts) => new(1, JudgeCall.Attempts, JudgeCall.Attempts);

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Draft> Kept, IReadOnlyList<Candidate> Calls)?> SelectAsync(Distillation work, int keep, int place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var run = work.Run;
        var shown = work.Shuffled(work.Drafts, place);
        var prompt = PromptTemplate.Fill(
            work.Prompts.Select, ("question", PromptTemplate.QuestionOf(run.Messages)), ("drafts", PromptTemplate.Numbered("Attempt", shown.Select(draft => draft.Shown))),
            ("count", shown.Count.ToString(CultureInfo.InvariantCulture)), ("keep", keep.ToString(CultureInfo.InvariantCulture)));
        var request = new CallRequest { Role = CallRole.Select, Round = work.Round, Sibling = place, After = [.. shown.SelectMany(draft => draft.Sources)] };
        var reply = await JudgeCall.AskAsync(run, _settings, prompt, "keep", Schema, value => Numbers(value, shown.Count, keep), request, cancellation).ConfigureAwait(false);
        if (reply is { Value.Places: var places, Call: var call })
            return ([.. places.Select(index => shown[index])], [call]);
        return run.IsOutOfBudget ? null : ([.. shown.Take(keep)], []);
    }

    private static Choice? Numbers(JsonElement value, int count, int keep)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var places = value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number - 1 : -1).Distinct().ToList();
        return places.Count >= keep && places.TrueForAll(place => place >= 0 && place < count) ? new([.. places.Take(keep)]) : null;
    }

    private readonly record struct Choice(IReadOnlyList<int> Places);
}
