namespace Vilfredo.Inference.Routing.Rules;

/// <summary>The candidate of the highest expected quality less λ times its expected cost answers.</summary>
public sealed record UtilityRule : RoutingRule
{
    /// <summary>λ: the quality that one unit of cost must bring. At least 0; 0 takes the best whatever it costs.</summary>
    public required double Lambda { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Lambda), value, "What a unit of cost must bring is at least 0."); }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rank(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(candidates);
        return Descending(candidates, place => prediction.Quality[place] - (Lambda * CostOf(prediction, candidates, place)));
    }
}
