namespace Vilfredo.Inference.Routing.Rules;

/// <summary>
/// Weighs expected quality, latency, cost and load, each as its ratio to the best of the candidates within the limits (the multi-factor selection of vLLM's semantic router, whose weights are the defaults).
/// Candidates beyond a limit answer only when no other can.
/// </summary>
public sealed record MultiFactorRule : RoutingRule
{
    /// <summary>The weight of the quality.</summary>
    public double QualityWeight { get; init => field = NotNegative(value, nameof(QualityWeight)); } = 0.4;

    /// <summary>The weight of the latency.</summary>
    public double LatencyWeight { get; init => field = NotNegative(value, nameof(LatencyWeight)); } = 0.2;

    /// <summary>The weight of the cost.</summary>
    public double CostWeight { get; init => field = NotNegative(value, nameof(CostWeight)); } = 0.2;

    /// <summary>The weight of the load.</summary>
    public double LoadWeight { get; init => field = NotNegative(value, nameof(LoadWeight)); } = 0.2;

    /// <summary>The most that an answer may be expected to cost; null for no limit.</summary>
    public double? MaximumCost { get; init; }

    /// <summary>The most seconds that an answer may take on average; null for no limit.</summary>
    public double? MaximumSeconds { get; init; }

    /// <summary>The most requests that a candidate may be answering already; null for no limit.</summary>
    public int? MaximumInFlight { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rank(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(candidates);
        var within = Enumerable.Range(0, candidates.Count).Where(place => IsWithin(candidates[place], CostOf(prediction, candidates, place))).ToHashSet();
        var compared = within.Count > 0 ? within : [.. Enumerable.Range(0, candidates.Count)];
        var (quality, seconds, cost) = (compared.Max(place => prediction.Quality[place]), compared.Min(place => candidates[place].Seconds), compared.Min(place => CostOf(prediction, candidates, place)));
        var load = compared.Min(place => candidates[place].InFlight);
        var order = Descending(candidates, place =>
            (QualityWeight * Ratio(prediction.Quality[place], quality)) + (LatencyWeight * Ratio(seconds, candidates[place].Seconds)) + (CostWeight * Ratio(cost, CostOf(prediction, candidates, place)))
            + (LoadWeight * (1.0 + load) / (1 + candidates[place].InFlight)));
        return [.. order.OrderByDescending(compared.Contains)];
    }

    private bool IsWithin(CandidateMeasure candidate, double cost) => !(cost > MaximumCost) && !(candidate.Seconds > MaximumSeconds) && !(candidate.InFlight > MaximumInFlight);

    private static double Ratio(double value, double best) => best > 0 && double.IsFinite(value) ? value / best : 1;

    private static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "A weight is at least 0.");
}
