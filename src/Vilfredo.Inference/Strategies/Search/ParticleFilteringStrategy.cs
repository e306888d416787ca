using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Particle filtering over steps: chains grow side by side, and good ones are copied in place of bad ones (Puri et al., arXiv 2502.01618; its_hub).</summary>
/// <param name="growth">How steps are made and scored; null means the defaults.</param>
/// <param name="particles">The chains, at least 1; one is a plain call.</param>
/// <param name="depth">The most steps, at least 1.</param>
/// <param name="temperature">The temperature of the softmax of the scores' logits, positive.</param>
/// <param name="draws">Whether the result is drawn from the last particles by weight; otherwise it is the best of them.</param>
public sealed class ParticleFilteringStrategy(StepGrowth? growth = null, int particles = 4, int depth = 8, double temperature = 1, bool draws = false)
    : TreeSearchStrategy(growth ?? new(), LevelCounts.Chains(particles, depth), int.MaxValue, depth)
{
    private readonly double _temperature = temperature > 0 ? temperature : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A positive temperature is needed.");

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "particle_filtering", "chains of steps that are drawn anew by their scores after each step",
        [
            SearchKnobs.Count("particles", "chains; 1 is a plain call", "4"), SearchKnobs.Depth("8"), new("softness", KnobKind.Number, "temperature of the softmax over scores", "1") { Minimum = 0.001, Maximum = 1000 },
            new("selection", KnobKind.Choice, "whether the best of the last chains is taken, or one is drawn by weight", "best") { Choices = ["best", "sample"] }, .. SearchKnobs.ForSteps,
        ],
        values => new ParticleFilteringStrategy(SearchKnobs.Steps(values), values.Integer("particles"), values.Integer("depth"), values.Number("softness")!.Value, values.Text("selection") == "sample"))
    { Aliases = ["particle_filter"], Source = "Puri et al., arXiv 2502.01618; its_hub" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override bool HasChoice => particles > 1;

    /// <inheritdoc/>
    protected override int FewestTrials => particles;

    /// <inheritdoc/>
    protected override int Rounds => Depth;

    /// <inheritdoc/>
    protected override ISearchAlgorithm<ReasoningChain> Begin(SearchState<ReasoningChain> state) => new ParticleFilter<ReasoningChain>(state, particles, Depth, _temperature);

    /// <inheritdoc/>
    protected override Task<(ReasoningChain? Chain, double? Confidence)> ChooseAsync(StrategyRun run, ISearchAlgorithm<ReasoningChain> search, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var filter = (ParticleFilter<ReasoningChain>)search;
        var last = filter.Particles.OfType<SearchNode<ReasoningChain>>().Where(node => node.State.Last is not null).ToList();
        if (last.Count == 0)
            return base.ChooseAsync(run, search, cancellation);
        var chosen = draws
            ? last[SystematicResampling.Draw([.. last.Select(filter.WeightOf)], 1, run.RandomFor("search/selection").NextDouble())[0]]
            : last.MaxBy(filter.WeightOf)!;
        return Task.FromResult<(ReasoningChain?, double?)>((chosen.State, chosen.Score));
    }
}
