using System.Collections.Concurrent;
using System.Globalization;
using Vilfredo.Inference.Pools;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Wang et al., "Think Deep, Think Fast": voting, selection by the model itself, sequential revision and truncation, at matched tokens, on small models that reason step by step and one that does not.
/// </summary>
public sealed class VerifierFreeScalingStudy : Reproduction
{
    internal static readonly int[] Truncations = [0, 50, 75];

    private const string Accuracy = "accuracy", Tokens = "tokens", Path = "tokens in sequence";
    private const string VoteAtTokens = "accuracy of a vote at its tokens", Mismatch = "token mismatch";
    private const string PooledLength = "pooled AUC of shortness", WithinLength = "AUC of shortness within problems", PooledWaits = "pooled AUC of few slips", WithinWaits = "AUC of few slips within problems";
    private const string Ceiling = "share of problems whose mode is right", FlopsRatio = "training operations against the reasoner's";
    private const string Single = "single", DirectVote = "direct, vote of 64", ShippedSingle = "0.3m single";
    private const string NeedsLanguage = "models of a tenth of a million parameters have no language, and no model of a provider is called";

    private static readonly int[] Votes = [4, 8, 16, 32, 64];
    private static readonly int[] Budgets = [4, 8, 16, 32];

    private readonly ConcurrentDictionary<(Scale, int), ReasonerTrial> _trials = new();

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "verifier-free-scaling", "Think Deep, Think Fast: Investigating Efficiency of Verifier-free Inference-time-scaling Methods", "Wang, Zhu, Saad-Falcon, Athiwaratkun, et al.", 2025, "arXiv 2504.14047");

    /// <inheritdoc/>
    public override string Setting =>
        "Chains of 6 to 8 additions and multiplications modulo 7 (training: 2 to 8). Two decoders of 0.1 million parameters, trained within the study by equal operations: the reasoner writes every step, with "
        + "noticed slips in 15 % of them, and has learned to revise given drafts and to judge solutions (drafts in training are simulated: right solutions with errors put in); the direct model writes the answer alone. "
        + "64 samples of each problem at temperature 0.7; every vote, selection and pass@k is the exact mean over all subsets of the pool. Revisions are a live chain in which the model sees the question and the last version; "
        + "a budget is the revision whose tokens, input included, come closest to those of so many samples, and it is compared with the vote of the size that costs the same. A judgement is charged to best-of-n. "
        + "The 0.3m rows are the project's models/reasoner-0.3m on two-digit arithmetic and chains of 4 and 5 steps in words, 32 samples each; it has not been trained to judge or revise. A seed is another training of both "
        + "small models with other problems. The paper's tables were not at hand: no accuracy of it is quoted.";

    /// <inheritdoc/>
    public override string Use =>
        "`PoolRecorder.RecordAsync` draws samples of any chat client once; `PoolEstimates` then gives votes, selections and pass@k of every size with their tokens, and `PoolAssociation` says whether length tells right from wrong "
        + "within problems, which pooled figures do not. `vilfredo evaluate` compares the strategies live, `majority_voting`, `best_of_n` and `sequential_revision` among them.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Single, "one sample of the reasoner", IsBaseline: true),
        new("greedy", "the reasoner at temperature 0", IsBaseline: true),
        new("direct, single", "one sample of the direct model", IsBaseline: true),
        new(DirectVote, "the direct model's most frequent answer of 64"),
        .. Votes.Select(n => new ComparedMethod($"vote of {n}", $"the reasoner's most frequent answer of {n}")),
        .. Budgets.Select(n => new ComparedMethod($"log-probability, best of {n}", $"the one of {n} samples with the highest mean log-probability")),
        .. Budgets.Select(n => new ComparedMethod($"judge, best of {n}", $"the one of {n} samples that the reasoner itself most probably calls right, judgements charged")),
        .. Budgets.Select(n => new ComparedMethod($"revision for {n}", $"a chain of revisions for the tokens of {n} samples")),
        new("shortest of 8", "the shortest of 8 samples"),
        new("longest of 8", "the longest of 8 samples", IsBaseline: true),
        new("length-weighted vote of 16", "a vote in which a sample counts exp(-z), z its length in standard deviations among the 16; 500 random subsets a problem"),
        new("any of 16", "whether one of 16 is right: what a perfect judge would reach", IsBaseline: true),
        .. Truncations.Select(percent => new ComparedMethod($"truncated to {percent} %", $"greedy working cut to {percent} % of its tokens, then the answer at once", IsBaseline: true)),
        new(ShippedSingle, "one sample of the shipped model", IsBaseline: true),
        new("0.3m vote of 8", "its most frequent answer of 8"),
        new("0.3m vote of 32", "its most frequent answer of 32"),
        new("0.3m log-probability, best of 8", "the one of 8 with the highest mean log-probability"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Tokens), Objective.Maximize(Accuracy)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Mean(new("imperfect", "The reasoner is neither too good nor too bad for strategies to matter: one sample is right in 50 to 90 %."), Of(Single), Bound.Between(0.5, 0.9)),
        Assessable(new("reasoning-beats-votes", "One sample of the reasoner is right at least 10 points more often than a vote of 64 direct answers.", "far behind, qualitatively"),
            (results, seed) => Value(results, Single, seed) - Value(results, DirectVote, seed), Bound.AtLeast(0.1)),
        Claim.Ratio(new("reasoning-costs-less", "It takes at most as many tokens as that vote."), Of(Single, Tokens), Of(DirectVote, Tokens), Bound.AtMost(1)),
        Assessable(new("voting-beats-log-probability", "At equal tokens a vote is at most 1 point behind the best by log-probability, at no fewer than 3 of the budgets 4, 8, 16 and 32 (budgets, mean over seeds).", "competitive or better"),
            (results, seed) => Budgets.Count(n => Value(results, $"vote of {n}", seed) >= Value(results, $"log-probability, best of {n}", seed) - 0.01), Bound.AtLeast(3)),
        Assessable(new("voting-against-log-probability", "The vote leads the best by log-probability, mean over the budgets."),
            (results, seed) => Budgets.Average(n => Value(results, $"vote of {n}", seed) - Value(results, $"log-probability, best of {n}", seed)), Bound.Above(0)),
        Assessable(new("voting-beats-revision", "At equal tokens a vote is at most 1 point behind sequential revision, mean over the budgets.", "competitive or better"),
            (results, seed) => Budgets.Average(n => Value(results, $"revision for {n}", seed, VoteAtTokens) - Value(results, $"revision for {n}", seed)), Bound.AtLeast(-0.01)),
        Claim.Computed(new("matched", "The tokens of vote and revision differ by at most 5 %, for every budget from 8 on."),
            (results, seed) => Budgets.Skip(1).Max(n => Value(results, $"revision for {n}", seed, Mismatch)), Bound.AtMost(0.05)),
        Assessable(new("saturation", "A vote of 64 is at most 2 points better than one of 16.", "extra compute adds little"),
            (results, seed) => Value(results, "vote of 64", seed) - Value(results, "vote of 16", seed), Bound.AtMost(0.02)),
        Assessable(new("voting-helps", "A vote of 16 is better than one sample."), (results, seed) => Value(results, "vote of 16", seed) - Value(results, Single, seed), Bound.Above(0)),
        Assessable(new("shorter-is-right", "Pooled over problems, right samples are shorter: the AUC of shortness is above 0.5.", "shorter"), (results, seed) => Value(results, Single, seed, PooledLength), Bound.Above(0.5)),
        Assessable(new("fewer-slips-are-right", "Pooled over problems, right samples have fewer marks of self-interruption.", "fewer thinking markers"), (results, seed) => Value(results, Single, seed, PooledWaits), Bound.Above(0.5)),
        Assessable(new("truncation-hurts", "Cutting the working in half costs at least 10 points against greedy.", "strong degradation"),
            (results, seed) => Value(results, "greedy", seed) - Value(results, "truncated to 50 %", seed), Bound.AtLeast(0.1)),
        Assessable(new("truncation-below-direct", "Without any working the reasoner is right less often than the direct model.", "below non-reasoning models"),
            (results, seed) => Value(results, "direct, single", seed) - Value(results, "truncated to 0 %", seed), Bound.Above(0)),
        Claim.Computed(new("shipped-saturation", "The shipped model's vote of 32 is at most 2 points better than its vote of 8."),
            (results, seed) => Value(results, "0.3m vote of 32", seed) - Value(results, "0.3m vote of 8", seed), Bound.AtMost(0.02)),
        Claim.Computed(new("shipped-voting", "The shipped model's vote of 8 is better than one sample."),
            (results, seed) => Value(results, "0.3m vote of 8", seed) - Value(results, ShippedSingle, seed), Bound.Above(0)),
        Claim.Computed(new("shipped-shorter", "The shipped model's right samples are shorter, pooled over problems."), (results, seed) => Value(results, ShippedSingle, seed, PooledLength), Bound.Above(0.5)),
        Claim.NotMeasurable(new("self-judged", "Voting is competitive with best-of-n by the model as its own, untrained judge.", "competitive or better"),
            "the small model's judge is trained on a task whose steps are easy to check, and the shipped model cannot be asked; the rows of the trained judge are measured and not claimed"),
        Claim.NotMeasurable(new("language-models", "Models without reasoning stay far behind reasoning models on MATH, AIME, GPQA and LiveCodeBench at any budget."), NeedsLanguage),
        Claim.NotMeasurable(new("hedging-and-discourse", "Right responses hedge less and have more discourse markers."), NeedsLanguage),
        Claim.NotMeasurable(new("feature-weights", "Features of responses improve the strategies."), "the paper's recipe is not known; the length-weighted vote is measured and not claimed"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Full ? 3 : 1;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() =>
        {
            var trial = _trials.GetOrAdd((context.Scale, context.Unit.Seed), key => ReasonerTrial.RunAsync(ReasonerTrial.Effort.Of(key.Item1), key.Item2, context).GetAwaiter().GetResult());
            return View(trial, context);
        });
    }

    private static Dictionary<string, double> View(ReasonerTrial trial, UnitContext context)
    {
        var name = context.Unit.Method;
        var n = int.TryParse(name.Split(' ').FirstOrDefault(word => int.TryParse(word, CultureInfo.InvariantCulture, out _)), CultureInfo.InvariantCulture, out var number) ? number : 1;
        if (name.StartsWith("0.3m", StringComparison.Ordinal))
            n = name == ShippedSingle ? 1 : int.Parse(name.Split(' ')[^1], CultureInfo.InvariantCulture);
        var pool = name.StartsWith("0.3m", StringComparison.Ordinal) ? trial.Shipped : name.StartsWith("direct", StringComparison.Ordinal) ? trial.Direct : trial.Reasoner;
        double Mean(Func<PooledProblem, double> value) => ReasonerTrial.Mean(pool, value);
        Dictionary<string, double> Sampled(int samples, Func<PooledProblem, double> accuracy, double more = 0) => new()
        {
            [Accuracy] = Mean(accuracy),
            [Tokens] = Mean(problem => PoolEstimates.Tokens(problem, samples)) + samples * more,
            [Path] = Mean(problem => PoolEstimates.PathTokens(problem, samples)) + more,
        };

        switch (name)
        {
            case Single or ShippedSingle:
                var values = Sampled(1, problem => PoolEstimates.Majority(problem, 1));
                values[PooledLength] = Defined(PoolAssociation.Pooled(pool.Problems, Shortness));
                values[WithinLength] = Defined(PoolAssociation.WithinProblems(pool.Problems, Shortness));
                values[PooledWaits] = Defined(PoolAssociation.Pooled(pool.Problems, FewSlips));
                values[WithinWaits] = Defined(PoolAssociation.WithinProblems(pool.Problems, FewSlips));
                values[Ceiling] = Mean(PoolEstimates.ModeIsRight);
                values[FlopsRatio] = trial.FlopsRatio;
                return values;
            case "greedy":
                return Once(trial.GreedyAccuracy, trial.GreedyTokens);
            case "direct, single":
                return Sampled(1, problem => PoolEstimates.Majority(problem, 1));
            case DirectVote:
                return Sampled(64, problem => PoolEstimates.Majority(problem, 64));
            case "shortest of 8":
                return Sampled(8, problem => PoolEstimates.BestOf(problem, 8, sample => Shortness(sample)));
            case "longest of 8":
                return Sampled(8, problem => PoolEstimates.BestOf(problem, 8, sample => -Shortness(sample)));
            case "any of 16":
                return Sampled(16, problem => PoolEstimates.PassAtK(problem, 16));
            case "length-weighted vote of 16":
                return Sampled(16, problem => PoolEstimates.Of(problem, 16, LengthWeighted, context.Own(problem.Id), 500));
        }

        if (name.StartsWith("truncated", StringComparison.Ordinal))
        {
            var (accuracy, tokens) = trial.Truncated(n);
            return Once(accuracy, tokens);
        }

        if (name.StartsWith("revision", StringComparison.Ordinal))
        {
            var (accuracy, tokens, path, vote, mismatch) = trial.Revision(n);
            return new() { [Accuracy] = accuracy, [Tokens] = tokens, [Path] = path, [VoteAtTokens] = vote, [Mismatch] = mismatch };
        }

        return name.Contains("vote of", StringComparison.Ordinal) ? Sampled(n, problem => PoolEstimates.Majority(problem, n))
            : name.Contains("log-probability", StringComparison.Ordinal) ? Sampled(n, problem => PoolEstimates.BestOf(problem, n, sample => sample.Score(PooledSample.LogProbability)))
            : Sampled(n, problem => PoolEstimates.BestOf(problem, n, sample => sample.Score(ReasonerPool.Judge)), trial.JudgeTokens);
    }

    private static Dictionary<string, double> Once(double accuracy, double tokens) => new() { [Accuracy] = accuracy, [Tokens] = tokens, [Path] = tokens };

    private static double Shortness(PooledSample sample) => -sample.Usage.OutputTokens;

    private static double FewSlips(PooledSample sample) => -sample.Text.Count(character => character == ResidueTrace.Wait);

    private static PooledSample LengthWeighted(IReadOnlyList<PooledSample> samples)
    {
        var mean = samples.Average(Shortness);
        var deviation = Math.Sqrt(samples.Average(sample => Math.Pow(Shortness(sample) - mean, 2)));
        return samples.Where(sample => sample.Answer is not null).GroupBy(sample => sample.Answer, StringComparer.Ordinal)
            .MaxBy(group => group.Sum(sample => deviation == 0 ? 1 : Math.Exp((Shortness(sample) - mean) / deviation)))?.First() ?? samples[0];
    }

    // Without a pair of a right and a wrong sample there is no association to see.
    private static double Defined(double area) => double.IsNaN(area) ? 0.5 : area;

    private static Selection Of(string method, string metric = Accuracy) => new(method, "", metric);

    private static double Value(RunResults results, string method, int seed, string metric = Accuracy) => results.Value(method, "", seed, metric);

    // Where one sample is nearly always or hardly ever right, every strategy ties.
    private static Claim Assessable(ClaimText text, Func<RunResults, int, double> ofSeed, Bound bound) => Claim.Computed(
        text,
        (results, seed) => results.OverSeeds(Of(Single)).Average() is var mean and (< 0.5 or > 0.9)
            ? throw new MissingMeasurementException(string.Create(CultureInfo.InvariantCulture, $"one sample is right in {mean:P0}, outside 50 to 90 %, where every strategy ties"))
            : ofSeed(results, seed),
        bound);
}
