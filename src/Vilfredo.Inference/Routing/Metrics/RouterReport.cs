using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Statistics;

namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>How a router does on recorded answers: nothing is asked, since the answers of every candidate are known.</summary>
/// <remarks>
/// Reference lines: each candidate alone; the hull of these, which drawing between candidates reaches and a router must beat; and the oracle, which knows the qualities and takes the cheapest of the best.
/// Intervals are bootstrap intervals over prompts, for the trained router as it is: what another training sample would give is not in them.
/// </remarks>
public sealed record RouterReport
{
    private const int Prices = 80;

    /// <summary>The number of prompts.</summary>
    public required int Prompts { get; init; }

    /// <summary>The candidates.</summary>
    public required IReadOnlyList<RoutedCandidate> Candidates { get; init; }

    /// <summary>What the router's rule gives.</summary>
    public required CurvePoint Routed { get; init; }

    /// <summary>Its quality less that of the hull of the candidates at its cost.</summary>
    public required BootstrapInterval OverHull { get; init; }

    /// <summary>What the oracle gives.</summary>
    public required CurvePoint Oracle { get; init; }

    /// <summary>Quality against cost with the rule "quality less λ times cost" for all λ.</summary>
    public required QualityCostCurve Curve { get; init; }

    /// <summary>The hull of the candidates.</summary>
    public required QualityCostCurve Hull { get; init; }

    /// <summary>The mean quality of <see cref="Curve"/> over the costs from the cheapest to the dearest candidate, less that of the candidates' hull. No setting is picked in hindsight, so a router that knows nothing is at most at 0.</summary>
    public required BootstrapInterval MeanOverHull { get; init; }

    /// <summary>The strong candidate of the pair that is compared as in RouteLLM.</summary>
    public required string Strong { get; init; }

    /// <summary>The weak one.</summary>
    public required string Weak { get; init; }

    /// <summary>The router between the two.</summary>
    public required PairMetrics Pair { get; init; }

    /// <summary>The oracle between the two.</summary>
    public required PairMetrics PairOracle { get; init; }

    /// <summary>The router's AUC between the two, less that of draws.</summary>
    public required BootstrapInterval PairOverDraws { get; init; }

    /// <summary>Judges a router.</summary>
    /// <param name="table">Answers that are complete (<see cref="RoutingTable.Complete"/>) on at least two prompts.</param>
    /// <param name="predictions">What the router expects, prompt by prompt.</param>
    /// <param name="measures">What its rules are given of the candidates.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level and number of resamples; null for 1 000 of them and 95 %.</param>
    public static RouterReport Of(
        RoutingTable table, IReadOnlyList<RoutePrediction> predictions, IReadOnlyList<CandidateMeasure> measures, RoutingRule rule, RandomGenerator random, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(random);
        var count = table.Prompts.Count;
        if (count < 2 || predictions.Count != count)
            throw new ArgumentException($"{predictions.Count} predictions for {count} prompts were given; a router is judged on at least two, with a prediction for each.", nameof(predictions));
        options ??= new() { Resamples = 1000, Method = BootstrapMethod.Percentile };
        double[] all = [.. Enumerable.Range(0, count).Select(prompt => (double)prompt)];
        int[] chosen = [.. predictions.Select(prediction => rule.Rank(prediction, measures)[0])];
        int[][] sweep = [.. PricesOf(measures).Select(price => new UtilityRule { Lambda = price }).Select(utility => (int[])[.. predictions.Select(prediction => utility.Rank(prediction, measures)[0])])];
        var (strong, weak) = (rule as ThresholdRule ?? new() { Threshold = 0.5 }).Pair(measures);
        var cheapest = Enumerable.Range(0, measures.Count).MinBy(candidate => measures[candidate].Cost);
        double[] scores = [.. predictions.Select(prediction => prediction.WinProbability(strong, weak))];
        return new()
        {
            Prompts = count,
            Candidates = [.. table.Candidates.Select((name, candidate) => (name, Mean(all, _ => candidate)) is var (called, point) ? new RoutedCandidate(called, point.Quality, point.Cost, (double)chosen.Count(place => place == candidate) / count) : null!)],
            Routed = Mean(all, prompt => chosen[prompt]),
            OverHull = Bootstrap.OneSample(all, prompts => OverHullOn(prompts), random, options),
            Oracle = Mean(all, prompt => Enumerable.Range(0, table.Candidates.Count).OrderByDescending(candidate => table.Quality[prompt][candidate]).ThenBy(candidate => table.Cost[prompt][candidate]).First()),
            Curve = CurveOn(all),
            Hull = HullOn(all),
            MeanOverHull = Bootstrap.OneSample(all, prompts => MeanOverHullOn(prompts), random, options),
            Strong = table.Candidates[strong],
            Weak = table.Candidates[weak],
            Pair = PairOn(all),
            PairOracle = new(StrongShareCurve.Oracle([.. table.Quality.Select(row => row[weak])], [.. table.Quality.Select(row => row[strong])])),
            PairOverDraws = Bootstrap.OneSample(all, prompts => PairOn(prompts).OverDraws, random, options),
        };

        CurvePoint Mean(ReadOnlySpan<double> prompts, Func<int, int> choose)
        {
            var (cost, quality) = (0.0, 0.0);
            foreach (var number in prompts)
            {
                var prompt = (int)number;
                cost += table.Cost[prompt][choose(prompt)];
                quality += table.Quality[prompt][choose(prompt)];
            }

            return new(cost / prompts.Length, quality / prompts.Length);
        }

        QualityCostCurve HullOn(ReadOnlySpan<double> prompts)
        {
            var points = new List<CurvePoint>();
            for (var candidate = 0; candidate < table.Candidates.Count; candidate++)
            {
                var always = candidate;
                points.Add(Mean(prompts, _ => always));
            }

            return new QualityCostCurve(points).Hull();
        }

        QualityCostCurve CurveOn(ReadOnlySpan<double> prompts)
        {
            // At a price without end the cheapest answers everything, whatever is expected of costs.
            List<CurvePoint> points = [Mean(prompts, _ => cheapest)];
            foreach (var choice in sweep)
                points.Add(Mean(prompts, prompt => choice[prompt]));
            return new(points);
        }

        double OverHullOn(ReadOnlySpan<double> prompts)
        {
            var point = Mean(prompts, prompt => chosen[prompt]);
            return point.Quality - HullOn(prompts).QualityAt(point.Cost, CurveInterpolation.Linear);
        }

        double MeanOverHullOn(ReadOnlySpan<double> prompts)
        {
            var (least, most) = (double.PositiveInfinity, 0.0);
            for (var candidate = 0; candidate < table.Candidates.Count; candidate++)
            {
                var always = candidate;
                var cost = Mean(prompts, _ => always).Cost;
                (least, most) = (Math.Min(least, cost), Math.Max(most, cost));
            }

            return CurveOn(prompts).MeanQuality(least, most, CurveInterpolation.Linear) - HullOn(prompts).MeanQuality(least, most, CurveInterpolation.Linear);
        }

        PairMetrics PairOn(ReadOnlySpan<double> prompts)
        {
            var (drawn, cheap, dear) = (new double[prompts.Length], new double[prompts.Length], new double[prompts.Length]);
            for (var i = 0; i < prompts.Length; i++)
            {
                var prompt = (int)prompts[i];
                (drawn[i], cheap[i], dear[i]) = (scores[prompt], table.Quality[prompt][weak], table.Quality[prompt][strong]);
            }

            return new(StrongShareCurve.Of(drawn, cheap, dear));
        }
    }

    // From prices at which cost says nothing to prices at which it says everything.
    private static IEnumerable<double> PricesOf(IReadOnlyList<CandidateMeasure> measures)
    {
        double[] costs = [.. measures.Select(measure => measure.Cost).Distinct().Order()];
        if (costs.Length < 2)
            return [0];
        var closest = costs.Skip(1).Zip(costs, (dear, cheap) => dear - cheap).Min();
        var (least, most) = (1e-3 / (costs[^1] - costs[0]), 100 / closest);
        return [0, .. Enumerable.Range(0, Prices).Select(step => least * Math.Pow(most / least, step / (Prices - 1.0)))];
    }
}
