using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Asks a judge, and once more when the reply is not what was asked for.</summary>
internal static class JudgeCall
{
    public const int Attempts = 2;

    /// <summary>What the reply says, with the call that gave it; null when no reply was valid, or the budget of calls has no more left than are to be kept for others.</summary>
    public static async Task<(T Value, Candidate Call)?> AskAsync<T>(
        StrategyRun run, JudgeSettings settings, string prompt, string property, string schema, Func<JsonElement, T?> read, CallRequest place, CancellationToken cancellation, int kept = 0)
        where T : struct
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (kept > 0 && !run.HasRoomFor(1 + kept))
                return null;
            var request = place with
            {
                // A second attempt at the same temperature needs another seed.
                Round = place.Round * Attempts + attempt,
                Messages = [PromptTemplate.Turn(prompt, run.Messages)],
                Client = settings.Client,
                Temperature = settings.Temperature,
                MaximumOutputTokens = settings.MaximumOutputTokens,
                OverridesOptions = true,
                Configure = options =>
                {
                    if (settings.UsesSchema)
                        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema), place.Role);
                },
            };
            if (await run.TryCallAsync(request, cancellation).ConfigureAwait(false) is not { } reply)
                return null;
            if (JsonReply.Find(reply.Text, property) is { } value && read(value) is { } answer)
                return (answer, reply);
        }

        run.Warn($"A judge gave no valid \"{property}\" in {Attempts} attempts, so that judgement is left out.");
        return null;
    }

    public static CallRequest Place(int round, int sibling, IReadOnlyList<Candidate> after) => new() { Role = CallRole.Judge, Round = round, Sibling = sibling, After = after };
}
