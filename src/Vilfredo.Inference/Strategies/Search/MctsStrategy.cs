using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Monte Carlo tree search over answers, which are scored and improved, or over steps.</summary>
public sealed class MctsStrategy : TreeSearchStrategy
{
    private readonly int _width;
    private readonly double _exploration;

    /// <summary>A search.</summary>
    /// <param name="growth">What nodes are; null means answers.</param>
    /// <param name="trials">The most nodes that are made, at least 1; one is a plain call.</param>
    /// <param name="width">The children of a node for each model, at least 1.</param>
    /// <param name="exploration">The constant of UCT, at least 0.</param>
    /// <param name="depth">The greatest depth, at least 1.</param>
    /// <param name="batch">The nodes made side by side, at least 1.</param>
    public MctsStrategy(TreeGrowth? growth = null, int trials = 8, int width = 2, double exploration = 1.4142135623730951, int depth = 5, int batch = 1)
        : base(growth ?? new AnswerGrowth(), trials, batch, depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        (_width, _exploration) = (width, exploration);
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "mcts", "Monte Carlo tree search over answers or steps",
        [
            SearchKnobs.Trials("8"), SearchKnobs.Count("width", "children of a node for each model", "2"),
            new("exploration", KnobKind.Number, "constant of UCT", "1.414") { Minimum = 0, Maximum = 1000 }, SearchKnobs.Depth("5"), SearchKnobs.Batch, .. SearchKnobs.ForBoth,
        ],
        values => new MctsStrategy(
            SearchKnobs.Growth(values), values.Integer("trials"), values.Integer("width"), values.Number("exploration")!.Value, values.Integer("depth"), values.Integer("batch")))
    { Source = "UCT: Kocsis and Szepesvári, 2006; optillm" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override int FewestTrials => FewestOf(_width * Growth.Actions);

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state)
    {
        int[] actions = [.. Enumerable.Range(0, Growth.Actions)];
        return new MonteCarloTreeSearch<ReasoningChain>(state, _width, _exploration, Depth, _ => actions);
    }
}
