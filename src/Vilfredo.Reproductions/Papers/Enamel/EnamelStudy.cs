using System.Globalization;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Statistics;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Qiu et al., "How Efficient is LLM-Generated Code? A Rigorous &amp; High-Standard Benchmark" (ICLR 2025): the estimator of eff@k, its
/// levels and its treatment of runs that are cut off, on simulated samples whose true values are known.
/// </summary>
public sealed class EnamelStudy : Reproduction
{
    private const int K = 5;
    private const string All = "all subsets", One = "one subset", Blocks = "blocks of k", PlugIn = "plug-in";
    private const string Bias = "bias in standard errors", Spread = "variance over the best of 5's", Samples = "samples per problem", Error = "RMSE of eff@5";
    private const string StallRobust = "stall moves Hodges-Lehmann", StallMean = "stall moves the mean", Capped = "mean with limits over true mean";
    private const string PassLead = "pass@1 lead of the careful model", EffLead = "eff@1 lead of the careful model";
    private const string Usual = "n=20";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "enamel", "How Efficient is LLM-Generated Code? A Rigorous & High-Standard Benchmark", "Qiu, Zeng, Ezick, Lott, Tong", 2025, "arXiv 2406.06647");

    /// <inheritdoc/>
    public override string Setting =>
        "Simulated samples, no language model and no program run: the 142 problems have ENAMEL's published input sizes (Apache-2.0), an expert's cost is "
        + "proportional to the size, and eight kinds of programs (wrong, expert, tuned, careless, twice as slow, one logarithm more, quadratic, hopeless) "
        + "cost multiples of it with 3 % of noise; they are scored by level with α = 2 and h = (3, 3, 4). A simulated model is a distribution over the kinds "
        + "for each problem, drawn uniformly from the simplex, so that its true eff@5 is an exact sum. Per seed, n samples per problem are drawn many times "
        + "(2,000 at full scale) and eff@5 is estimated from each. It tests the instruments; it says nothing about any real model.";

    /// <inheritdoc/>
    public override string Use =>
        "`LevelScoring.Score(run, reference)` turns the costs of a program, cut-off runs included, into its efficiency; `EfficiencyAtK.Evaluate` gives eff@k "
        + "and pass@k with intervals; `BestOfK.Estimate(scores, k)` is the expected best of k of any scores.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(All, "the mean of the best over all subsets of k samples (Rao-Blackwellised)"),
        new(One, "the best of one random subset of k", IsBaseline: true),
        new(Blocks, "the mean of the best of each block of k samples, n / k disjoint ones", IsBaseline: true),
        new(PlugIn, "the best of k draws with replacement from the samples", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Samples), Objective.Minimize(Error)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Share(
            new("unbiased", "From 20 samples the estimate over all subsets is unbiased: over the draws of a seed its mean lies within 3 standard errors of the truth in at least four fifths of the seeds."),
            (results, seed) => Math.Abs(results.Value(All, Usual, seed, Bias)) <= 3, Bound.AtLeast(0.8)),
        Claim.Share(
            new("plug-in-is-biased", "The plug-in estimate is not: it is below the truth by more than 3 standard errors in at least four fifths of the seeds."),
            (results, seed) => results.Value(PlugIn, Usual, seed, Bias) < -3, Bound.AtLeast(0.8)),
        Claim.Mean(
            new("variance-bound", "Its variance is at most k/n = 5/20 of that of the best of 5 (5 % allowed for the finite number of draws).", "standard deviation at k = 1 from 0.20 to 0.02 (second-hand)"),
            new Selection(All, Usual, Spread), Bound.AtMost(1.05 * K / 20)),
        Claim.Ratio(
            new("tighter-than-one-subset", "The variance of one random subset is at least twice as large."),
            new Selection(One, Usual, Spread), new Selection(All, Usual, Spread), Bound.AtLeast(2)),
        Claim.Ratio(
            new("tighter-than-blocks", "Disjoint blocks, which attain the bound k/n, still have a larger variance."),
            new Selection(Blocks, Usual, Spread), new Selection(All, Usual, Spread), Bound.Above(1)),
        Claim.Share(
            new("efficiency-is-not-correctness", "A careful model that passes more often with slow programs and one that passes less often with fast ones are put in opposite orders by pass@1 and eff@1, from 20 samples per problem."),
            (results, seed) => results.Value(All, Usual, seed, PassLead) > 0 && results.Value(All, Usual, seed, EffLead) < 0, Bound.AtLeast(0.8)),
        Claim.Mean(
            new("robust-timing", "With one of 6 repeats stalled to 5 times its length, the Hodges-Lehmann estimate moves by at most 15 %."),
            new Selection(All, Usual, StallRobust), Bound.AtMost(0.15)),
        Claim.Mean(
            new("mean-timing-is-not", "The mean of the repeats moves by at least 50 %."), new Selection(All, Usual, StallMean), Bound.AtLeast(0.5)),
        Claim.Mean(
            new("limits-are-no-times", "Averaging limits as if the runs cut off there had taken just that long gives less than 95 % of the true mean cost of a problem, on average over the problems."),
            new Selection(All, Usual, Capped), Bound.Below(0.95)),
        Claim.Exact(
            new("smaller-alpha-afterwards", "Scores with α = 2 are the same whether the runs were cut off at the limit of α = 2 or of α = 4."),
            [new("scores that differ, of 142 problems and 8 programs", 0, SimulatedProblems.ScoresThatDependOnTheLimit(new RandomGenerator(1)), 0)]),
        Claim.NotMeasurable(
            new("strong-inputs", "With an expert's worst-case inputs fewer solutions come within 5 % of the expert, and unsound ones are rejected.", "11 HumanEval solutions wrong, 34 time out (second-hand)"),
            "it takes samples of models and an expert's inputs beside weaker ones for the same problems; the library's 46 C# problems (`vilfredo code-efficiency evaluate --problems library`) have one generator each, and their programs are no sample of what a model writes"),
        Claim.NotMeasurable(
            new("models", "No model reaches the expert: GPT-4 Turbo has eff@1 0.470 at pass@1 0.796.", "17 rows of the README"),
            "it needs the models' Python samples and the benchmark's generators, which are not here"),
    ];

    /// <inheritdoc/>
    public override int Revision => 2; // the mean with limits is compared problem by problem

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Smoke ? 3 : 20;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale == Scale.Smoke ? [Usual] : ["n=10", Usual, "n=50", "n=100"];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var shared = context.Shared("problems");
        var problems = SimulatedProblems.Draw(shared);
        var model = SimulatedModel.Uniform(problems.Scores.Length, shared);
        var n = int.Parse(context.Unit.Setting.AsSpan("n=".Length), CultureInfo.InvariantCulture);
        var estimates = Estimates(context, problems, model, n);
        var (truth, variance) = Truth(problems, model);
        var bias = estimates.Average() - truth;
        var spread = Descriptive.Variance(estimates);
        var values = new Dictionary<string, double>
        {
            [Samples] = n,
            [Error] = Math.Sqrt(estimates.Average(estimate => (estimate - truth) * (estimate - truth))),
            ["bias"] = bias,
            [Bias] = bias / Math.Sqrt(spread / estimates.Length),
            [Spread] = spread / variance,
        };
        if (context.Unit.Method == All) AddOtherInstruments(values, context, problems, model);
        return values;
    }

    private static double[] Estimates(UnitContext context, SimulatedProblems problems, SimulatedModel model, int n)
    {
        var (random, own) = (context.SharedBySetting("samples"), context.Own("subsets"));
        var draws = context.Scale switch { Scale.Smoke => 40, Scale.Quick => 300, _ => 2000 };
        var (estimates, scores) = (new double[draws], new double[n]);
        for (var draw = 0; draw < draws; draw++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var sum = 0.0;
            for (var problem = 0; problem < problems.Scores.Length; problem++)
            {
                for (var i = 0; i < n; i++) scores[i] = problems.Scores[problem][model.Sample(problem, random)];
                sum += context.Unit.Method switch
                {
                    One => BestOfK.OneSubset(scores, K, own),
                    Blocks => scores.Chunk(K).Average(block => block.Max()),
                    PlugIn => BestOfK.PlugIn(scores, K),
                    _ => BestOfK.Estimate(scores, K),
                };
            }

            estimates[draw] = sum / problems.Scores.Length;
        }

        return estimates;
    }

    // The true eff@5 over the problems, and the variance of the mean over problems of the best of 5 samples each.
    private static (double Mean, double Variance) Truth(SimulatedProblems problems, SimulatedModel model)
    {
        double mean = 0, variance = 0;
        var count = problems.Scores.Length;
        for (var i = 0; i < count; i++)
        {
            var best = BestOfK.OfDistribution(problems.Scores[i], model.Chances[i], K);
            mean += best / count;
            variance += (BestOfK.OfDistribution([.. problems.Scores[i].Select(score => score * score)], model.Chances[i], K) - best * best) / count / count;
        }

        return (mean, variance);
    }

    private static void AddOtherInstruments(Dictionary<string, double> values, UnitContext context, SimulatedProblems problems, SimulatedModel model)
    {
        const int count = 20;
        var random = context.SharedBySetting("other instruments");

        // Means of the weights in the order of the kinds: wrong, expert, tuned, careless, twice as slow, logarithm, quadratic, hopeless.
        var (carefulPass, carefulEff) = AtOne(SimulatedModel.Weighted(problems.Scores.Length, [0.5, 0.5, 0.1, 0.5, 2, 1, 2, 2], random));
        var (hastyPass, hastyEff) = AtOne(SimulatedModel.Weighted(problems.Scores.Length, [3, 3, 2, 0.5, 0.2, 0.2, 0.2, 0.2], random));
        (values[PassLead], values[EffLead]) = (carefulPass - hastyPass, carefulEff - hastyEff);

        double robust = 0, mean = 0;
        const int runs = 200;
        for (var run = 0; run < runs; run++)
        {
            double[] quiet = [.. Enumerable.Range(0, 6).Select(_ => Math.Exp(0.03 * random.NextNormal()))];
            double[] stalled = [.. quiet];
            stalled[random.NextInt32(6)] *= 5;
            robust += (HodgesLehmann.Estimate(stalled) / HodgesLehmann.Estimate(quiet) - 1) / runs;
            mean += (stalled.Average() / quiet.Average() - 1) / runs;
        }

        (values[StallRobust], values[StallMean]) = (robust, mean);

        // Problem by problem: over all of them together the few with the longest inputs would be all that counts.
        var share = 0.0;
        for (var i = 0; i < problems.Costs.Length; i++)
        {
            double capped = 0, full = 0;
            for (var kind = 1; kind < SimulatedProgram.All.Count; kind++)
            {
                capped += model.Chances[i][kind] * Math.Min(problems.Costs[i][kind], problems.Limits[i]);
                full += model.Chances[i][kind] * problems.Costs[i][kind];
            }

            share += capped / full / problems.Costs.Length;
        }

        values[Capped] = share;

        (double Pass, double Eff) AtOne(SimulatedModel simulated)
        {
            double pass = 0, eff = 0;
            for (var i = 0; i < problems.Scores.Length; i++)
            {
                int[] kinds = [.. Enumerable.Range(0, count).Select(_ => simulated.Sample(i, random))];
                pass += PassAtK.Estimate(count, kinds.Count(kind => SimulatedProgram.All[kind].IsRight), 1) / problems.Scores.Length;
                eff += BestOfK.Estimate([.. kinds.Select(kind => problems.Scores[i][kind])], 1) / problems.Scores.Length;
            }

            return (pass, eff);
        }
    }
}
