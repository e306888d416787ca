using System.Globalization;
using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Measurement.OffPolicy.Selection;
using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Kiyohara et al., "Towards Assessing and Benchmarking Risk-Return Tradeoff of Off-Policy Evaluation" (ICLR 2024): which
/// estimator should pick the policies of an A/B test, on small tabular problems whose true values are known.
/// </summary>
public sealed class SharpeRatioAtKStudy : Reproduction
{
    private const int K = 4;
    private const string Oracle = "oracle", Random = "random", Cautious = "cautious PDIS";
    private const string Error = "nMSE", Correlation = "rank correlation", Ratio = "SharpeRatio@4", Online = "value per shortfall";
    private const string Few = "n=50", Usual = "n=200", Many = "n=5000";

    private static readonly (string Name, OffPolicyEstimator Estimator)[] Estimators =
        [.. new[] { "DM", "PDIS", "DR", "MIS", "MDR" }.Zip(OffPolicyEstimator.Compared)];

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "sharpe-ratio-at-k", "Towards Assessing and Benchmarking Risk-Return Tradeoff of Off-Policy Evaluation",
        "Kiyohara, Kishimoto, Kawakami, Kobayashi, Nakata, Saito", 2024, "arXiv 2311.18207");

    /// <inheritdoc/>
    public override string Setting =>
        "Random tabular problems (8 states, one of them a trap; 3 actions, 10 steps, γ = 0.95, reward noise 0.5); the behavior policy is a softmax "
        + "of the noisy true action values; 30 candidates are mixtures of the optimal, the uniform and the adversarial policy. True values come "
        + "from dynamic programming, fitted values and density ratios from counts. n logged trajectories per seed. The paper's own tasks "
        + "(CartPole to Hopper with neural fitted Q evaluation and DICE on policies trained offline) are not run.";

    /// <inheritdoc/>
    public override string Use =>
        "`PortfolioMetrics.Evaluate(trueValues, estimates, baseline, maxK)` rates any shortlist that a cheap proxy picked for real trials (policies, "
        + "model variants, hyperparameters) as a portfolio; `OffPolicyEstimator` gives the estimates for policies from logged data.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new("DM", "the direct method"),
        new("PDIS", "self-normalized per-decision importance sampling"),
        new("DR", "the self-normalized doubly robust estimator"),
        new("MIS", "self-normalized state-action marginal importance sampling"),
        new("MDR", "the self-normalized marginal doubly robust estimator"),
        new(Cautious, "the lower end of a one-sided 95 % interval (Student's t) of per-decision importance sampling; newer than the recorded run", IsBaseline: true),
        new(Oracle, "ranks by the true values", IsBaseline: true),
        new(Random, "ranks at random", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize("std@4"), Objective.Maximize("gain@4")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(
            new("toy-identities", "The toy example's SharpeRatio@2 to @10, MSE, rank correlation and Regret@3 come out.", "24 printed numbers"),
            ToyPortfolios.Values()),
        Claim.Share(
            new("differs-from-nmse", "The estimator that SharpeRatio@4 chooses differs from nMSE's choice in at least half of the trials.", "differs in 67 of 70 trials"),
            (results, seed) => Best(results, seed, Ratio, 1) != Best(results, seed, Error, -1), Bound.AtLeast(0.5)),
        Claim.Share(
            new("differs-from-rank-correlation", "It differs from the rank correlation's choice in at least a fifth of the trials.", "differs in 29 of 70 trials"),
            (results, seed) => Best(results, seed, Ratio, 1) != Best(results, seed, Correlation, 1), Bound.AtLeast(0.2)),
        Claim.Computed(
            new(
                "worth-in-an-online-test",
                "In a simulated A/B test the estimator chosen by SharpeRatio@4 realizes at least as much value per unit of the worst round's shortfall as the one chosen by nMSE."),
            (results, seed) => results.Value(Best(results, seed, Ratio, 1), Usual, seed, Online)
                - results.Value(Best(results, seed, Error, -1), Usual, seed, Online),
            Bound.AtLeast(0)),
        Approaches("DR"),
        Approaches("PDIS"),
        Claim.NotMeasurable(
            new("continuous-control", "The choice of the best estimator differs between CartPole, MountainCar, Acrobot, Reacher, InvertedPendulum, Hopper and Swimmer.", "7 tasks, 10 seeds"),
            "the library has neural fitted Q evaluation, BestDICE and kernels for continuous actions, but neither the control tasks nor the offline training (CQL, BCQ, IQL) of their candidates; four of the tasks need MuJoCo, which is not here"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Smoke ? 3 : 100;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale == Scale.Full ? [Few, Usual, "n=1000", Many] : [Usual];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var trial = TabularTrial.Draw(context.Shared("problem"));
        var estimates = Estimates(trial, context);
        var report = PortfolioMetrics.Evaluate(trial.TrueValues, estimates, trial.Baseline, K);
        var top = report.At(K);
        var correlation = RankingMetrics.RankCorrelation(trial.TrueValues, estimates);
        return new Dictionary<string, double>
        {
            [Error] = RankingMetrics.NormalizedMeanSquaredError(trial.TrueValues, estimates),
            [Correlation] = double.IsNaN(correlation) ? 0 : correlation, // all estimates equal: no order at all
            ["nRegret@1"] = RankingMetrics.NormalizedRegret(trial.TrueValues, estimates, 1),
            [Ratio] = PortfolioMetrics.MeanSharpeRatio([top.SharpeRatio]),
            ["gain@4"] = top.Best - trial.Baseline,
            ["std@4"] = top.StandardDeviation,
            ["violation rate@4"] = top.ViolationRate,
            [Online] = OnlineTest.ValuePerShortfall(trial, [.. report.Order.Take(K)], context.Shared("online test")),
        };
    }

    private static double[] Estimates(TabularTrial trial, UnitContext context)
    {
        if (context.Unit.Method == Oracle) return trial.TrueValues;
        if (context.Unit.Method == Random)
        {
            var random = context.Own("ranking");
            return [.. trial.TrueValues.Select(_ => random.NextDouble())];
        }

        var count = int.Parse(context.Unit.Setting.AsSpan("n=".Length), CultureInfo.InvariantCulture);
        var data = trial.Problem.Generate(trial.Behavior, count, context.SharedBySetting("logged data"));
        if (context.Unit.Method == Cautious)
            return [.. TabularEvaluation.FitEach(data, trial.Candidates).Select(view => LowerBounds.Of(OffPolicyEstimator.PerDecision.PerTrajectory(data, view), LowerBoundMethod.StudentT))];
        var estimator = Estimators.Single(pair => pair.Name == context.Unit.Method).Estimator;
        return [.. TabularEvaluation.FitEach(data, trial.Candidates).Select(view => estimator.Estimate(data, view))];
    }

    // The estimator (no baseline) with the largest value of a measure, or the smallest with sign −1.
    private static string Best(RunResults results, int seed, string metric, int sign) =>
        Estimators.MaxBy(pair => sign * results.Value(pair.Name, Usual, seed, metric)).Name;

    private static Claim Approaches(string method) => Claim.Computed(
        new(
            $"data-closes-the-gap-{method.ToLowerInvariant()}",
            $"From n = 50 to n = 5,000 the distance of {method}'s SharpeRatio@4 from the oracle's at least halves (the table shows the distance at 5,000 minus half of that at 50)."),
        (results, seed) => Gap(results, method, Many, seed) - 0.5 * Gap(results, method, Few, seed), Bound.AtMost(0));

    private static double Gap(RunResults results, string method, string setting, int seed) =>
        Math.Abs(results.Value(Oracle, setting, seed, Ratio) - results.Value(method, setting, seed, Ratio));
}
