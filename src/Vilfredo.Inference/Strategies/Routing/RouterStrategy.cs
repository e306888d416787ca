using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Routing;

/// <summary>Hands the question on to the candidate that a trained router and a rule choose: another model, or another strategy. When it fails, the next one of the rule's order answers.</summary>
/// <remarks>The answer is the one that the candidate gives by itself: with the same seed the same calls are made. Choosing costs no call of a model unless the router reads embeddings.</remarks>
public sealed class RouterStrategy : InferenceStrategy
{
    private static readonly string[] Rules = ["file", "threshold", "utility", "quality", "multi_factor"];

    private readonly IRouter _router;
    private readonly RoutingRule _rule;
    private readonly IReadOnlyList<CandidateMeasure> _measures;
    private readonly IReadOnlyList<HandedOn> _candidates;

    /// <summary>A routed answer.</summary>
    /// <param name="router">Predicts.</param>
    /// <param name="rule">Decides.</param>
    /// <param name="candidates">How the candidates answer, with what is known of them; in the order of the router.</param>
    /// <param name="models">Finds the models that candidates name.</param>
    /// <exception cref="ArgumentException">The candidates are not the router's, or the rule names one that is not there.</exception>
    /// <exception cref="FormatException">A candidate's strategy cannot be built.</exception>
    public RouterStrategy(IRouter router, RoutingRule rule, IReadOnlyList<RouterCandidate> candidates, Func<string, IChatClient> models)
    {
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(models);
        if (!router.Candidates.SequenceEqual(candidates.Select(candidate => candidate.Point.Name)))
            throw new ArgumentException($"The router chooses between {string.Join(", ", router.Candidates)}, but the candidates are {string.Join(", ", candidates.Select(candidate => candidate.Point.Name))}.", nameof(candidates));
        (_router, _rule, _measures, _candidates) = (router, rule, [.. candidates.Select(candidate => candidate.Measure)], [.. candidates.Select(candidate => HandedOn.Of(candidate.Point, models))]);
        try
        {
            rule.Check(_measures);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, nameof(rule), error);
        }
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "router", "the answer of the model or strategy that a trained router chooses for the question",
        [
            new("file", KnobKind.File, "the router's file, which 'vilfredo route train' writes", null),
            new("candidates", KnobKind.Text, "the candidates that it may choose, by their names in the file with '|' between them; all when left out", null),
            new("rule", KnobKind.Choice, "how it chooses: file (as calibrated), threshold (strong or weak), utility (quality less lambda times cost), quality (the cheapest that reaches it), multi_factor", "file") { Choices = Rules },
            new("threshold", KnobKind.Number, "of rule: threshold, the win probability from which on the strong candidate answers; the file's when left out", null) { Minimum = 0, Maximum = 2 },
            new("lambda", KnobKind.Number, "of rule: utility, the quality that a unit of cost must bring", "0") { Minimum = 0 },
            new("quality", KnobKind.Number, "of rule: quality, the quality that is wanted", "0.8") { Minimum = 0, Maximum = 1 },
            new("max_cost", KnobKind.Number, "of rule: multi_factor, the most that an answer may be expected to cost", null) { Minimum = 0 },
            new("max_seconds", KnobKind.Number, "of rule: multi_factor, the most seconds that an answer may take on average", null) { Minimum = 0 },
        ],
        Built)
    {
        Aliases = ["route"],
        ModelsOf = values => values.Open("file", Read) is { } file ? Candidates(file, values).Candidates.SelectMany(candidate => candidate.Point.Models) : [],
        Source = "thresholds after Ong et al. (RouteLLM), arXiv 2406.18665; multi_factor after vLLM's semantic router",
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var plans = _candidates.Select(candidate => candidate.Strategy.Plan).ToList();
            return new(
                plans.Min(plan => plan.Fewest),
                plans.Exists(plan => plan.Most is null) ? null : plans.Max(plan => plan.Most),
                plans.Exists(plan => plan.Depth is null) ? null : plans.Max(plan => plan.Depth));
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var prediction = await _router.PredictAsync(run.Messages, cancellation).ConfigureAwait(false);
        foreach (var (tried, place) in _rule.Rank(prediction, _measures).Index())
        {
            if (tried > 0)
                run.Warn($"{_router.Candidates[place]} answers instead.");
            if (await run.TryFinalCallAsync(_candidates[place].Request(run, CallRole.Final, tried), cancellation).ConfigureAwait(false) is { } answer)
                return StrategyOutcome.Of(answer, [answer], Math.Clamp(prediction.Quality[place], 0, 1));
            if (run.IsOutOfBudget)
                break;
        }

        throw run.Failed("No candidate of the router answered.");
    }

    private static RouterStrategy Built(KnobValues values)
    {
        _ = values.Given("file"); // says so where it is left out
        var whole = values.Open("file", Read)!;
        var file = Candidates(whole, values);
        return new(new ChosenCandidates(whole.Open(), [.. file.Candidates.Select(candidate => candidate.Point.Name)]), RuleOf(file, values), file.Candidates, values.ModelNamed);
    }

    private static RouterFile Read(string path)
    {
        try
        {
            return RouterFile.Load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The router's file cannot be read: {error.Message}", error);
        }
    }

    private static RouterFile Candidates(RouterFile file, KnobValues values)
    {
        if (values.Text("candidates") is not { } text)
            return file;
        var names = text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = file.Candidates.Select(candidate => candidate.Point.Name).ToList();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new FormatException($"The router has no candidate '{unknown}'; it has {string.Join(" | ", known)}.");
        if (names.Distinct(StringComparer.Ordinal).Count() < 2)
            throw new FormatException("A router chooses between at least two candidates; write their names with '|' between them.");
        return file with { Candidates = [.. file.Candidates.Where(candidate => names.Contains(candidate.Point.Name))] };
    }

    private static RoutingRule RuleOf(RouterFile file, KnobValues values) => values.Text("rule") switch
    {
        "threshold" => (file.Rule as ThresholdRule ?? new() { Threshold = 0.5 }) is var rule && values.Number("threshold") is { } threshold ? rule with { Threshold = threshold } : rule,
        "utility" => new UtilityRule { Lambda = values.Number("lambda")!.Value },
        "quality" => new QualityTargetRule { Quality = values.Number("quality")!.Value },
        "multi_factor" => new MultiFactorRule { MaximumCost = values.Number("max_cost"), MaximumSeconds = values.Number("max_seconds") },
        _ => values.Number("threshold") is { } given
            ? file.Rule is ThresholdRule own
                ? own with { Threshold = given }
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'threshold: {given}' is given, but the file's rule has none; take 'rule: threshold'."))
            : file.Rule,
    };

    /// <summary>Some of a router's candidates.</summary>
    private sealed class ChosenCandidates : IRouter
    {
        private readonly IRouter _router;
        private readonly int[] _places;

        public ChosenCandidates(IRouter router, IReadOnlyList<string> names)
        {
            (_router, Candidates) = (router, names);
            _places = [.. names.Select(name => router.Candidates.Index().First(pair => pair.Item == name).Index)];
        }

        public IReadOnlyList<string> Candidates { get; }

        public async ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation)
        {
            var all = await _router.PredictAsync(conversation, cancellation).ConfigureAwait(false);
            return new(Of(all.Quality)!) { Strength = Of(all.Strength), Cost = Of(all.Cost) };

            double[]? Of(IReadOnlyList<double>? values) => values is null ? null : [.. _places.Select(place => values[place])];
        }
    }
}
