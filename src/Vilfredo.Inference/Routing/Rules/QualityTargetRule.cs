namespace Vilfredo.Inference.Routing.Rules;

/// <summary>The cheapest candidate that is expected to reach a quality answers; the best one where none is.</summary>
public sealed record QualityTargetRule : RoutingRule
{
    /// <summary>The quality that is wanted, in [0, 1].</summary>
    public required double Quality { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Quality), value, "The quality that is wanted is from 0 to 1."); }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rank(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(candidates);
        var best = Descending(candidates, place => prediction.Quality[place]);
        int[] reaching = [.. best.Where(place => prediction.Quality[place] >= Quality).OrderBy(place => CostOf(prediction, candidates, place))];
        return [.. reaching, .. best.Except(reaching)];
    }
}
