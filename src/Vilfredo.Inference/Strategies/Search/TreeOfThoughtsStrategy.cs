using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Tree of thoughts, breadth first: proposals for the next step of each kept chain are scored, and the best are kept (Yao et al., arXiv 2305.10601).</summary>
/// <param name="growth">How steps are made and scored; null means the defaults.</param>
/// <param name="keep">The chains that are kept of a level, at least 1.</param>
/// <param name="proposals">The proposals for each, at least 1. With one of both it is a plain call.</param>
/// <param name="depth">The most steps, at least 1.</param>
public sealed class TreeOfThoughtsStrategy(StepGrowth? growth = null, int keep = 3, int proposals = 5, int depth = 3)
    : TreeSearchStrategy(growth ?? new(), LevelCounts.Trials(keep, proposals, depth), int.MaxValue, depth)
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "tot", "tree of thoughts: proposals for the next step are scored, and the best kept",
        [SearchKnobs.Count("keep", "chains kept of a level", "3"), SearchKnobs.Count("proposals", "proposals for the next step of each", "5"), SearchKnobs.Depth("3"), .. SearchKnobs.ForSteps],
        values => new TreeOfThoughtsStrategy(SearchKnobs.Steps(values), values.Integer("keep"), values.Integer("proposals"), values.Integer("depth")))
    { Aliases = ["tree_of_thoughts"], Source = "Yao et al., arXiv 2305.10601" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override bool HasChoice => keep > 1 || proposals > 1;

    /// <inheritdoc/>
    protected override int FewestTrials => proposals;

    /// <inheritdoc/>
    protected override int Rounds => Depth;

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) => new BreadthFirstThoughts<ReasoningChain>(state, keep, proposals, Depth);
}
