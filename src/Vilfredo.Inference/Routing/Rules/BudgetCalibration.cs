namespace Vilfredo.Inference.Routing.Rules;

/// <summary>Chooses the price of quality for a budget.</summary>
public static class BudgetCalibration
{
    private const int Steps = 200;

    /// <summary>The rule "quality less λ times cost" with the least λ whose choices cost at most so much on average over some prompts, with the candidates' mean costs.</summary>
    /// <param name="predictions">What is expected of the candidates on the prompts; at least one.</param>
    /// <param name="candidates">What is known of the candidates.</param>
    /// <param name="cost">What an answer may cost on average.</param>
    /// <exception cref="ArgumentException">Even the cheapest candidate costs more.</exception>
    public static UtilityRule ForCost(IReadOnlyList<RoutePrediction> predictions, IReadOnlyList<CandidateMeasure> candidates, double cost)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(predictions.Count, 1);
        var cheapest = candidates.Min(candidate => candidate.Cost);
        if (!(cost >= cheapest))
            throw new ArgumentException(FormattableString.Invariant($"An answer may cost {cost} on average, but the cheapest candidate costs {cheapest:G4}."), nameof(cost));
        if (CostOf(0) <= cost)
            return new() { Lambda = 0 };
        // No quality outweighs a difference in cost at this price.
        var (low, high) = (0.0, 1.01 / candidates.Select(candidate => candidate.Cost - cheapest).Where(more => more > 0).Min());
        for (var step = 0; step < Steps && high - low > 1e-9 * high; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = CostOf(middle) <= cost ? (low, middle) : (middle, high);
        }

        return new() { Lambda = high };

        double CostOf(double lambda)
        {
            var rule = new UtilityRule { Lambda = lambda };
            return predictions.Average(prediction => candidates[rule.Rank(prediction, candidates)[0]].Cost);
        }
    }
}
