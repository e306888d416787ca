namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// A front by weighted sums, each minimised from the minimum of the one before. Parts of the front that are not convex have no
/// weights, and even weights give uneven points.
/// </summary>
public static class WeightedSumFront
{
    /// <summary>Minimises one weighted sum after the other.</summary>
    /// <param name="objectives">The objectives.</param>
    /// <param name="start">The first start, n values.</param>
    /// <param name="weights">Lists of m weights of at least 0, not all 0; neighbours should be similar.</param>
    /// <param name="iterations">The most steps for one sum.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <exception cref="ArgumentException">A list is not so, or the objectives are not finite at the start.</exception>
    public static IReadOnlyList<FrontPoint> Compute(
        IDifferentiableObjectives objectives,
        ReadOnlySpan<double> start,
        IReadOnlyList<IReadOnlyList<double>> weights,
        int iterations = 300,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var list in weights)
        {
            if (list.Count != objectives.Objectives || !list.All(w => w >= 0 && double.IsFinite(w)) || list.All(w => w == 0))
                throw new ArgumentException($"The weights are {string.Join(", ", list)}; there must be {objectives.Objectives} of at least 0, not all 0.", nameof(weights));
        }

        var solver = new Scalarized(objectives, iterations, cancellation);
        var front = new List<FrontPoint>();
        var x = start.ToArray();
        foreach (var list in weights)
        {
            front.Add(solver.WeightedSum(x, [.. list]));
            x = [.. front[^1].Point];
        }

        return front;
    }
}
