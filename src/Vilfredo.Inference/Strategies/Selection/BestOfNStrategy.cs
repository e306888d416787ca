using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Independent attempts, of which a judge picks the best: best-of-n with the model, or another, as the judge (baseline of Wang et al., arXiv 2504.14047).</summary>
/// <remarks>Attempts with nothing in them are not judged. One attempt is not judged at all. Attempts without a valid judgement are never chosen, unless none has one: then the first is, with a warning.</remarks>
public sealed class BestOfNStrategy : InferenceStrategy
{
    private static readonly string[] Judges = ["pointwise", "yes_no", "pairwise", "knockout", "listwise", "log_probability"];

    private readonly int _attempts;
    private readonly double _temperature;
    private readonly IJudge _judge;
    private readonly ScoreMerge _merge;
    private readonly double _softness;
    private readonly VoteRules _rules;

    /// <summary>A selection.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="judge">Scores them; null means a <see cref="PointwiseJudge"/>.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="merge">How scores become an answer.</param>
    /// <param name="softness">The temperature of the softmax of <see cref="ScoreMerge.Soft"/>, in units of the judge's scores; positive.</param>
    /// <param name="answers">Finds the answers for <see cref="ScoreMerge.Soft"/>; null means <c>auto</c>.</param>
    public BestOfNStrategy(int attempts = 4, IJudge? judge = null, double temperature = 0.7, ScoreMerge merge = ScoreMerge.Max, double softness = 1, IAnswerExtractor? answers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(softness);
        (_attempts, _judge, _temperature, _merge, _softness) = (attempts, judge ?? new PointwiseJudge(), temperature, merge, softness);
        _rules = new() { Answers = answers ?? AnswerExtractors.Named("auto") };
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "best_of_n", "the one of n attempts that a judge prefers",
        [
            CommonKnobs.Attempts("4"),
            new("judge", KnobKind.Choice, "how attempts are judged; log_probability makes no further calls", "pointwise") { Choices = Judges },
            new("judgements", KnobKind.Integer, "of judge: pointwise, judgements of each attempt", "1") { Minimum = 1, Maximum = 64 },
            new("both_orders", KnobKind.Flag, "of judge: pairwise, whether each two are compared in both orders", "true"),
            .. JudgeKnobs.All,
            new("merge", KnobKind.Choice, "max takes the highest score, soft votes over answers by the softmax of scores", "max") { Choices = ["max", "soft"] },
            new("softness", KnobKind.Number, "of merge: soft, the temperature of the softmax in units of scores", "1") { Minimum = 0.001, Maximum = 1000 },
            CommonKnobs.Temperature("0.7"), CommonKnobs.Answer,
        ],
        values => new BestOfNStrategy(
            values.Integer("n"), JudgeOf(values), values.Number("temperature")!.Value, values.Text("merge") == "soft" ? ScoreMerge.Soft : ScoreMerge.Max,
            values.Number("softness")!.Value, AnswerExtractors.Named(values.Text("answer")!)))
    { Aliases = ["bon"], Source = "baseline of Wang et al., arXiv 2504.14047" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            if (_attempts == 1)
                return CallPlan.Fixed(1, 1);
            var judging = _judge.PlanFor(_attempts);
            return new(_attempts + judging.Fewest, _attempts + judging.Most, 1 + judging.Depth);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _attempts, _temperature);
        var template = new CallRequest { Role = CallRole.Sample, Temperature = _temperature, Configure = Ask() };
        var candidates = await run.SampleAsync(_attempts, template, cancellation).ConfigureAwait(false);
        var judged = candidates.Where(candidate => !candidate.IsEmpty).ToList();
        if (judged.Count < 2)
            return StrategyOutcome.Of(judged.Count == 1 ? judged[0] : candidates[0], candidates);
        var scores = judged.Zip(await _judge.ScoreAsync(run, judged, cancellation).ConfigureAwait(false))
            .Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!.Value);
        if (scores.Count == 0)
        {
            run.Warn("No attempt has a valid judgement, so the first is taken unjudged.");
            return StrategyOutcome.Of(judged[0], candidates);
        }

        var scored = judged.Where(scores.ContainsKey).ToList();
        double?[] grades = [.. candidates.Select(candidate => scores.TryGetValue(candidate, out var score) ? score : (double?)null)];
        if (_merge == ScoreMerge.Max)
            return StrategyOutcome.Of(scored.MaxBy(candidate => scores[candidate])!, candidates) with { Grades = grades };
        var vote = await Vote.TakeAsync(run, scored, _rules with { Weights = new ScoreWeights(scores, _softness) }, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, candidates, vote.Share) with { Grades = grades };
    }

    private Action<ChatOptions>? Ask() => _attempts > 1 ? _judge.Ask : null;

    private static IJudge JudgeOf(KnobValues values)
    {
        var settings = JudgeKnobs.Settings(values);
        return values.Text("judge") switch
        {
            "yes_no" => new YesNoJudge(settings),
            "pairwise" => new RoundRobinJudge(values.Flag("both_orders"), settings),
            "knockout" => new KnockoutJudge(settings),
            "listwise" => new ListwiseJudge(settings),
            "log_probability" => new OwnLogProbabilityJudge(),
            _ => new PointwiseJudge(values.Integer("judgements"), settings),
        };
    }
}
