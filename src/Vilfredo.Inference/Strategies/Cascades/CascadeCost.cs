namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>What cascades cost on average.</summary>
public static class CascadeCost
{
    /// <summary>The expected cost Σₖ cₖ Πⱼ₍ⱼ₌₀..ₖ₋₁₎ (1 − aⱼ): a tier is paid for when no tier before it was accepted.</summary>
    /// <param name="costs">cₖ, the cost of an answer of each tier with what checks it; at least one.</param>
    /// <param name="acceptances">aⱼ, the probability that a tier's answer is accepted when it is reached, each in [0, 1]; one for each tier, of which the last is not needed and may be left out.</param>
    public static double Expected(IReadOnlyList<double> costs, IReadOnlyList<double> acceptances)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(acceptances);
        ArgumentOutOfRangeException.ThrowIfLessThan(costs.Count, 1);
        if (acceptances.Count != costs.Count && acceptances.Count != costs.Count - 1)
            throw new ArgumentException($"{acceptances.Count} probabilities are given for {costs.Count} tiers; give one for each, or for each but the last.", nameof(acceptances));
        if (acceptances.Any(acceptance => !(acceptance is >= 0 and <= 1)))
            throw new ArgumentException("A probability is outside 0 to 1.", nameof(acceptances));
        var (sum, reached) = (0.0, 1.0);
        for (var tier = 0; tier < costs.Count; tier++)
        {
            sum += reached * costs[tier];
            reached *= tier < acceptances.Count ? 1 - acceptances[tier] : 1;
        }

        return sum;
    }
}
