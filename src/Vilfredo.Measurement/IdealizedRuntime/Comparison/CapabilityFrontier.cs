namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>The frontier of capability against cost by the rule of the paper's notebook, which keeps ties.</summary>
public static class CapabilityFrontier
{
    /// <summary>
    /// The models that no cheaper one beats. A model is dropped only when one of lower cost has a strictly higher capability: of two
    /// equally capable ones the more expensive stays, which strict dominance (<see cref="Frontier"/>) would drop.
    /// </summary>
    /// <param name="costs">Finite, one per model.</param>
    /// <param name="capabilities">Finite, higher is better, one per model.</param>
    /// <returns>Indices of the models kept, cheapest first.</returns>
    /// <exception cref="ArgumentException">The numbers differ in count or are not finite.</exception>
    public static IReadOnlyList<int> Keep(ReadOnlySpan<double> costs, ReadOnlySpan<double> capabilities)
    {
        if (costs.Length != capabilities.Length)
            throw new ArgumentException($"{costs.Length} costs but {capabilities.Length} capabilities were given; pass one of each per model.", nameof(capabilities));
        foreach (var value in costs) if (!double.IsFinite(value)) throw new ArgumentException($"The cost {value} is not finite; leave such models out.", nameof(costs));
        foreach (var value in capabilities) if (!double.IsFinite(value)) throw new ArgumentException($"The capability {value} is not finite; leave such models out.", nameof(capabilities));
        var (cost, capability) = (costs.ToArray(), capabilities.ToArray());
        var kept = new List<int>();
        var best = double.NegativeInfinity;
        foreach (var group in Enumerable.Range(0, cost.Length).GroupBy(i => cost[i]).OrderBy(group => group.Key))
        {
            kept.AddRange(group.Where(i => capability[i] >= best));
            best = Math.Max(best, group.Max(i => capability[i]));
        }

        return kept;
    }
}
