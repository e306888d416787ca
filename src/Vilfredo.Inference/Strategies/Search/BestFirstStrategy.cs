using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Best-first search: the best node so far is expanded.</summary>
public sealed class BestFirstStrategy : TreeSearchStrategy
{
    private readonly int _width;

    /// <summary>A search.</summary>
    /// <param name="growth">What nodes are; null means answers.</param>
    /// <param name="trials">The most nodes that are made, at least 1; one is a plain call.</param>
    /// <param name="width">The children of a node, at least 1.</param>
    /// <param name="depth">The greatest depth, at least 1.</param>
    /// <param name="batch">The nodes made side by side, at least 1.</param>
    public BestFirstStrategy(TreeGrowth? growth = null, int trials = 8, int width = 2, int depth = 8, int batch = 1)
        : base(growth ?? new AnswerGrowth(), trials, batch, depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _width = width;
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "best_first", "the best answer or partial solution so far is expanded next",
        [SearchKnobs.Trials("8"), SearchKnobs.Count("width", "children of a node", "2"), SearchKnobs.Depth("8"), SearchKnobs.Batch, .. SearchKnobs.ForBoth],
        values => new BestFirstStrategy(SearchKnobs.Growth(values), values.Integer("trials"), values.Integer("width"), values.Integer("depth"), values.Integer("batch")))
    { Source = "TreeQuest" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override int FewestTrials => FewestOf(_width);

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) => new BestFirstSearch<ReasoningChain>(state, _width, Depth, Growth.Actions);
}
