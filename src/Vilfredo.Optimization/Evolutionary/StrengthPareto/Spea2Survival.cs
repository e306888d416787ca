namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of SPEA2: all points that nobody dominates; when they are too many, the one nearest to another is dropped again and again;
/// when they are too few, those of the best fitness follow.
/// </summary>
/// <remarks>
/// <para>Source: Zitzler, Laumanns and Thiele 2001, section 3. Distances are in units of the first front's ranges, where the paper takes objectives
/// as they are. Infinite values are far from all finite ones.</para>
/// <para>O(n^2) to select, and as much again for each dropped point.</para>
/// </remarks>
internal sealed class Spea2Survival(int objectiveCount) : ISurvival
{
    private const double Farthest = 1e50; // its square and sums of that are finite

    private readonly ConstrainedRanking ranking = new(objectiveCount);

    // Keeps working memory only.
    public ISurvival Copy() => new Spea2Survival(objectiveCount);

    public int Select(
        ReadOnlySpan<double> objectives,
        ReadOnlySpan<double> violations,
        int survivors,
        Span<int> indices,
        Span<int> ranks,
        Span<double> crowding,
        ReadOnlySpan<bool> copies,
        ulong seed)
    {
        var fronts = RankedFronts.Of(ranking, objectives, objectiveCount, violations, copies);
        survivors = Math.Min(survivors, fronts.RankOf.Length);

        // Feasible points that are no copies, the first front first; then all others in the order of their ranks.
        var (proper, others) = fronts.Split();
        var first = fronts.IsProper(0) ? fronts[0].Length : 0;

        var points = Normalize(objectives, proper, first);
        var distances = Distances(points, proper.Count);
        var fitness = Fitness(points, distances, proper.Count, fronts.RankOf.Length);
        var order = new int[proper.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        if (first > survivors) Truncate(distances, proper.Count, order, first, survivors);
        else order[first..].OrderBy(i => fitness[i]).ThenBy(i => i).ToArray().CopyTo(order, first);

        for (var i = 0; i < survivors; i++)
        {
            var isProper = i < order.Length;
            indices[i] = isProper ? proper[order[i]] : others[i - order.Length];
            ranks[i] = ConstrainedRanking.MatingRank(fronts.RankOf[indices[i]], violations, indices[i]);
            crowding[i] = isProper ? -fitness[order[i]] : double.NegativeInfinity;
        }

        return survivors;
    }

    private double[] Normalize(ReadOnlySpan<double> objectives, List<int> points, int first)
    {
        var values = new double[points.Count * objectiveCount];
        for (var j = 0; j < objectiveCount; j++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < first; i++)
            {
                var value = objectives[points[i] * objectiveCount + j];
                if (!double.IsFinite(value)) continue;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            var scale = high > low && double.IsFinite(high - low) ? high - low : 1;
            for (var i = 0; i < points.Count; i++)
                values[i * objectiveCount + j] = Math.Clamp(objectives[points[i] * objectiveCount + j] / scale, -Farthest, Farthest);
        }

        return values;
    }

    private double[] Distances(double[] points, int count)
    {
        var distances = new double[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = a + 1; b < count; b++)
            {
                var square = 0.0;
                for (var j = 0; j < objectiveCount; j++)
                {
                    var difference = points[a * objectiveCount + j] - points[b * objectiveCount + j];
                    square += difference * difference;
                }

                distances[a * count + b] = distances[b * count + a] = Math.Sqrt(square);
            }
        }

        return distances;
    }

    // The strengths of all that dominate a point, plus a density below 1: 1 / (2 + distance to the k-th nearest).
    private double[] Fitness(double[] points, double[] distances, int count, int all)
    {
        var strengths = new int[count];
        var dominates = new bool[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                if (a == b || !Sorting.Dominance.Dominates(points.AsSpan(a * objectiveCount, objectiveCount), points.AsSpan(b * objectiveCount, objectiveCount)))
                    continue;
                dominates[a * count + b] = true;
                strengths[a]++;
            }
        }

        var neighbor = (int)Math.Sqrt(all);
        var fitness = new double[count];
        var row = new double[count];
        for (var b = 0; b < count; b++)
        {
            for (var a = 0; a < count; a++)
            {
                if (dominates[a * count + b]) fitness[b] += strengths[a];
            }

            distances.AsSpan(b * count, count).CopyTo(row);
            row.AsSpan().Sort(); // the first is the point itself
            fitness[b] += 1 / (2 + row[Math.Min(neighbor, count - 1)]);
        }

        return fitness;
    }

    // Drops, of the first places of the order, the point whose distances to the others, sorted, come first.
    private static void Truncate(double[] distances, int count, int[] order, int present, int survivors)
    {
        for (; present > survivors; present--)
        {
            var (drop, nearest) = (new List<int>(), double.PositiveInfinity);
            for (var a = 0; a < present; a++)
            {
                var distance = double.PositiveInfinity;
                for (var b = 0; b < present; b++)
                {
                    if (a != b) distance = Math.Min(distance, distances[order[a] * count + order[b]]);
                }

                if (distance < nearest) drop.Clear();
                if (distance > nearest) continue;
                nearest = distance;
                drop.Add(a);
            }

            // Two points are each other's nearest, so the further neighbours decide.
            var place = drop[0];
            if (drop.Count > 1)
            {
                var best = Sorted(place);
                foreach (var candidate in drop[1..])
                {
                    var row = Sorted(candidate);
                    if (row.AsSpan().SequenceCompareTo(best) < 0) (place, best) = (candidate, row);
                }
            }

            (order[place], order[present - 1]) = (order[present - 1], order[place]);

            double[] Sorted(int a)
            {
                var row = new double[present];
                for (var b = 0; b < present; b++) row[b] = distances[order[a] * count + order[b]];
                Array.Sort(row);
                return row;
            }
        }
    }
}
