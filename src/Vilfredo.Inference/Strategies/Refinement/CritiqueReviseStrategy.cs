using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Critique and revise: a critic lists the flaws of the answer, the model mends them, until the critic lets it pass or the rounds are used up (Self-Refine, Madaan et al., arXiv 2303.17651).</summary>
/// <remarks>A critique without a readable verdict does not let pass. The last revision is streamed; an answer that passed before is given whole at the end.</remarks>
public sealed class CritiqueReviseStrategy : InferenceStrategy
{
    private readonly RefinementRounds _rounds;

    /// <summary>Critiques and revisions.</summary>
    /// <param name="revisions">The most revisions, at least 0; 0 is a plain call.</param>
    /// <param name="stops">Whether an answer that the critic lets pass is not revised.</param>
    /// <param name="options">Everything else; its widths, distiller and settings of critiques do not matter. Null means the defaults.</param>
    public CritiqueReviseStrategy(int revisions = 2, bool stops = true, RefinementOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revisions);
        _rounds = new((options ?? new()) with { Widths = [.. Enumerable.Repeat(1, revisions + 1)], CritiqueBetweenRounds = true, StopsWithoutFlaws = stops });
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "critique_revise", "a critic lists the flaws of the answer and the model mends them, until it passes",
        [
            RefinementKnobs.Rounds("rounds", "most revisions", "2"), new("stop", KnobKind.Flag, "whether an answer that the critic lets pass is not revised", "true"), RefinementKnobs.SequentialTokens,
            RefinementKnobs.OptionalTemperature, .. RefinementKnobs.Models.Where(knob => knob.Name is not "distill_model"), RefinementKnobs.CriticModel,
        ],
        values => new CritiqueReviseStrategy(values.Integer("rounds"), values.Flag("stop"), RefinementKnobs.Common(values) with { CriticClient = values.Model("critic_model") }))
    { Aliases = ["self_refine"], Source = "Madaan et al., arXiv 2303.17651" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _rounds.Plan;

    /// <inheritdoc/>
    public override Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation) => _rounds.AnswerAsync(run, cancellation);
}
