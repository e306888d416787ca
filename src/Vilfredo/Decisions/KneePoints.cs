using Vilfredo.ReferenceDirections;

namespace Vilfredo.Decisions;

/// <summary>
/// Finds knees: points of a front from which a small gain in one objective costs much in another. The definitions differ,
/// so each has its own name. All objectives are minimised and normalised to the range of the points; larger scores are
/// more of a knee.
/// </summary>
/// <remarks>
/// Values must be finite. Objectives that are constant have no part. Of equal scores the point with the smaller sum of
/// normalised objectives wins, then the one with the smaller index.
/// </remarks>
public static class KneePoints
{
    /// <summary>The default radius of the neighbourhood of <see cref="ByTradeOff"/>, in normalised objectives.</summary>
    public const double DefaultRadius = 0.125;

    /// <summary>The point farthest from the hyperplane through the ends of the front; see <see cref="HyperplaneDistances"/>.</summary>
    /// <inheritdoc cref="HyperplaneDistances"/>
    /// <returns>The choice; its score is the distance.</returns>
    public static Decision ByHyperplaneDistance(ReadOnlySpan<double> points, int objectives) =>
        Ranking.Largest(HyperplaneDistances(points, objectives), points, objectives);

    /// <summary>The point at which a front of two objectives turns most sharply; see <see cref="BendAngles"/>.</summary>
    /// <inheritdoc cref="BendAngles"/>
    /// <returns>The choice; its score is the angle in radians.</returns>
    public static Decision ByBendAngle(ReadOnlySpan<double> points) => Ranking.Largest(BendAngles(points), points, 2);

    /// <summary>The point whose best exchange with a neighbour is worst; see <see cref="TradeOffWorths"/>.</summary>
    /// <inheritdoc cref="TradeOffWorths"/>
    /// <returns>The choice; its score is the worth.</returns>
    public static Decision ByTradeOff(ReadOnlySpan<double> points, int objectives, double radius = DefaultRadius) =>
        Ranking.Largest(TradeOffWorths(points, objectives, radius), points, objectives);

    /// <summary>The point whose loss would hurt most; see <see cref="MarginalUtilities"/>.</summary>
    /// <inheritdoc cref="MarginalUtilities"/>
    /// <returns>The choice; its score is the expected utility lost.</returns>
    public static Decision ByMarginalUtility(ReadOnlySpan<double> points, int objectives) =>
        Ranking.Largest(MarginalUtilities(points, objectives), points, objectives);

    /// <summary>
    /// The signed distance of each point from the hyperplane through the extreme points, positive towards the ideal point (I.
    /// Das, "On characterizing the knee of the Pareto curve based on normal-boundary intersection", Structural Optimization
    /// 18, 1999), in O(n m + m^3).
    /// </summary>
    /// <param name="points">Row-major finite points of a front, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <returns>
    /// One distance per point. Where the extreme points do not span a hyperplane that cuts all axes, the one through the
    /// normalised nadir values takes its place; with fewer than two objectives that vary, all distances are 0.
    /// </returns>
    /// <exception cref="ArgumentException">The matrix is empty, has a wrong shape or a value that is not finite.</exception>
    public static double[] HyperplaneDistances(ReadOnlySpan<double> points, int objectives)
    {
        var distances = new double[Ranking.Validate(points, objectives, finite: true)];
        var scaled = VaryingObjectives(points, objectives, out var varying);
        if (varying < 2) return distances;

        var normal = ExtremeHyperplane.Normal(scaled, varying);
        var length = Math.Sqrt(normal.Sum(a => a * a));
        for (var i = 0; i < distances.Length; i++)
            distances[i] = (1 - Scalarization.WeightedSum(scaled.AsSpan(i * varying, varying), normal)) / length;
        return distances;
    }

    /// <summary>
    /// The angle by which the front turns at each point, between the lines to its two neighbours (J. Branke, K. Deb, H.
    /// Dierolf and M. Osswald, PPSN 2004; K. Deb and S. Gupta, Engineering Optimization 43(11), 2011), in O(n log n).
    /// </summary>
    /// <param name="points">Two finite values per point, at least one point.</param>
    /// <returns>
    /// Angles in radians, within (-pi/2, pi/2): positive where the front bulges towards the ideal point, 0 at its ends,
    /// -Infinity for dominated points. Neighbours very close to each other make angles of noise; thin such a front first.
    /// </returns>
    /// <exception cref="ArgumentException">The matrix is empty, has a wrong shape or a value that is not finite.</exception>
    public static double[] BendAngles(ReadOnlySpan<double> points)
    {
        var angles = new double[Ranking.Validate(points, 2, finite: true)];
        var scaled = ObjectiveNormalization.FromPoints(points, 2).Normalize(points);
        var rows = scaled.Chunk(2).Select((p, i) => (X: p[0], Y: p[1], Index: i)).Order().ToArray();
        var front = new List<(double X, double Y, int Index)>();
        foreach (var row in rows)
        {
            if (front.Count == 0 || row.Y < front[^1].Y) front.Add(row);
        }

        Array.Fill(angles, double.NegativeInfinity);
        for (var k = 0; k < front.Count; k++)
        {
            var isEnd = k == 0 || k == front.Count - 1;
            angles[front[k].Index] = isEnd ? 0 : Descent(front[k - 1], front[k]) - Descent(front[k], front[k + 1]);
        }

        // Equal points share their angle; among sorted rows they follow each other.
        for (var i = 1; i < rows.Length; i++)
        {
            if ((rows[i].X, rows[i].Y) == (rows[i - 1].X, rows[i - 1].Y)) angles[rows[i].Index] = angles[rows[i - 1].Index];
        }

        return angles;

        static double Descent((double X, double Y, int) a, (double X, double Y, int) b) => Math.Atan2(a.Y - b.Y, b.X - a.X);
    }

    /// <summary>
    /// The worth of each point: the smallest <see cref="TradeOffs.Ratio"/> of loss to gain of a step to a neighbour (L.
    /// Rachmawati and D. Srinivasan, "Multiobjective evolutionary algorithm with controllable focus on the knees of the
    /// Pareto front", IEEE Trans. Evol. Comput. 13(4), 2009), in O(n^2 (m + log n)).
    /// </summary>
    /// <param name="points">Row-major finite points of a front, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="radius">
    /// Neighbours are the points within this distance in normalised objectives, and at least the 2 (m - 1) nearest points.
    /// </param>
    /// <returns>One worth per point: 0 for points that a neighbour dominates, +Infinity where no step gains anything.</returns>
    /// <exception cref="ArgumentException">The matrix is empty, has a wrong shape or a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is negative or NaN.</exception>
    public static double[] TradeOffWorths(ReadOnlySpan<double> points, int objectives, double radius = DefaultRadius)
    {
        if (!(radius >= 0)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius is not negative.");
        var worths = new double[Ranking.Validate(points, objectives, finite: true)];
        var scaled = ObjectiveNormalization.FromPoints(points, objectives).Normalize(points);
        var nearestCount = 2 * (objectives - 1);
        var distances = new double[worths.Length];
        var order = new int[worths.Length];
        for (var i = 0; i < worths.Length; i++)
        {
            var from = scaled.AsSpan(i * objectives, objectives);
            for (var k = 0; k < worths.Length; k++)
            {
                order[k] = k;
                distances[k] = Distance(from, scaled.AsSpan(k * objectives, objectives));
            }

            // Points of equal values are no neighbours: there is nothing to exchange with them.
            Array.Sort(distances, order);
            var first = Array.FindIndex(distances, d => d > 0);
            worths[i] = double.PositiveInfinity;
            if (first < 0) continue;
            var reach = Math.Max(radius, distances[Math.Min(first + nearestCount, distances.Length) - 1]);
            for (var k = first; k < order.Length && distances[k] <= reach; k++)
                worths[i] = Math.Min(worths[i], TradeOffs.Ratio(from, scaled.AsSpan(order[k] * objectives, objectives)));
        }

        return worths;

        static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (var j = 0; j < a.Length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
            return Math.Sqrt(sum);
        }
    }

    /// <summary>
    /// The expected marginal utility of each point: how much the best weighted sum of normalised objectives gets worse
    /// without the point, averaged over evenly spread weights (J. Branke, K. Deb, H. Dierolf and M. Osswald, "Finding knees in
    /// multi-objective optimization", PPSN 2004), in O(k n m) for k weight vectors, at most 1,000 or one per objective.
    /// </summary>
    /// <param name="points">Row-major finite points of a front, at least one.</param>
    /// <param name="objectives">Values per point.</param>
    /// <returns>One utility per point, not negative: 0 for points that are best for no weights, and for duplicates.</returns>
    /// <exception cref="ArgumentException">The matrix is empty, has a wrong shape or a value that is not finite.</exception>
    public static double[] MarginalUtilities(ReadOnlySpan<double> points, int objectives)
    {
        var utilities = new double[Ranking.Validate(points, objectives, finite: true)];
        var scaled = VaryingObjectives(points, objectives, out var varying);
        if (varying < 2 || utilities.Length < 2) return utilities;

        const int mostWeights = 1000;
        var weights = DasDennisDirections.Create(varying, Math.Max(1, DasDennisDirections.DivisionsFor(varying, mostWeights)));
        for (var w = 0; w < weights.Length; w += varying)
        {
            double best = double.PositiveInfinity, second = double.PositiveInfinity;
            var winner = 0;
            for (var i = 0; i < utilities.Length; i++)
            {
                var value = Scalarization.WeightedSum(scaled.AsSpan(i * varying, varying), weights.AsSpan(w, varying));
                if (value < best) (best, second, winner) = (value, best, i);
                else second = Math.Min(second, value);
            }

            utilities[winner] += (second - best) * varying / weights.Length;
        }

        return utilities;
    }

    // The normalised columns of the objectives that are not constant.
    private static double[] VaryingObjectives(ReadOnlySpan<double> points, int objectives, out int varying)
    {
        var scale = ObjectiveNormalization.FromPoints(points, objectives);
        var columns = Enumerable.Range(0, objectives).Where(j => !scale.IsConstant(j)).ToArray();
        varying = columns.Length;
        var scaled = new double[points.Length / objectives * varying];
        for (var i = 0; i < scaled.Length; i++)
        {
            var j = columns[i % varying];
            scaled[i] = scale.Normalize(j, points[i / varying * objectives + j]);
        }

        return scaled;
    }
}
