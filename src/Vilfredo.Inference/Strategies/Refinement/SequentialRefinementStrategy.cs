using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Sequential refinement: the answer is written again and again, each time from the question and the last version alone; Parallel-Distill-Refine with one draft a round (Madaan et al., arXiv 2510.01123).</summary>
/// <remarks>The last version is streamed. With reviews, the paper's error analysis, the flaws of each version are listed by one call more before the next is written.</remarks>
public sealed class SequentialRefinementStrategy : InferenceStrategy
{
    private readonly RefinementRounds _rounds;

    /// <summary>Refinements of a first answer.</summary>
    /// <param name="refinements">How often the answer is written again, at least 0; 0 is a plain call.</param>
    /// <param name="options">Everything else; its widths and distiller do not matter. Null means the defaults.</param>
    public SequentialRefinementStrategy(int refinements = 2, RefinementOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(refinements);
        _rounds = new((options ?? new()) with { Widths = [.. Enumerable.Repeat(1, refinements + 1)] });
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "sequential_refinement", "the answer written again from its last version, some times over",
        [
            RefinementKnobs.Rounds("rounds", "how often the answer is written again", "2"), RefinementKnobs.Critique, RefinementKnobs.SequentialTokens,
            RefinementKnobs.OptionalTemperature, .. RefinementKnobs.Models.Where(knob => knob.Name is not "distill_model"), RefinementKnobs.CriticModel,
        ],
        values => new SequentialRefinementStrategy(
            values.Integer("rounds"), RefinementKnobs.Common(values) with { CritiqueBetweenRounds = values.Flag("critique"), CriticClient = values.Model("critic_model") }))
    { Aliases = ["sr"], Source = "Madaan et al., arXiv 2510.01123" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _rounds.Plan;

    /// <inheritdoc/>
    public override Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation) => _rounds.AnswerAsync(run, cancellation);
}
