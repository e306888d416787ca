using System.Collections.Concurrent;
using System.Globalization;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement;
using Vilfredo.Inference.Strategies.Refinement.Distilling;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Madaan et al., "Rethinking Thinking Tokens: LLMs as Improvement Operators": Parallel-Distill-Refine against sequential refinement, one long chain, votes and self-aggregation, by tokens in sequence and in total,
/// on a small model that has learned the roles.
/// </summary>
public sealed class ParallelDistillRefineStudy : Reproduction
{
    private const string Accuracy = "accuracy", Sequential = "tokens in sequence", MeanPath = "tokens in sequence, mean sibling", Total = "tokens", Context = "largest context";
    private const string Long = "long chain", Single = "single", Random = "PDR 8-4-1, random 2", Correct = "PDR 8-4-1, only right drafts", Incorrect = "PDR 8-4-1, only wrong drafts";
    private const double Temperature = 1;
    private const int Steps = 8, LongestAnswer = 64, WorkspaceTokens = 300, MostRounds = 12;
    private const string NeedsTraining = "reinforcement learning of the operator is not part of this study";
    private const string NeedsModels = "o3-mini, gemini-2.5-flash and the 8B model are not called here, and no problem of AIME is asked";

    private static readonly int[] Rounds = [1, 2, 4, 8, MostRounds];
    private static readonly RefinementOptions Options = new() { Temperature = Temperature, DraftTokens = LongestAnswer, WorkspaceTokenLimit = WorkspaceTokens, Prompts = ReasonerPrompts.Refinement, Answers = ReasonerPool.Answers };
    private static readonly JudgeSettings Judge = new() { Temperature = 0, UsesSchema = false, Prompts = new ComparisonPrompts { YesNo = "{question}\n\nj|{answer}>" } };

    private readonly ConcurrentDictionary<(Scale, int), SmallReasoner> _models = new();
    private readonly ConcurrentDictionary<(Scale, int), IReadOnlyList<ReasonerAnswer>> _chains = new();

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "pdr", "Rethinking Thinking Tokens: LLMs as Improvement Operators", "Madaan, Didolkar, Gururangan, Quan, Silva, et al.", 2025, "arXiv 2510.01123");

    /// <inheritdoc/>
    public override string Setting =>
        "Chains of 8 additions and multiplications modulo 7, asked of a decoder of 0.1 million parameters that is trained within the study to solve step by step, to solve with 1 to 4 drafts at hand, to solve in three passes and settle (the long "
        + "chain), and to judge. Its drafts in training are simulated: right solutions with errors put in, not its own samples; there is no reinforcement learning. The strategies are the library's own with other prompts; temperature 1. "
        + "Random 2 and top 2 show drafts as they are; top 2 takes those that the model itself most probably calls right (8 and 4 judgements). The step plurality is a simulated summary, made by counting, and its tokens are not charged. "
        + "Drafts are shown whole, working included, where the paper passes on written solutions without their thinking: a round here reads more than it writes. Selections per sample are not run: this judge's scores do not vary. "
        + "Tokens in sequence are those of the longest path of calls. A seed is another training with other problems.";

    /// <inheritdoc/>
    public override string Use =>
        "`new StrategyChatClient(client, new ParallelDistillRefineStrategy(new() { Widths = [8, 4, 1], Distiller = new RandomKDistiller(2) }))` answers with any chat client and accounts for both budgets; "
        + "`strategy: pdr` with `widths`, `distiller` and `k` as lists in a file of `vilfredo evaluate` draws the frontier on problems of your own, `--dry-run` tells the calls first.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Single, "one solution", IsBaseline: true),
        new(Long, "one call that solves in three passes and settles", IsBaseline: true),
        .. Rounds.Select(rounds => new ComparedMethod(Refined(rounds), $"sequential refinement, {rounds} rounds after the first solution")),
        new(Random, "8 drafts, 4, then 1; each later call sees 2 random ones"),
        new("PDR 8-4-1, top 2", "each later call sees the 2 that the model itself judges best"),
        new("PDR 8-4-1, step plurality", "each later call sees the plurality of each step (simulated summary, tokens not charged)"),
        new("PDR 8-1, random 4", "8 drafts, then 1 that sees 4 random ones"),
        new("PDR 4-1, random 2", "4 drafts, then 1 that sees 2 random ones"),
        new(Correct, "as random 2, but only right drafts are let through (oracle)"),
        new(Incorrect, "as random 2, but only wrong drafts are let through (oracle)"),
        new("RSA 8, 2, 2 loops", "recursive self-aggregation: 8 members, each from 2, two loops", IsBaseline: true),
        new("vote of 13", "the most frequent answer of 13 solutions, as many as PDR 8-4-1 writes", IsBaseline: true),
        new("vote of 24", "the most frequent answer of 24 solutions, for about the tokens of PDR 8-4-1", IsBaseline: true),
        new("judge, best of 8", "the one of 8 solutions that the model itself judges best", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Sequential), Objective.Maximize(Accuracy)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Mean(new("imperfect", "The model is neither too good nor too bad for strategies to matter: one solution is right in 40 to 90 %."), new(Single, "", Accuracy), Bound.Between(0.4, 0.9)),
        Claim.Difference(
            new("pdr-against-single", "PDR 8-4-1 with random drafts is right more often than one solution."), new(Random, "", Accuracy), new(Single, "", Accuracy), Bound.Above(0)),
        Claim.Difference(
            new("pdr-against-long", "It is right at least 3 points more often than the long chain, whatever the tokens (they are not matched).", "+11 and +9 points on AIME at matched sequential budgets"),
            new(Random, "", Accuracy), new(Long, "", Accuracy), Bound.AtLeast(0.03)),
        Claim.NotMeasurable(
            new("matched-sequential", "At tokens in sequence matched within 10 %, PDR is right at least 3 points more often than the long chain.", "+11 and +9 points"),
            "the long chain has three passes, and drafts are shown whole, so that PDR takes more tokens in sequence than the long chain can use; both are in the table"),
        Claim.Computed(
            new("sequential-frontier", "No sequential refinement of up to 1.5 times the tokens in sequence is as often right as PDR 8-4-1 with random drafts (PDR less the best of them).", "86.7 against 81.5 % at 49K"),
            (results, seed) => Value(results, Random, seed) - Rounds.Select(Refined).Where(name => Value(results, name, seed, Sequential) < 1.5 * Value(results, Random, seed, Sequential)).Max(name => Value(results, name, seed)),
            Bound.Above(0)),
        Claim.Computed(
            new("total-frontier", "By tokens in total sequential refinement is ahead: at no more tokens than PDR 8-4-1 its best round is at least as often right.", "90.4 and 90.6 % at 442K and 172K in sequence"),
            (results, seed) => Rounds.Select(Refined).Where(name => Value(results, name, seed, Total) <= Value(results, Random, seed, Total)).Max(name => Value(results, name, seed)) - Value(results, Random, seed), Bound.AtLeast(0)),
        Claim.Difference(new("anchoring-right", "Letting only right drafts through helps.", "Oracle-Correct is the upper bound"), new(Correct, "", Accuracy), new(Random, "", Accuracy), Bound.AtLeast(0)),
        Claim.Difference(new("anchoring-wrong", "Letting only wrong drafts through hurts.", "accuracy falls sharply"), new(Random, "", Accuracy), new(Incorrect, "", Accuracy), Bound.AtLeast(0)),
        Claim.Difference(new("anchoring-gap", "The gap between only right and only wrong drafts is at least 10 points."), new(Correct, "", Accuracy), new(Incorrect, "", Accuracy), Bound.AtLeast(0.1)),
        Claim.EverySeed(
            new("sequence-at-most-total", "Tokens in sequence are never more than tokens in total, and the same for sequential refinement (the excess over the methods)."),
            (results, seed) => results.Results.Where(result => result.Unit.Seed == seed).Max(result => result.Value(Sequential) - result.Value(Total)), Bound.AtMost(0)),
        Claim.NotMeasurable(new("frontier-models", "The accuracies of o3-mini and gemini-2.5-flash on AIME 2024 and 2025, and of four distillers with them.", "83.1 to 90.6 %"), NeedsModels),
        Claim.NotMeasurable(new("operator-training", "Training with rollouts of the operator raises PDR's accuracy over training with long traces alone.", "75.8 to 79.2 %"), NeedsTraining),
        Claim.NotMeasurable(new("critique", "Error analysis between rounds helps some models and not others.", "2 to 5 points for o3-mini"), "the small model has not learned to list errors"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Full ? 3 : 1;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => MeasureAsync(context).GetAwaiter().GetResult());
    }

    private async Task<IReadOnlyDictionary<string, double>> MeasureAsync(UnitContext context)
    {
        var (seed, name) = (context.Unit.Seed, context.Unit.Method);
        var key = (context.Scale, seed);
        var (flops, count) = context.Scale switch { Scale.Smoke => (2e9, 2), Scale.Quick => (8e11, 40), _ => (2e12, 100) };
        var model = _models.GetOrAdd(key, _ => SmallReasoner.Train(false, flops, seed, context.Cancellation));
        var problems = ReasonerPool.Problems(count, [Steps], context.Shared("problems"));
        if (Rounds.Select(Refined).Contains(name))
        {
            var rounds = Rounds.First(rounds => Refined(rounds) == name);
            // A chain of fewer rounds is the beginning of a longer one: same calls, same seeds.
            if (!_chains.TryGetValue(key, out var chains))
                _chains[key] = chains = await AskAsync(new SequentialRefinementStrategy(context.Scale == Scale.Smoke ? 2 : MostRounds, Options)).ConfigureAwait(false);
            return Averages(chains, answer =>
            {
                var versions = answer.Account.Outcome.Candidates.Take(rounds + 1).ToList();
                var tokens = versions.Sum(version => version.Call.Usage.InputTokens + version.Call.Usage.OutputTokens);
                return (ReasonerPool.IsRight(answer.Problem, versions[^1].Text) ? 1 : 0, tokens, tokens, tokens, versions.Max(version => version.Call.Usage.InputTokens + version.Call.Usage.OutputTokens));
            });
        }

        var byPrompt = problems.ToDictionary(ReasonerPrompts.Solve, StringComparer.Ordinal);
        ResidueProblem Of(StrategyRun run) => byPrompt[run.Messages[0].Text];
        InferenceStrategy Pdr(IWorkspaceDistiller distiller, params int[] widths) => new ParallelDistillRefineStrategy(Options with { Widths = widths, Distiller = distiller });
        IWorkspaceDistiller Oracle(bool right) => new OracleDistiller((run, draft) => ReasonerPool.IsRight(Of(run), draft.Text) == right, new RandomKDistiller(2));
        InferenceStrategy strategy = name switch
        {
            Single or Long => new SingleStrategy(Temperature),
            Random => Pdr(new RandomKDistiller(2), 8, 4, 1),
            "PDR 8-4-1, top 2" => Pdr(new TopKDistiller(2, selector: new JudgeSelector(new YesNoJudge(Judge))), 8, 4, 1),
            "PDR 8-4-1, step plurality" => Pdr(new StepPlurality(Of), 8, 4, 1),
            "PDR 8-1, random 4" => Pdr(new RandomKDistiller(4), 8, 1),
            "PDR 4-1, random 2" => Pdr(new RandomKDistiller(2), 4, 1),
            Correct => Pdr(Oracle(true), 8, 4, 1),
            Incorrect => Pdr(Oracle(false), 8, 4, 1),
            "vote of 13" => new MajorityVotingStrategy(13, Temperature, ReasonerPool.Answers),
            "vote of 24" => new MajorityVotingStrategy(24, Temperature, ReasonerPool.Answers),
            "judge, best of 8" => new BestOfNStrategy(8, new YesNoJudge(Judge), Temperature),
            _ => new RecursiveAggregationStrategy(8, 2, 2, options: Options),
        };
        return Averages(await AskAsync(strategy).ConfigureAwait(false), answer =>
        {
            var calls = answer.Account.Calls;
            return (answer.Right, calls.CriticalPathTokens, calls.MeanPathTokens, calls.TotalTokens, calls.LargestContext);
        });

        Task<IReadOnlyList<ReasonerAnswer>> AskAsync(InferenceStrategy asked) =>
            ReasonerPool.AnswerAsync(model.Client, asked, problems, name == Long ? ReasonerPrompts.Long : ReasonerPrompts.Solve, (ulong)seed, context.Cancellation);
    }

    private static Dictionary<string, double> Averages(IReadOnlyList<ReasonerAnswer> answers, Func<ReasonerAnswer, (double Right, double Sequential, double MeanPath, double Total, double Context)> of)
    {
        var all = answers.Select(of).ToList();
        return new()
        {
            [Accuracy] = all.Average(one => one.Right),
            [Sequential] = all.Average(one => one.Sequential),
            [MeanPath] = all.Average(one => one.MeanPath),
            [Total] = all.Average(one => one.Total),
            [Context] = all.Max(one => one.Context),
        };
    }

    private static string Refined(int rounds) => string.Create(CultureInfo.InvariantCulture, $"SR {rounds}");

    private static double Value(RunResults results, string method, int seed, string metric = Accuracy) => results.Value(method, "", seed, metric);
}
