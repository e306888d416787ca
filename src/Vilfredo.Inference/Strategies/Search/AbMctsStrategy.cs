using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>AB-MCTS-A: Thompson sampling decides at each node between another attempt, with which model, and improving one that there is (Inoue et al., arXiv 2503.04412).</summary>
/// <param name="growth">What nodes are; null means answers.</param>
/// <param name="trials">The most nodes that are made, at least 1; one is a plain call.</param>
/// <param name="posterior">What is believed of scores; null means a <see cref="GaussianPosterior"/>.</param>
/// <param name="depth">The greatest depth, at least 1.</param>
/// <param name="batch">The nodes made side by side, at least 1.</param>
public sealed class AbMctsStrategy(TreeGrowth? growth = null, int trials = 8, IScorePosterior? posterior = null, int depth = 16, int batch = 1)
    : TreeSearchStrategy(growth ?? new AnswerGrowth(), trials, batch, depth)
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "ab_mcts", "a tree whose branching adapts: another attempt or an improvement, by Thompson sampling",
        [
            SearchKnobs.Trials("8"), new("prior", KnobKind.Choice, "what scores are believed to be", "gaussian") { Choices = ["gaussian", "beta"] }, SearchKnobs.Depth("16"), SearchKnobs.Batch, .. SearchKnobs.ForBoth,
        ],
        values => new AbMctsStrategy(
            SearchKnobs.Growth(values), values.Integer("trials"), values.Text("prior") == "beta" ? new BetaPosterior() : new GaussianPosterior(), values.Integer("depth"), values.Integer("batch")))
    { Aliases = ["ab_mcts_a"], Source = "Inoue et al., arXiv 2503.04412; TreeQuest" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    // There is always room for another child of the root.
    /// <inheritdoc/>
    protected override int FewestTrials => Trials;

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) => new AdaptiveBranchingSearch<ReasoningChain>(state, posterior, Growth.Actions, Depth);
}
