using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Beam search over steps with a process score (as in its_hub): the best chains, finished or not, are the beam.</summary>
/// <param name="growth">How steps are made and scored; null means the defaults.</param>
/// <param name="beams">The chains of the beam, at least 1.</param>
/// <param name="children">The continuations of each, at least 1. With one of both it is a plain call.</param>
/// <param name="depth">The most steps, at least 1.</param>
public sealed class BeamStrategy(StepGrowth? growth = null, int beams = 2, int children = 3, int depth = 6)
    : TreeSearchStrategy(growth ?? new(), LevelCounts.Trials(beams, children, depth), int.MaxValue, depth)
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "beam", "beam search over steps with a score of the steps so far",
        [SearchKnobs.Count("beams", "chains of the beam", "2"), SearchKnobs.Count("children", "continuations of each", "3"), SearchKnobs.Depth("6"), .. SearchKnobs.ForSteps],
        values => new BeamStrategy(SearchKnobs.Steps(values), values.Integer("beams"), values.Integer("children"), values.Integer("depth")))
    { Aliases = ["beam_search"], Source = "its_hub" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override bool HasChoice => beams > 1 || children > 1;

    /// <inheritdoc/>
    protected override int FewestTrials => children;

    /// <inheritdoc/>
    protected override int Rounds => Depth;

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) => new BeamSearch<ReasoningChain>(state, beams, children, Depth);

    /// <inheritdoc/>
    protected override Task<(ReasoningChain? Chain, double? Confidence)> ChooseAsync(StrategyRun run, ISearchAlgorithm<ReasoningChain> search, CancellationToken cancellation)
    {
        // Chains that fell out of the beam are not the result.
        var best = ((BeamSearch<ReasoningChain>)search).Kept.FirstOrDefault(node => node.State.Last is not null);
        return best is null ? base.ChooseAsync(run, search, cancellation) : Task.FromResult<(ReasoningChain?, double?)>((best.State, best.Score));
    }
}
