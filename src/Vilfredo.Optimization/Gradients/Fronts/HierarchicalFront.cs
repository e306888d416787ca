namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// The front of three objectives from the bottom up: the minimum of each objective, the fronts of each pair by <see cref="ReferencePointFront"/>, and between them points that are nearest to
/// reference points below the front.
/// </summary>
/// <remarks>
/// The sub-problems of fewer objectives give the boundary of the front. Their fronts place the reference points: these are a lattice on a surface through the three fronts of pairs, in units of the
/// objectives' ranges between the minima, and are lowered until they are below the front; so parts that are not convex are reached too. Euclidean reference points with a hierarchy of sub-problems for
/// three objectives: M. Bernreuther, G. Mueller and S. Volkwein 2022; reconstructed from a description. The surface and how the lattice is lowered are this implementation's.
/// </remarks>
public static class HierarchicalFront
{
    private const int MostLowerings = 40;

    /// <summary>Computes the front.</summary>
    /// <returns>Points of which none dominates another: minima, pairs, inside.</returns>
    /// <inheritdoc cref="Levels"/>
    public static IReadOnlyList<FrontPoint> Compute(
        IDifferentiableObjectives objectives,
        ReadOnlySpan<double> start,
        ReferencePointOptions? options = null,
        CancellationToken cancellation = default) => Levels(objectives, start, options, cancellation).Front();

    /// <summary>Computes the points of each level of the hierarchy.</summary>
    /// <param name="objectives">Three objectives.</param>
    /// <param name="start">Where the minima are sought from, n values.</param>
    /// <param name="options">
    /// The settings; null for the defaults. <see cref="ReferencePointOptions.Along"/> is the distance between neighbouring reference points, and <see cref="ReferencePointOptions.MaximumPoints"/> the most
    /// points of each pair, and of the inside.
    /// </param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <returns>Without pairs and inside when the minima agree in some objective.</returns>
    /// <exception cref="ArgumentException">There are not three objectives, a setting is out of range, or the objectives are not finite at the start.</exception>
    public static HierarchicalLevels Levels(
        IDifferentiableObjectives objectives,
        ReadOnlySpan<double> start,
        ReferencePointOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        if (objectives.Objectives != 3) throw new ArgumentException($"There are {objectives.Objectives} objectives; the hierarchy is for 3.", nameof(objectives));
        options ??= new ReferencePointOptions();
        options.Validate();
        var solver = new Scalarized(objectives, options.Iterations, cancellation);
        var minima = new FrontPoint[3];
        for (var k = 0; k < 3; k++)
        {
            double[] weights = [options.EndWeight, options.EndWeight, options.EndWeight];
            weights[k] = 1 - 2 * options.EndWeight;
            minima[k] = solver.WeightedSum(start, weights);
        }

        double[] ideal = [.. Enumerable.Range(0, 3).Select(k => minima[k].Values[k])];
        double[] range = [.. Enumerable.Range(0, 3).Select(k => minima.Max(point => point.Values[k]) - ideal[k])];
        if (!Array.TrueForAll(range, width => width > 0)) return new HierarchicalLevels(minima, [], []);
        IReadOnlyList<FrontPoint>[] pairs = [.. new[] { (0, 1), (0, 2), (1, 2) }.Select(pair => Pair(objectives, minima, pair.Item1, pair.Item2, options, cancellation))];
        return new HierarchicalLevels(minima, pairs, Inside(solver, minima, pairs, ideal, range, options));
    }

    private static FrontPoint[] Pair(
        IDifferentiableObjectives objectives, FrontPoint[] minima, int first, int second, ReferencePointOptions options, CancellationToken cancellation)
    {
        var gradients = new double[3 * objectives.Variables];
        return [.. ReferencePointFront.Compute(new ObjectiveSubset(objectives, first, second), [.. minima[first].Point], options, cancellation).Select(WithAll)];

        FrontPoint WithAll(FrontPoint point)
        {
            var values = new double[3];
            objectives.Evaluate([.. point.Point], values, gradients);
            return new FrontPoint(point.Point, values);
        }
    }

    private static List<FrontPoint> Inside(
        Scalarized solver, FrontPoint[] minima, IReadOnlyList<FrontPoint>[] pairs, double[] ideal, double[] range, ReferencePointOptions options)
    {
        var triangle = new ReferenceTriangle(minima, pairs, ideal, range);
        List<FrontPoint> inside = [], known = [.. minima, .. pairs.SelectMany(pair => pair)];
        var divisions = (int)Math.Clamp(triangle.LongestSide / options.Along, 3, Math.Sqrt(2 * options.MaximumPoints) + 1);
        for (var a = 1; a < divisions; a++)
        {
            for (var b = 1; a + b < divisions; b++)
            {
                var reference = triangle.At([(double)a / divisions, (double)b / divisions, (double)(divisions - a - b) / divisions]);
                for (var lowering = 0; lowering < MostLowerings; lowering++)
                {
                    foreach (ref var value in reference.AsSpan()) value -= options.Below / Math.Sqrt(3);
                    var nearest = known.MinBy(point => Distance(point, reference, ideal, range))!;
                    var next = solver.Minimize(
                        [.. nearest.Point],
                        (values, derivatives) =>
                        {
                            var sum = 0.0;
                            for (var k = 0; k < 3; k++)
                            {
                                var difference = (values[k] - ideal[k]) / range[k] - reference[k];
                                sum += 0.5 * difference * difference;
                                derivatives[k] = difference / range[k];
                            }

                            return sum;
                        });
                    // Only what is above its reference point in every objective is known to be optimal.
                    var isAbove = true;
                    for (var k = 0; k < 3; k++) isAbove &= (next.Values[k] - ideal[k]) / range[k] > reference[k] + 1e-6;
                    if (!isAbove) continue;
                    inside.Add(next);
                    known.Add(next);
                    break;
                }
            }
        }

        return inside;
    }

    private static double Distance(FrontPoint point, double[] reference, double[] ideal, double[] range)
    {
        var sum = 0.0;
        for (var k = 0; k < 3; k++)
        {
            var difference = (point.Values[k] - ideal[k]) / range[k] - reference[k];
            sum += difference * difference;
        }

        return sum;
    }
}
