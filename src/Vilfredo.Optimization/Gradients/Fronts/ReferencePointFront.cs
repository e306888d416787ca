namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// A front of two objectives with even gaps: the distance to a reference point below the front is minimised, and the point is
/// moved along the front (Euclidean reference points: M. Bernreuther, G. Mueller and S. Volkwein, Efficient scalarization in
/// multiobjective optimal control of a nonsmooth PDE, 2022; reconstructed from a description). It reaches parts of the front
/// that are not convex. Objectives are scaled by their ranges between the two ends.
/// </summary>
public static class ReferencePointFront
{
    /// <summary>Marches along the front from the minimum of the first objective to that of the second.</summary>
    /// <param name="objectives">Two objectives.</param>
    /// <param name="start">Where the ends are sought from, n values.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <returns>
    /// The points in order: the first end, the points of the march, and the other end. The gap before the other end is whatever
    /// is left. One point when both ends agree.
    /// </returns>
    /// <exception cref="ArgumentException">There are not two objectives, a setting is out of range, or the objectives are not finite at the start.</exception>
    public static IReadOnlyList<FrontPoint> Compute(
        IDifferentiableObjectives objectives,
        ReadOnlySpan<double> start,
        ReferencePointOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        if (objectives.Objectives != 2) throw new ArgumentException($"There are {objectives.Objectives} objectives; the march is for 2, HierarchicalFront for 3.", nameof(objectives));
        options ??= new ReferencePointOptions();
        options.Validate();
        var solver = new Scalarized(objectives, options.Iterations, cancellation);
        var first = solver.WeightedSum(start, [1 - options.EndWeight, options.EndWeight]);
        var other = solver.WeightedSum(start, [options.EndWeight, 1 - options.EndWeight]);
        double[] range = [other.Values[0] - first.Values[0], first.Values[1] - other.Values[1]];
        if (!(range[0] > 0 && range[1] > 0)) return [first];

        var front = new List<FrontPoint> { first };
        // At the first end the weights of its sum are perpendicular to the front.
        var (down1, down2) = (-(1 - options.EndWeight) * range[0], -options.EndWeight * range[1]);
        var distance = Math.Sqrt(down1 * down1 + down2 * down2);
        var (j1, j2) = (first.Values[0] / range[0], first.Values[1] / range[1]);
        while (front.Count < options.MaximumPoints - 1)
        {
            // The direction along the front is that to the reference turned by 90 degrees, towards larger first objectives.
            var (along1, along2) = down2 < 0 ? (-down2, down1) : (down2, -down1);
            var z1 = j1 + (options.Along * along1 + options.Below * down1) / distance;
            var z2 = j2 + (options.Along * along2 + options.Below * down2) / distance;
            var next = solver.Minimize(
                [.. front[^1].Point],
                (values, derivatives) =>
                {
                    var (d1, d2) = (values[0] / range[0] - z1, values[1] / range[1] - z2);
                    (derivatives[0], derivatives[1]) = (d1 / range[0], d2 / range[1]);
                    return 0.5 * (d1 * d1 + d2 * d2);
                });
            if (next.Values[0] <= front[^1].Values[0] || next.Values[0] >= other.Values[0] || next.Values[1] <= other.Values[1]) break;
            front.Add(next);
            (j1, j2) = (next.Values[0] / range[0], next.Values[1] / range[1]);
            (down1, down2) = (z1 - j1, z2 - j2);
            distance = Math.Sqrt(down1 * down1 + down2 * down2);
            if (!(distance > 0)) break;
        }

        front.Add(other);
        return front;
    }
}
