using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>How the tree of a search grows: what a child of a node is, and what it is worth.</summary>
public abstract class TreeGrowth
{
    private const string Schema = """{"type":"object","properties":{"score":{"type":"number","minimum":0,"maximum":10}},"required":["score"],"additionalProperties":false}""";

    /// <summary>The models that make children, chosen by the action of a trial; the strategy's own when empty.</summary>
    public IReadOnlyList<IChatClient> Models { get; init; } = [];

    /// <summary>How scores are asked for.</summary>
    public JudgeSettings Judge { get; init; } = new();

    /// <summary>What is asked.</summary>
    public SearchPrompts Prompts { get; init; } = new();

    /// <summary>The number of actions, at least 1.</summary>
    public int Actions => Math.Max(1, Models.Count);

    /// <summary>Whether a node is an answer, and not a part of one.</summary>
    public abstract bool MakesAnswers { get; }

    /// <summary>Makes a child.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">The tree.</param>
    /// <param name="trial">The trial, which names the node that gets the child.</param>
    /// <param name="isLast">Whether the child is as deep as children may be.</param>
    /// <param name="after">What the choice of the node waited for.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>The child; null where a call failed, nothing was written, or the budget allowed none.</returns>
    public abstract Task<SearchResult<ReasoningChain>?> GrowAsync(
        StrategyRun run, SearchState<ReasoningChain> state, SearchTrial trial, bool isLast, IReadOnlyList<Candidate> after, CancellationToken cancellation);

    /// <summary>The model of a trial.</summary>
    protected IChatClient? ClientOf(SearchTrial trial) => Models.Count == 0 ? null : Models[trial.Action % Models.Count];

    /// <summary>Asks for a score; null where none was valid.</summary>
    /// <param name="run">The run.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="scored">What is scored.</param>
    /// <param name="depth">The depth of the node that is scored.</param>
    /// <param name="trial">The trial that made it.</param>
    /// <param name="kept">The calls that the budget must have left.</param>
    /// <param name="cancellation">Ends the call.</param>
    private protected async Task<(double? Score, Candidate? Call)> ScoreAsync(StrategyRun run, string prompt, Candidate scored, int depth, SearchTrial trial, int kept, CancellationToken cancellation)
    {
        var judged = await JudgeCall.AskAsync(run, Judge, prompt, "score", Schema, Read, JudgeCall.Place(depth, trial.Id, [scored]), cancellation, kept).ConfigureAwait(false);
        return (judged?.Value / 10, judged?.Call);
    }

    private static double? Read(JsonElement score) => score.ValueKind == JsonValueKind.Number && score.GetDouble() is >= 0 and <= 10 and var number ? number : null;
}
