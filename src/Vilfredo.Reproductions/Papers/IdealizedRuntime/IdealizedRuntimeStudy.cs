using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Profiling;
using Vilfredo.Measurement.Portfolios;
using Vilfredo.Neural.Transformers;
using Vilfredo.Statistics;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Narayanan et al., "Cheaply Estimating Inference Efficiency Metrics for Autoregressive Transformer Models": whether a short
/// calibration predicts what requests take, on small decoders timed on this machine, and what the published profiles say.
/// </summary>
public sealed class IdealizedRuntimeStudy : Reproduction
{
    private const string Runtime = "idealized runtime", Loss = "loss", PerToken = "seconds per token", Fit = "R^2";
    private const string Interpolated = "error, interpolated", Helm = "error, HELM's rule", Saving = "saving";
    private const string Denoised = "denoised per token", Variation = "variation under load", Raw = "raw runtime under load";
    private const int BudgetQueries = 400;
    private const int QueryRepeats = 50;
    private const int WarmUps = 3; // before any timing, so that the code is compiled
    private const string NoLogs = "the published logs carry no licence, and no accelerator is here";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "idealized-runtime", "Cheaply Estimating Inference Efficiency Metrics for Autoregressive Transformer Models",
        "Narayanan, Santhanam, Henderson, Bommasani, Lee, Liang", 2023, "arXiv 2305.02440");

    /// <inheritdoc/>
    public override string Setting =>
        "Six decoders of 0.1 to 6.4 million parameters (32-bit, ASCII, key-value cache, one thread, batch 1), trained for 15 steps on sums such as 47+6=53, in this "
        + "library's transformer stack on the processor. Times are processor time of the process, so that other programs on the machine do not count, and the minimum "
        + "of 4 runs, since they still share caches. Profiled with prompts of 1, 128 and 448 and outputs of 1, 8 and 32 tokens, then held against 20 requests of other lengths "
        + "(minimum of 2). Load (A to C) is a queue that is simulated: the waiting time of a server that others keep busy half of the time, at random moments, is added "
        + "to each measured request; denoised is the minimum of 6 such runs. A seed is a repetition with fresh weights and requests. No accelerator, no network, no "
        + "tensor parallelism. The published figures are held against the profiles that HELM ships.";

    /// <inheritdoc/>
    public override string Use =>
        "`RuntimeProfiler` times any call that generates exact numbers of tokens and fits a `RuntimeProfile`, whose `Estimate(promptTokens, outputTokens)` costs requests by formula; "
        + "`vilfredo runtime fit` does it from a CSV file of trials, `vilfredo runtime estimate` ranks models by what requests take.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        .. SmallModel.All.Select(model => new ComparedMethod(
            model.Name, FormattableString.Invariant($"{model.Layers} layers of width {model.HiddenSize}, {model.Parameters / 1e6:0.00} million parameters"),
            IsBaseline: model.Name is "E" or "F")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Runtime, "s"), Objective.Minimize(Loss)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(new("per-token", "HELM's idealized profiles have the fitted seconds per token of the paper's eleven architectures on A100.", "0.021 to 0.123 s"), PublishedRuntimes.PerToken()),
        Claim.Exact(new("prompts", "They have its seconds for prompts of 1, 512 and 1,920 tokens (two vintages of the logs differ; values between are allowed).", "0.023 to 1.85 s"), PublishedRuntimes.Prompts()),
        Claim.Exact(new("prompt-lines", "The time of a prompt is linear in its length over the last ten lengths, R^2 at least 0.993 for all profiles.", "0.993"), PublishedRuntimes.PromptLines()),
        Claim.Exact(new("published-depth", "Of three models of about 175 billion parameters the one of 96 layers takes 0.081 s per token, those of 70 and 76 take 0.061 and 0.064.", "0.081, 0.061, 0.064 s"), PublishedRuntimes.Depth()),
        Claim.Exact(new("provider", "The endpoint of the 175-billion model was about 2.5 times as fast as its idealized runtime (64 tokens from 512).", "2.5 times"), PublishedRuntimes.Provider()),
        Claim.Exact(new("overhead", "Every published denoised profile takes as long for its shortest prompt as for a token, which is how the overhead is told apart."), PublishedRuntimes.Overheads()),
        Claim.Exact(new("helm-rule", "HELM's rule for prompts between the profiled lengths is not monotone: davinci takes 0.084 s for one token and 0.054 s for ten.", "0.084 and 0.054 s"), PublishedRuntimes.HelmRule()),
        Claim.Exact(new("published-savings", "The printed dollars are 57.4 and 9.9 times fewer with the method (arithmetic alone).", "57.4 and 9.9 times"), PublishedRuntimes.Savings()),
        Claim.NotMeasurable(new("published-fits", "The fits have R^2 1.000 on A100, 0.987 to 1.000 on V100 and 0.92 to 0.997 for endpoints.", "0.92 to 1.000"), NoLogs),
        Claim.NotMeasurable(new("published-points", "Of 3,204 points the denoised estimate exceeds the mean raw runtime in 110 and the idealized one in 255.", "110 and 255"), NoLogs),
        Claim.NotMeasurable(new("accuracy-frontier", "Which models of 2022 are on the frontier of HELM's accuracy against idealized runtime depends on the scenario."), "HELM's accuracies are not part of this library, and its models do not run here"),
        Claim.Computed(
            new("linear", "T − F(p) is linear in the further tokens: R^2 at least 0.98 for every model.", "1.000"),
            (results, seed) => Names.Min(name => results.Value(name, "", seed, Fit)), Bound.AtLeast(0.98)),
        Claim.Computed(
            new("held-out", "On requests of other lengths the mean absolute error of the interpolated profile is at most 10 %, for every model."),
            (results, seed) => Names.Max(name => results.Value(name, "", seed, Interpolated)), Bound.AtMost(0.1)),
        Claim.Computed(
            new("helm-worse", "HELM's rule for prompts errs more than interpolation (mean over the models)."),
            (results, seed) => Names.Average(name => results.Value(name, "", seed, Helm) - results.Value(name, "", seed, Interpolated)), Bound.Above(0)),
        Claim.Computed(
            new("load-varies", "Under load raw runtimes of equal requests vary with a coefficient of at least 0.3, for every model that was loaded."),
            (results, seed) => Loaded(results.Scale).Min(name => results.Value(name, "", seed, Variation)), Bound.AtLeast(0.3)),
        Claim.Computed(
            new("load-denoised", "The denoised time per token under load is within 10 % of the unloaded one, for every model that was loaded."),
            (results, seed) => Loaded(results.Scale).Max(name => Math.Abs(results.Value(name, "", seed, Denoised) / results.Value(name, "", seed, PerToken) - 1)), Bound.AtMost(0.1)),
        Claim.Computed(
            new("load-stable", "It deviates from its mean over repetitions by at most 5 %, for every model that was loaded."),
            (results, seed) => Loaded(results.Scale).Max(name => Deviation(results, name, seed)), Bound.AtMost(0.05)),
        Claim.Computed(
            new("raw-inflated", "Under load requests take at least a quarter longer than the profile says (mean over the loaded models)."),
            (results, seed) => Loaded(results.Scale).Average(name => results.Value(name, "", seed, Raw) / results.Value(name, "", seed, Runtime)), Bound.AtLeast(1.25)),
        Claim.Difference(
            new("wrong-proxy", "F takes longer per token than E, which has three times its parameters."), new("F", "", PerToken), new("E", "", PerToken), Bound.Above(0)),
        Claim.EverySeed(
            new("depth-ranks", "The number of layers ranks the models by time per token at least as well as the number of parameters (difference of the rank correlations)."),
            (results, seed) => Rank(results, seed, model => model.Layers) - Rank(results, seed, model => model.Parameters), Bound.AtLeast(0)),
        Claim.Computed(
            new("cheap", "Profiling takes at most a tenth of timing 400 requests 50 times, for every model (how many times less).", "57.4 times"),
            (results, seed) => Names.Min(name => results.Value(name, "", seed, Saving)), Bound.AtLeast(10)),
    ];

    private static IEnumerable<string> Names => SmallModel.All.Select(model => model.Name);

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 3, _ => 5 };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => MeasureAsync(context, Effort.Of(context.Scale)).GetAwaiter().GetResult());
    }

    private sealed record Effort(int Steps, ProfileGrid Grid, ProfileGrid LoadGrid, int Runs, int LoadedRuns, int Queries, int QueryRuns)
    {
        public static Effort Of(Scale scale) => scale switch
        {
            Scale.Smoke => new(1, new([1, 64], [1, 16]), new([1], [1, 32]), 1, 4, 3, 1),
            Scale.Quick => new(3, new([1, 128], [1, 8, 32]), new([1, 128], [1, 32]), 3, 6, 8, 1),
            _ => new(15, new([1, 128, 448], [1, 8, 32]), new([1, 128], [1, 32]), 4, 6, 20, 2),
        };
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(UnitContext context, Effort effort)
    {
        var shape = SmallModel.All.Single(model => model.Name == context.Unit.Method);
        using var model = new Decoder(shape.Config, context.Unit.Seed);
        SumText.Train(model, effort.Steps, context.Shared("training text"), context.Cancellation);
        var endpoint = new LocalEndpoint(model, context.Shared("prompt"));
        for (var i = 0; i < WarmUps; i++) await endpoint.CallAsync(effort.Grid.PromptTokens.Max(), effort.Grid.OutputTokens.Max(), context.Cancellation).ConfigureAwait(false);
        var profiler = new RuntimeProfiler(endpoint.CallAsync, endpoint.Clock);
        var profile = await profiler.ProfileAsync(
            shape.Name, "1 thread", "TorchSharp", effort.Grid, new ProfilerOptions { WarmUps = 1, Repeats = effort.Runs },
            new RuntimeFitOptions { Statistic = CellStatistic.Minimum }, cancellation: context.Cancellation).ConfigureAwait(false);

        TokenQuery[] queries = [.. Queries(effort.Grid, BudgetQueries, context.Shared("requests"))];
        TokenQuery[] heldOut = queries[..effort.Queries];
        var errors = new List<(double Interpolated, double Helm)>();
        foreach (var query in heldOut)
        {
            var seconds = double.PositiveInfinity;
            for (var run = 0; run < effort.QueryRuns; run++)
                seconds = Math.Min(seconds, await endpoint.TimedAsync(query, context.Cancellation).ConfigureAwait(false));
            double Error(PromptRule rule) => Math.Abs(profile.Estimate(query.PromptTokens, query.OutputTokens, rule) / seconds - 1);
            errors.Add((Error(PromptRule.Interpolate), Error(PromptRule.Helm)));
        }

        var values = new Dictionary<string, double>
        {
            [Runtime] = profile.Total(heldOut) / heldOut.Length,
            [Loss] = SumText.HeldOutLoss(model, context.Scale == Scale.Smoke ? 1 : 4, context.Shared("held-out text")),
            [PerToken] = profile.SecondsPerOutputToken,
            ["seconds for the longest prompt"] = profile.PromptSeconds[^1],
            [Fit] = profile.Fit!.RSquared,
            [Interpolated] = errors.Average(error => error.Interpolated),
            [Helm] = errors.Average(error => error.Helm),
            [Saving] = effort.Grid.Saving(profile, queries, QueryRepeats, effort.Runs + 1),
        };
        if (Loaded(context.Scale).Contains(shape.Name)) await LoadAsync(context, effort, endpoint, profile, heldOut, values).ConfigureAwait(false);
        return values;
    }

    private static async Task LoadAsync(
        UnitContext context, Effort effort, LocalEndpoint endpoint, RuntimeProfile unloaded, TokenQuery[] queries, Dictionary<string, double> values)
    {
        endpoint.Load(unloaded, context.Own("other users"));
        var trials = await new RuntimeProfiler(endpoint.CallAsync, endpoint.Clock).MeasureAsync(
            effort.LoadGrid, new ProfilerOptions { WarmUps = 0, Repeats = effort.LoadedRuns, Order = RunOrder.Interleaved, Seed = (ulong)context.Unit.Seed },
            cancellation: context.Cancellation).ConfigureAwait(false);
        var raw = 0.0;
        foreach (var query in queries) raw += await endpoint.TimedAsync(query, context.Cancellation).ConfigureAwait(false);

        values[Denoised] = RuntimeFit.Fit(
            unloaded.Model, unloaded.Hardware, unloaded.Software, trials, new RuntimeFitOptions { Mode = FitMode.Denoised }).SecondsPerOutputToken;
        values[Variation] = trials.GroupBy(trial => (trial.PromptTokens, trial.OutputTokens)).Average(cell =>
        {
            double[] seconds = [.. cell.Select(trial => trial.Seconds)];
            return Descriptive.StandardDeviation(seconds) / Descriptive.Mean(seconds);
        });
        values[Raw] = raw / queries.Length;
    }

    private static IEnumerable<TokenQuery> Queries(ProfileGrid grid, int count, RandomGenerator random) => Enumerable.Range(0, count).Select(_ =>
        new TokenQuery(1 + random.NextInt32(grid.PromptTokens.Max()), 1 + random.NextInt32(grid.OutputTokens.Max())));

    private static IReadOnlyList<string> Loaded(Scale scale) => scale switch { Scale.Smoke => ["A"], Scale.Quick => ["B"], _ => ["A", "B", "C"] };

    private static double Deviation(RunResults results, string name, int seed)
    {
        var mean = results.OverSeeds(new Selection(name, "", Denoised)).Average();
        return Math.Abs(results.Value(name, "", seed, Denoised) / mean - 1);
    }

    private static double Rank(RunResults results, int seed, Func<SmallModel, double> proxy) => RankingMetrics.RankCorrelation(
        [.. Names.Select(name => results.Value(name, "", seed, PerToken))], [.. SmallModel.All.Select(proxy)]);
}
