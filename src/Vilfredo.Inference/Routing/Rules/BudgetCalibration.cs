namespace Vilfredo.Inference.Routing.Rules;

/// <summary>Chooses the price of quality for a budget.</summary>
public static class BudgetCalibration
{
    private const int Steps = 200;

    /// <summary>The rule "quality less λ times cost" with the least λ whose choices cost at most so much on average over some prompts, as the router expects it.</summary>
    /// <param name="predictions">What is expected of the candidates on the prompts; at least one.</param>
    /// <param name="candidates">What is known of the candidates.</param>
    /// <param name="cost">What an answer may cost on average.</param>
    /// <exception cref="ArgumentException">Even the cheapest candidate costs more.</exception>
    public static UtilityRule ForCost(IReadOnlyList<RoutePrediction> predictions, IReadOnlyList<CandidateMeasure> candidates, double cost)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(predictions.Count, 1);
        var cheapest = predictions.Average(prediction => Enumerable.Range(0, candidates.Count).Min(place => RoutingRule.CostOf(prediction, candidates, place)));
        if (!(cost >= cheapest))
            throw new ArgumentException(FormattableString.Invariant($"An answer may cost {cost} on average, but the cheapest candidate costs {cheapest:G4}."), nameof(cost));
        if (CostOf(0) <= cost)
            return new() { Lambda = 0 };
        // At some price no quality outweighs a difference in cost.
        var (low, high) = (0.0, 1.0);
        while (CostOf(high) > cost && high < 1e300)
            high *= 10;
        for (var step = 0; step < Steps && high - low > 1e-9 * high; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = CostOf(middle) <= cost ? (low, middle) : (middle, high);
        }

        return new() { Lambda = high };

        double CostOf(double lambda)
        {
            var rule = new UtilityRule { Lambda = lambda };
            return predictions.Average(prediction => RoutingRule.CostOf(prediction, candidates, rule.Rank(prediction, candidates)[0]));
        }
    }
}
