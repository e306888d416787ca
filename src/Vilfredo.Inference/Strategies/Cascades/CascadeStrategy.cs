using System.Globalization;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>
/// Asks the cheapest tier first and goes up while the answer does not seem good enough (FrugalGPT, Chen et al., arXiv 2305.05176; AutoMix, Aggarwal et al., arXiv 2310.12963). Tiers are models or other strategies.
/// When a budget or failures end it, or no tier is accepted, the best-scored answer is kept.
/// </summary>
/// <remarks>Every call counts: those of tiers whose answer is dropped, and the acceptor's. What it costs on average is <see cref="CascadeCost.Expected"/>.</remarks>
public sealed class CascadeStrategy : InferenceStrategy
{
    private static readonly string[] Acceptors = ["log_probability", "margin", "confidence", "agreement", "self_verify", "judge", "entailment"];
    private static readonly string[] Sampled = ["agreement", "self_verify", "judge", "entailment"];

    private readonly IReadOnlyList<HandedOn> _tiers;
    private readonly IReadOnlyList<double> _thresholds;
    private readonly IResponseAcceptor _acceptor;
    private readonly CascadePolicy? _policy;

    /// <summary>A cascade.</summary>
    /// <exception cref="ArgumentException">There is no tier, the number of thresholds is neither one nor that of the tiers but the last, or a policy is given for other than two tiers.</exception>
    /// <exception cref="FormatException">A tier cannot be built.</exception>
    public CascadeStrategy(CascadeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Tiers.Count == 0)
            throw new ArgumentException("A cascade has at least one tier.", nameof(options));
        if (options.Tiers.FirstOrDefault(tier => tier.Strategy == Definition.Name) is { } nested)
            throw new ArgumentException($"The tier '{nested.Name}' is a cascade; write its tiers into this one.", nameof(options));
        var checkedTiers = options.ChecksLast ? options.Tiers.Count : options.Tiers.Count - 1;
        if (options.Thresholds.Count > 1 && options.Thresholds.Count != checkedTiers)
            throw new ArgumentException($"{options.Thresholds.Count} thresholds are given; give one for all tiers, or one for each of the {checkedTiers} that are checked.", nameof(options));
        if (options.Policy is { } policy)
        {
            policy.Check();
            if (options.Tiers.Count != 2 || options.ChecksLast || options.Thresholds.Count > 0)
                throw new ArgumentException($"A policy decides between two tiers, of which the last is not checked, and takes the place of thresholds; there are {options.Tiers.Count} tiers{(options.Thresholds.Count > 0 ? " and thresholds" : "")}.", nameof(options));
        }

        _tiers = [.. options.Tiers.Select(tier => HandedOn.Of(tier, options.Models ?? (model => throw new FormatException($"The tier '{tier.Name}' needs the model '{model}', but there are no models to choose from here."))))];
        (_acceptor, _policy) = (options.Acceptor, options.Policy);
        _thresholds = options.Thresholds.Count > 1 ? options.Thresholds : [.. Enumerable.Repeat(options.Thresholds is [var all] ? all : _acceptor.DefaultThreshold, checkedTiers)];
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "cascade", "the answer of the first tier, cheapest first, that seems good enough",
        [
            new("tiers", KnobKind.Text, "models or strategies with '>' between them, as in: small > small:majority_voting:n=5 > large", null),
            new("accept", KnobKind.Choice, "what an answer is judged by: its mean log_probability, the margin of its tokens, the strategy's own confidence (the share of a vote), agreement of several answers, self_verify by the tier's model, a judge, or entailment (several decisions by the tier's model or judge_model)", "log_probability") { Choices = Acceptors },
            new("threshold", KnobKind.Number, "the score in [0, 1] from which on an answer is accepted; when left out 0.67 for log_probability, 0.5 for margin, 0.6 for confidence and agreement, 0.7 otherwise", null) { Minimum = 0, Maximum = 1 },
            new("thresholds", KnobKind.Text, "one threshold for each tier that is checked, with '>' between them", null),
            new("policy", KnobKind.File, "a file that 'vilfredo route cascade' writes, which decides by the scores in place of thresholds", null),
            new("check_last", KnobKind.Flag, "whether the last tier is checked too, and the best-scored answer of all taken when it is not accepted", "false"),
            new("samples", KnobKind.Integer, "of accept: agreement, the answers of a tier; of self_verify, judge and entailment, the judgements", "3") { Minimum = 1, Maximum = 64 },
            .. JudgeKnobs.All.Select(knob => knob.Name == "judge_temperature" ? knob with { Default = null, Summary = "temperature of judgements; 1 for accept: entailment and 0.1 otherwise when left out" } : knob),
            CommonKnobs.Answer,
        ],
        values => new CascadeStrategy(new()
        {
            Tiers = TiersOf(values),
            Acceptor = AcceptorOf(values),
            Thresholds = ThresholdsOf(values),
            Policy = PolicyOf(values),
            ChecksLast = values.Flag("check_last"),
            Models = values.ModelNamed,
        }))
    {
        ModelsOf = values => values.Text("tiers") is null ? [] : TiersOf(values).SelectMany(tier => tier.Models),
        Source = "FrugalGPT, Chen et al., arXiv 2305.05176; acceptors after vLLM's semantic router and AutoMix, Aggarwal et al., arXiv 2310.12963",
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            var plans = _tiers.Select((tier, i) => (Tier: tier.Strategy.Plan, Check: i < _thresholds.Count ? _acceptor.PlanFor(tier.Strategy.Plan) : CallPlan.Fixed(0, 0))).ToList();
            if (_policy is { Start: not CascadeStart.Verify })
                plans = [(plans[_policy.Start == CascadeStart.Keep ? 0 : 1].Tier, CallPlan.Fixed(0, 0))];
            return new(
                plans[0].Tier.Fewest + plans[0].Check.Fewest,
                plans.Exists(plan => plan.Tier.Most is null || plan.Check.Most is null) ? null : plans.Sum(plan => plan.Tier.Most + plan.Check.Most),
                plans.Exists(plan => plan.Tier.Depth is null || plan.Check.Depth is null) ? null : plans.Sum(plan => plan.Tier.Depth + plan.Check.Depth));
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var answers = new List<Candidate>();
        var grades = new List<double?>();
        (double Score, Candidate Answer)? best = null;
        for (var tier = 0; tier < _tiers.Count && !run.IsOutOfBudget; tier++)
        {
            if (tier == 0 && _policy?.Start == CascadeStart.Escalate)
                continue;
            // What is to be kept without a score is trusted like a last tier; should it fail, the next one answers.
            var isChecked = tier < _thresholds.Count && _policy?.Start != CascadeStart.Keep;
            var before = answers.ToList();
            var answer = await AskAsync(tier, 0).ConfigureAwait(false);
            if (answer is null)
                continue;
            answers.Add(answer);
            grades.Add(null);
            if (!isChecked)
                return StrategyOutcome.Of(answer, answers) with { Grades = grades };
            var attempt = new CascadeAttempt(run, answer, tier, _tiers[tier].ClientIn(run), (number, _) => AskAsync(tier, number));
            // A score that cannot be had accepts nothing, but an answer is better than none.
            var score = answer.IsEmpty ? null : await _acceptor.ScoreAsync(attempt, cancellation).ConfigureAwait(false);
            grades[^1] = score?.Score;
            var (value, judged) = score is { } known ? (known.Score, known.Answer) : (double.NegativeInfinity, answer);
            if (_policy is null ? value >= _thresholds[tier] : _policy.KeepsAt(score?.Score))
                return StrategyOutcome.Of(judged, answers, Math.Clamp(value, 0, 1), tier < _tiers.Count - 1) with { Grades = grades };
            // Of unscored answers the later, dearer one.
            if (best is not { } kept || value > kept.Score || (double.IsNegativeInfinity(value) && double.IsNegativeInfinity(kept.Score)))
                best = (value, judged);

            Task<Candidate?> AskAsync(int place, int number)
            {
                var request = _tiers[place].Request(run, CallRole.Sample, place, number, isChecked ? _acceptor.Ask : null) with { After = before };
                return !isChecked ? run.TryFinalCallAsync(request, cancellation) : run.TryCallAsync(request, cancellation);
            }
        }

        return best is { } most
            ? StrategyOutcome.Of(most.Answer, answers, double.IsFinite(most.Score) ? Math.Clamp(most.Score, 0, 1) : null) with { Grades = grades }
            : throw run.Failed($"No tier of {_tiers.Count} answered.");
    }

    private static IReadOnlyList<StrategyPoint> TiersOf(KnobValues values) => [.. values.Given("tiers").Split('>').Select(StrategyPoint.Parse)];

    private static IReadOnlyList<double> ThresholdsOf(KnobValues values)
    {
        if (values.Text("thresholds") is not { } text)
            return values.Number("threshold") is { } one ? [one] : [];
        if (values.Number("threshold") is not null)
            throw new FormatException("Give either 'threshold' for all tiers or 'thresholds' for each, not both.");
        return
        [
            .. text.Split('>').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
                ? number
                : throw new FormatException($"'{part.Trim()}' in 'thresholds: {text}' is no number from 0 to 1; write them with '>' between them, such as 0.8 > 0.6.")),
        ];
    }

    private static CascadePolicy? PolicyOf(KnobValues values)
    {
        if (values.Open("policy", CascadePolicy.Load) is not { } policy)
            return null;
        var accept = values.Text("accept")!;
        if (policy.Accept != accept || (Sampled.Contains(accept) && policy.Samples != values.Integer("samples")))
        {
            throw new FormatException(
                $"The policy was fitted to scores of 'accept: {policy.Accept}' with {policy.Samples} samples, but the cascade has 'accept: {accept}' with {values.Integer("samples")}; write the policy's, or fit another with 'vilfredo route cascade'.");
        }

        return policy;
    }

    private static IResponseAcceptor AcceptorOf(KnobValues values)
    {
        var (samples, settings) = (values.Integer("samples"), JudgeKnobs.Settings(values, values.Text("accept") == "entailment" ? EntailmentAcceptor.DefaultTemperature : 0.1));
        return values.Text("accept") switch
        {
            "margin" => new MarginAcceptor(),
            "confidence" => new ConfidenceAcceptor(),
            "agreement" => new AgreementAcceptor(samples, AnswerExtractors.Named(values.Text("answer")!)),
            "entailment" => new EntailmentAcceptor(samples, settings),
            "self_verify" => new JudgeAcceptor(client => new PointwiseJudge(samples, settings with { Client = client }), 10),
            "judge" => new JudgeAcceptor(_ => new PointwiseJudge(samples, settings), 10),
            _ => new LogProbabilityAcceptor(),
        };
    }
}
