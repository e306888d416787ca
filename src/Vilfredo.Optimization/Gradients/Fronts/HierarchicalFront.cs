using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// The front of three objectives from the bottom up: the minimum of each objective, the fronts of each pair by <see cref="ReferencePointFront"/>, and between them points that are nearest to
/// reference points below the front.
/// </summary>
/// <remarks>
/// Reference points form a lattice on the triangle of the three minima, in units of the objectives' ranges between these, and are lowered until they are below the front; so parts that are not
/// convex are reached too. Euclidean reference points with a hierarchy of sub-problems for three objectives: M. Bernreuther, G. Mueller and S. Volkwein 2022; reconstructed from a description. The lattice
/// and how it is lowered are this implementation's.
/// </remarks>
public static class HierarchicalFront
{
    private const int MostLowerings = 40;

    /// <summary>Computes the front.</summary>
    /// <param name="objectives">Three objectives.</param>
    /// <param name="start">Where the minima are sought from, n values.</param>
    /// <param name="options">
    /// The settings; null for the defaults. <see cref="ReferencePointOptions.Along"/> is the distance between neighbouring reference points, and <see cref="ReferencePointOptions.MaximumPoints"/> the most
    /// points of each pair, and of the inside.
    /// </param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <returns>Points of which none dominates another: minima, pairs, inside.</returns>
    /// <exception cref="ArgumentException">There are not three objectives, a setting is out of range, or the objectives are not finite at the start.</exception>
    public static IReadOnlyList<FrontPoint> Compute(
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
        List<FrontPoint> front = [.. minima];
        if (Array.TrueForAll(range, width => width > 0))
        {
            AddPairs(objectives, minima, options, front, cancellation);
            AddInside(solver, minima, ideal, range, options, front);
        }

        return NonDominated(front);
    }

    private static void AddPairs(
        IDifferentiableObjectives objectives, FrontPoint[] minima, ReferencePointOptions options, List<FrontPoint> front, CancellationToken cancellation)
    {
        var gradients = new double[3 * objectives.Variables];
        foreach (var (first, second) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            double[] start = [.. minima[first].Point];
            foreach (var point in ReferencePointFront.Compute(new Pair(objectives, first, second), start, options, cancellation))
            {
                var values = new double[3];
                objectives.Evaluate([.. point.Point], values, gradients);
                front.Add(new FrontPoint(point.Point, values));
            }
        }
    }

    private static void AddInside(Scalarized solver, FrontPoint[] minima, double[] ideal, double[] range, ReferencePointOptions options, List<FrontPoint> front)
    {
        // The sides of the triangle are about sqrt 2 long.
        var divisions = (int)Math.Clamp(Math.Sqrt(2) / options.Along, 3, Math.Sqrt(2 * options.MaximumPoints) + 1);
        for (var a = 1; a < divisions; a++)
        {
            for (var b = 1; a + b < divisions; b++)
            {
                double[] shares = [(double)a / divisions, (double)b / divisions, (double)(divisions - a - b) / divisions];
                double[] reference = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, 3).Sum(corner => shares[corner] * (minima[corner].Values[k] - ideal[k]) / range[k]))];
                for (var lowering = 0; lowering < MostLowerings; lowering++)
                {
                    foreach (ref var value in reference.AsSpan()) value -= options.Below / Math.Sqrt(3);
                    var nearest = front.MinBy(point => Distance(point, reference, ideal, range))!;
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
                    front.Add(next);
                    break;
                }
            }
        }
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

    private static FrontPoint[] NonDominated(List<FrontPoint> points)
    {
        double[] matrix = [.. points.SelectMany(point => point.Values)];
        return [.. NonDominatedFilter.Indices(matrix, 3, keepDuplicates: false).Order().Select(i => points[i])];
    }

    // Two of the objectives.
    private sealed class Pair(IDifferentiableObjectives all, int first, int second) : IDifferentiableObjectives
    {
        private readonly double[] values = new double[all.Objectives];
        private readonly double[] gradients = new double[all.Objectives * all.Variables];

        public int Variables => all.Variables;

        public int Objectives => 2;

        public int Revision => all.Revision;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> twoValues, Span<double> twoGradients)
        {
            all.Evaluate(x, values, gradients);
            var n = all.Variables;
            (twoValues[0], twoValues[1]) = (values[first], values[second]);
            gradients.AsSpan(first * n, n).CopyTo(twoGradients);
            gradients.AsSpan(second * n, n).CopyTo(twoGradients[n..]);
        }
    }
}
