using System.Globalization;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Monte Carlo tree search over five kinds of reasoning steps, and a second look that completes the beginnings of the chains found: chains whose completion has their own answer are mutually consistent, and vote (rStar, Qi et al., arXiv 2408.06195).</summary>
/// <remarks>
/// The beginning that is shown is a share of the chain's words drawn between 20 and 80 percent with the seed, as the paper has it for steps. Where all chains have one answer no second look is taken; where no chain is consistent, all vote.
/// The chain of the winning answer that came first is what the last call writes the answer from. The confidence is the share of the vote.
/// </remarks>
public sealed class RStarStrategy : TreeSearchStrategy
{
    private readonly ActionGrowth _growth;
    private readonly double _exploration;
    private readonly int _checks;
    private readonly StageSettings _second;

    /// <summary>A search.</summary>
    /// <param name="growth">How steps are made; null means the defaults.</param>
    /// <param name="trials">The most nodes that are made, at least 1; one is a plain call.</param>
    /// <param name="exploration">The constant of UCT, at least 0.</param>
    /// <param name="depth">The greatest depth, at least 1.</param>
    /// <param name="checks">The most chains that are looked at again, at least 0.</param>
    /// <param name="second">How beginnings are completed, such as by another model; null means the defaults.</param>
    /// <param name="batch">The nodes made side by side, at least 1.</param>
    public RStarStrategy(ActionGrowth? growth = null, int trials = 16, double exploration = 1.4, int depth = 5, int checks = 8, StageSettings? second = null, int batch = 1)
        : base(growth ?? new(), trials, batch, depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        ArgumentOutOfRangeException.ThrowIfNegative(checks);
        (_growth, _exploration, _checks, _second) = ((ActionGrowth)Growth, exploration, checks, second ?? new() { MaximumOutputTokens = 1024 });
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "rstar", "tree search over five kinds of reasoning steps, and a vote of chains that a second look confirms",
        [
            SearchKnobs.Trials("16"), new("exploration", KnobKind.Number, "constant of UCT", "1.4") { Minimum = 0, Maximum = 1000 }, SearchKnobs.Depth("5"), SearchKnobs.Batch,
            new("checks", KnobKind.Integer, "most chains that are looked at again", "8") { Minimum = 0, Maximum = 1024 }, .. StageKnobs.Of("step", tokens: "1024"), .. StageKnobs.Of("check", tokens: "1024"), CommonKnobs.Answer,
        ],
        values => new RStarStrategy(
            new() { Steps = StageKnobs.Settings(values, "step"), Answers = AnswerExtractors.Named(values.Text("answer")!) },
            values.Integer("trials"), values.Number("exploration")!.Value, values.Integer("depth"), values.Integer("checks"), StageKnobs.Settings(values, "check"), values.Integer("batch")))
    { Source = "Qi et al., arXiv 2408.06195" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => HasChoice && base.Plan is var plan ? plan with { Most = plan.Most + _checks, Depth = plan.Depth + Math.Min(1, _checks) } : base.Plan;

    /// <inheritdoc/>
    protected override int CallsOfTrial => 1;

    /// <inheritdoc/>
    protected override int FewestCallsOfTrial => 1;

    // The four kinds of first steps; a tree of depth 1 has only one.
    /// <inheritdoc/>
    protected override int FewestTrials => Math.Min(Trials, Depth == 1 ? 1 : 4);

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) =>
        new MonteCarloTreeSearch<ReasoningChain>(state, 1, _exploration, Depth, node => ActionGrowth.AllowedAt(node, Depth));

    /// <inheritdoc/>
    protected override async Task<(ReasoningChain? Chain, double? Confidence)> ChooseAsync(StrategyRun run, ISearchAlgorithm<ReasoningChain> search, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(search);
        var finished = search.State.Nodes.Where(node => node.IsTerminal).Select(node => (Chain: node.State, Answer: _growth.AnswerOf(node.State))).Where(pair => pair.Answer is not null).ToList();
        if (finished.Count == 0)
            return (search.State.Nodes.MaxBy(node => node.Depth) is { Depth: > 0 } deepest ? deepest.State : null, null);
        var voters = finished;
        if (finished.Select(pair => pair.Answer).Distinct().Skip(1).Any())
        {
            var looked = finished.Take(_checks).ToList();
            var confirmed = await Task.WhenAll(looked.Select((pair, place) => IsConfirmedAsync(run, pair.Chain, pair.Answer!, place, cancellation))).ConfigureAwait(false);
            if (looked.Zip(confirmed).Where(pair => pair.Second).Select(pair => pair.First).ToList() is { Count: > 0 } consistent)
                voters = consistent;
        }

        // Groups come in the order of their first members, so that earlier answers win ties.
        var winner = voters.GroupBy(pair => pair.Answer, StringComparer.Ordinal).MaxBy(group => group.Count())!;
        return (winner.First().Chain, (double)winner.Count() / voters.Count);
    }

    private async Task<bool> IsConfirmedAsync(StrategyRun run, ReasoningChain chain, string answer, int place, CancellationToken cancellation)
    {
        var words = chain.Text.Split(' ');
        var share = run.RandomFor(string.Create(CultureInfo.InvariantCulture, $"rstar/check/{place}")).NextDouble(0.2, 0.8);
        var beginning = string.Join(' ', words.Take(Math.Max(1, (int)(share * words.Length))));
        var prompt = PromptTemplate.Fill(_growth.Prompts.Complete, ("steps", beginning), ("mark", _growth.Prompts.Mark));
        var completion = await Stage.WriteAsync(run, _second, prompt, new() { Role = CallRole.Judge, Sibling = place, After = [chain.Last!] }, cancellation).ConfigureAwait(false);
        return completion is { IsTruncated: false } && _growth.Answers.Extract(completion.Shown()) == answer;
    }
}
