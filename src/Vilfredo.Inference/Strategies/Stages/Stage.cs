using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Stages;

/// <summary>The two kinds of calls of strategies that work in stages: texts that prepare the answer, and the answer.</summary>
internal static class Stage
{
    /// <summary>A text about the question, asked for behind the caller's chat with all its turns, images and files. Null when nothing was written, the call failed, or the budget has only the call for the answer left.</summary>
    /// <param name="run">The run.</param>
    /// <param name="settings">How it is asked for.</param>
    /// <param name="instruction">What is asked.</param>
    /// <param name="place">Role, round, place and what it waits for; its messages, if any, stand for the caller's chat with the instruction.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<Candidate?> WriteAsync(StrategyRun run, StageSettings settings, string instruction, CallRequest place, CancellationToken cancellation)
    {
        if (!run.HasRoomFor(2))
            return null;
        var request = place with
        {
            Messages = place.Messages ?? PromptTemplate.Append(run.Messages, instruction),
            Client = settings.Client,
            Temperature = settings.Temperature,
            MaximumOutputTokens = settings.MaximumOutputTokens,
            OverridesOptions = true,
        };
        var text = await run.TryCallAsync(request, cancellation).ConfigureAwait(false);
        return text is { IsEmpty: false } ? text : null;
    }

    /// <summary>Makes the call whose text is the answer; where it gives none, an earlier text is the answer.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">The call.</param>
    /// <param name="earlier">What the answer was made of.</param>
    /// <param name="otherwise">The best text so far; null where there is none.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<StrategyOutcome> FinishAsync(StrategyRun run, CallRequest request, IReadOnlyList<Candidate> earlier, Candidate? otherwise, CancellationToken cancellation)
    {
        var answer = await run.TryFinalCallAsync(request, cancellation).ConfigureAwait(false);
        // Words that a reader has cannot be taken back.
        if (answer is { IsEmpty: false } || (answer is not null && (otherwise is null || run.HasStreamed)))
            return StrategyOutcome.Of(answer, [.. earlier, answer]);
        if (otherwise is null)
            throw run.Failed("The call for the answer gave none, and there is no earlier one.");
        run.Warn($"The last call gave no answer, so the text of an earlier call is it ({otherwise.Call.Role}).");
        return StrategyOutcome.Of(otherwise, earlier);
    }

    /// <summary>The call for the answer, behind the caller's chat.</summary>
    /// <param name="run">The run.</param>
    /// <param name="instruction">What is added to the question; null asks it as it is.</param>
    /// <param name="after">What it waits for.</param>
    public static CallRequest Answer(StrategyRun run, string? instruction, IReadOnlyList<Candidate> after) =>
        new() { Role = CallRole.Final, Messages = instruction is null ? null : PromptTemplate.Append(run.Messages, instruction), After = after };

    /// <summary>The caller's chat with an answer to it and what the user says to that.</summary>
    public static IReadOnlyList<ChatMessage> Reply(StrategyRun run, string answer, string instruction) =>
        run.MessagesWith(new ChatMessage(ChatRole.Assistant, answer), new ChatMessage(ChatRole.User, instruction));

    /// <summary>Those with something in them.</summary>
    public static List<Candidate> Written(IEnumerable<Candidate> candidates) => [.. candidates.Where(candidate => !candidate.IsEmpty)];
}
