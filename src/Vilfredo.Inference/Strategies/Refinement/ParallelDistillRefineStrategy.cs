using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement.Distilling;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Parallel-Distill-Refine: rounds of parallel drafts, each round told of the one before through a workspace of bounded size; the single draft of the last round is the answer (Madaan et al., arXiv 2510.01123).</summary>
/// <remarks>
/// The last round is streamed. There is no vote at the end unless the work ended early. Tokens in sequence and in total, the paper's two budgets, are
/// <see cref="Calls.CallGraph.CriticalPathTokens"/> (or <see cref="Calls.CallGraph.MeanPathTokens"/>) and <see cref="Calls.CallGraph.TotalTokens"/> of the account.
/// Rounds of one draft each make it <see cref="SequentialRefinementStrategy"/>, and one round of one draft a plain call.
/// </remarks>
public sealed class ParallelDistillRefineStrategy : InferenceStrategy
{
    private readonly RefinementRounds _rounds;

    /// <summary>Rounds as the options say.</summary>
    /// <param name="options">Null means the defaults, with a temperature of 1.</param>
    /// <exception cref="ArgumentException">More drafts are to be kept of a round than it has.</exception>
    public ParallelDistillRefineStrategy(RefinementOptions? options = null) => _rounds = new(options ?? new() { Temperature = 1 });

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "pdr", "rounds of parallel drafts, each told of the last one's through a workspace of bounded size",
        [
            new("widths", KnobKind.Integers, "drafts of each round; a last one of 1 is added where it is missing", "8-4-1") { Minimum = 1, Maximum = 1024 },
            .. RefinementKnobs.Distilling, RefinementKnobs.Critique, RefinementKnobs.SequentialTokens, CommonKnobs.Temperature("1"), CommonKnobs.Answer, .. RefinementKnobs.Models,
        ],
        values => new ParallelDistillRefineStrategy(RefinementKnobs.Common(values) with
        {
            Widths = values.Integers("widths"),
            Distiller = RefinementKnobs.Distiller(values),
            WorkspaceTokenLimit = values.Integer("workspace_tokens"),
            CritiqueBetweenRounds = values.Flag("critique"),
            CriticClient = values.Model("distill_model"),
            Answers = AnswerExtractors.Named(values.Text("answer")!),
        }))
    { Aliases = ["parallel_distill_refine"], Source = "Madaan et al., arXiv 2510.01123" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _rounds.Plan;

    /// <inheritdoc/>
    public override Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation) => _rounds.AnswerAsync(run, cancellation);
}
