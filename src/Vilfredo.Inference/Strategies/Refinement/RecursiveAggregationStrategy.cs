using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement.Distilling;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Recursive self-aggregation (RSA): a population of answers in which each new member is written from some members drawn at random, over several loops (Venkatraman et al., arXiv 2509.26626).</summary>
/// <remarks>
/// The answer is one member of the last population or the winner of a vote over it. For one member no other of its loop is needed, so one call is made in place of N, and is streamed.
/// It is Parallel-Distill-Refine with equal widths and random-k. Defaults N 16 and K 4 are those of its README; whether the loops there include the first population is not known to us [memory].
/// </remarks>
public sealed class RecursiveAggregationStrategy : InferenceStrategy
{
    private readonly RefinementRounds _rounds;

    /// <summary>Loops of aggregation.</summary>
    /// <param name="population">N, at least 1.</param>
    /// <param name="aggregated">K, how many members a new one is written from; from 1 to N.</param>
    /// <param name="loops">How often the population is made anew, the first one not counted; at least 0.</param>
    /// <param name="votes">Whether a vote over the last population decides; otherwise its first member is the answer.</param>
    /// <param name="options">Everything else; its widths and distiller do not matter. Null means the defaults, with a temperature of 1.</param>
    public RecursiveAggregationStrategy(int population = 16, int aggregated = 4, int loops = 10, bool votes = false, RefinementOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(loops);
        if (aggregated < 1 || aggregated > population)
            throw new ArgumentOutOfRangeException(nameof(aggregated), aggregated, $"A member is written from K of {population} members; K is from 1 to {population}.");
        // One member of the last population takes one call.
        var widths = Enumerable.Repeat(population, votes ? loops + 1 : loops).Append(1);
        _rounds = new((options ?? new() { Temperature = 1 }) with { Widths = [.. widths], Distiller = new RandomKDistiller(aggregated) }, finalVote: votes);
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "rsa", "a population of answers, each new member written from k random ones, over some loops",
        [
            CommonKnobs.Attempts("16"), new("k", KnobKind.Integer, "members that a new one is written from", "4") { Minimum = 1, Maximum = 1024 },
            RefinementKnobs.Rounds("loops", "how often the population is made anew", "10"),
            new("final", KnobKind.Choice, "one takes a member of the last population (the only one made), vote the most frequent answer of it", "one") { Choices = ["one", "vote"] },
            RefinementKnobs.WorkspaceTokens, RefinementKnobs.SequentialTokens, CommonKnobs.Temperature("1"), CommonKnobs.Answer, .. RefinementKnobs.Models.Where(knob => knob.Name is not "distill_model"),
        ],
        values => new RecursiveAggregationStrategy(
            values.Integer("n"), values.Integer("k"), values.Integer("loops"), values.Text("final") == "vote",
            RefinementKnobs.Common(values) with { WorkspaceTokenLimit = values.Integer("workspace_tokens"), Answers = AnswerExtractors.Named(values.Text("answer")!) }))
    { Aliases = ["recursive_self_aggregation"], Source = "Venkatraman et al., arXiv 2509.26626" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => _rounds.Plan;

    /// <inheritdoc/>
    public override Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation) => _rounds.AnswerAsync(run, cancellation);
}
