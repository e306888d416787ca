using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Answers by a search of a tree over answers or steps. What follows from it differs in the search.</summary>
/// <remarks>
/// Over answers, the answer with the highest score is the answer as it is. Over steps, one last call writes the answer from the best chain, finished ones first, with the caller's options; it streams.
/// Without anything to choose from, the strategy is a plain call. Where the budget ends, the best node so far is taken.
/// </remarks>
public abstract class TreeSearchStrategy : InferenceStrategy
{
    private readonly int _batch;

    /// <summary>A search.</summary>
    /// <param name="growth">What nodes are.</param>
    /// <param name="trials">The most nodes that are made, at least 1.</param>
    /// <param name="batch">The nodes that are made side by side before the search chooses again, at least 1.</param>
    /// <param name="depth">The greatest depth of a node, at least 1.</param>
    protected TreeSearchStrategy(TreeGrowth growth, int trials, int batch, int depth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (Growth, Trials, _batch, Depth) = (growth, trials, batch, depth);
    }

    /// <summary>What nodes are.</summary>
    protected TreeGrowth Growth { get; }

    /// <summary>The most nodes that are made.</summary>
    protected int Trials { get; }

    /// <summary>The greatest depth of a node.</summary>
    protected int Depth { get; }

    /// <summary>The fewest nodes that are made when nothing fails.</summary>
    protected virtual int FewestTrials => 1;

    /// <summary>The most rounds of choosing.</summary>
    protected virtual int Rounds => 1 + (Trials - 1) / _batch;

    /// <summary>The most calls for one node.</summary>
    protected virtual int CallsOfTrial => 1 + JudgeCall.Attempts;

    /// <summary>The fewest calls for one node.</summary>
    protected virtual int FewestCallsOfTrial => 2;

    /// <summary>Whether there is anything to choose from.</summary>
    protected virtual bool HasChoice => Trials > 1;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            if (!HasChoice)
                return CallPlan.Fixed(1, 1);
            var last = Growth.MakesAnswers ? 0 : 1;
            // Saturated: deep and wide trees have more nodes than anybody will pay for.
            var most = Math.Min(int.MaxValue, (long)Trials * CallsOfTrial + last);
            return new(FewestTrials * FewestCallsOfTrial + last, (int)most, (int)Math.Min(int.MaxValue, (long)Rounds * CallsOfTrial + last));
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!HasChoice)
            return await Stage.FinishAsync(run, new() { Role = CallRole.Sample }, [], null, cancellation).ConfigureAwait(false);
        var search = Begin(new SearchState<ReasoningChain>(ReasoningChain.Empty, run.RandomFor("search").NextUInt64()));
        IReadOnlyList<Candidate> after = [];
        for (var made = 0; made < Trials && !run.IsOutOfBudget;)
        {
            var asked = search.Ask(Math.Min(_batch, Trials - made));
            if (asked.Count == 0)
                break;
            made += asked.Count;
            var (state, known) = (search.State, run.Calls.Calls.Count);
            var results = await Task.WhenAll(asked.Select(trial => Growth.GrowAsync(run, state, trial, state.Nodes[trial.Parent].Depth + 1 >= Depth, after, cancellation))).ConfigureAwait(false);
            // Told in the order of asking, whichever came first.
            foreach (var (trial, result) in asked.Zip(results))
                search.Tell(trial.Id, result);
            // The next choice waits for these calls and, through them, for all before.
            var calls = run.Calls.Calls;
            after = calls.Count == known ? after : [.. Ends(calls, known).Select(call => new Candidate(call, new()))];
        }

        return await ConcludeAsync(run, search, after, cancellation).ConfigureAwait(false);
    }

    /// <summary>The fewest nodes that a search without a bound on levels makes when nothing fails: answers can always be improved down to the greatest depth, but first steps may all be last ones.</summary>
    /// <param name="children">The children of a node.</param>
    private protected int FewestOf(int children) => Math.Min(Trials, Growth.MakesAnswers ? LevelCounts.Trials(int.MaxValue, children, Depth) : children);

    /// <summary>The search.</summary>
    protected abstract ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state);

    /// <summary>The chain that the answer is taken or made from; null where there is none.</summary>
    protected virtual Task<(ReasoningChain? Chain, double? Confidence)> ChooseAsync(StrategyRun run, ISearchAlgorithm<ReasoningChain> search, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(search);
        var best = search.State.Best(terminal: !Growth.MakesAnswers) ?? search.State.Best();
        return Task.FromResult((best?.State, best?.Score));
    }

    private async Task<StrategyOutcome> ConcludeAsync(StrategyRun run, ISearchAlgorithm<ReasoningChain> search, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        var (chain, confidence) = await ChooseAsync(run, search, cancellation).ConfigureAwait(false);
        var made = search.State.Nodes.Where(node => node.State.Last is not null).Select(node => node.State.Last!).ToList();
        if (Growth.MakesAnswers)
            return StrategyOutcome.Of(run.Require(chain?.Last, "No attempt gave an answer."), made, confidence);
        var instruction = chain is null ? null : PromptTemplate.Fill(Growth.Prompts.Conclude, ("steps", chain.Text));
        var request = Stage.Answer(run, instruction, chain is null ? [] : [.. chain.Parts.TakeLast(1), .. after.Where(call => call.Call.Id != chain.Last!.Call.Id)]);
        var outcome = await Stage.FinishAsync(run, request, made, chain?.Last, cancellation).ConfigureAwait(false);
        return outcome with { Confidence = confidence };
    }

    // The calls from a number on that no later one waited for.
    private static IEnumerable<CallRecord> Ends(IReadOnlyList<CallRecord> calls, int from)
    {
        var waitedFor = calls.Skip(from).SelectMany(call => call.Parents).ToHashSet();
        return calls.Skip(from).Where(call => !waitedFor.Contains(call.Id));
    }
}
