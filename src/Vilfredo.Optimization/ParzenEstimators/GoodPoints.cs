using Vilfredo.Indicators;
using Vilfredo.Sorting;

namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>
/// The points that count as good, with their weights: the best non-dominated ranks, the rank that does not fit whole cut by
/// greedy hypervolume subset selection (Ozaki et al. 2022, section 4), then the infeasible points of least violation.
/// </summary>
/// <remarks>
/// The reference points are a tenth of the range beyond the worst values at hand, so that neither the choice nor the weights
/// depend on the scale and origin of an objective.
/// </remarks>
internal static class GoodPoints
{
    private const double LeastWeight = 1e-3;

    /// <summary>Chooses the good points.</summary>
    /// <param name="objectives">One row per point; positive infinity is the worst.</param>
    /// <param name="objectiveCount">The length of a row.</param>
    /// <param name="violations">The total constraint violation of each point; 0 when feasible, NaN for a point without values.</param>
    /// <param name="count">How many to choose; fewer when fewer have values.</param>
    public static (int[] Indices, double[] Weights) Choose(
        ReadOnlySpan<double> objectives, int objectiveCount, ReadOnlySpan<double> violations, int count)
    {
        var feasible = new List<int>();
        var infeasible = new List<int>();
        for (var i = 0; i < violations.Length; i++)
        {
            if (violations[i] == 0) feasible.Add(i);
            else if (violations[i] > 0) infeasible.Add(i);
        }

        var rows = Rows(objectives, objectiveCount, feasible);
        var chosen = feasible.Count <= count ? [.. Enumerable.Range(0, feasible.Count)] : BestRanks(rows, objectiveCount, count);
        var weights = Weights(Rows(rows, objectiveCount, chosen), objectiveCount);
        var indices = chosen.ConvertAll(i => feasible[i]);
        if (indices.Count < count && infeasible.Count > 0)
        {
            var violation = violations.ToArray();
            // Beside feasible points an infeasible one says little; alone, they are all there is.
            var weight = indices.Count > 0 ? LeastWeight : 1;
            foreach (var i in infeasible.OrderBy(i => violation[i]).ThenBy(i => i).Take(count - indices.Count))
            {
                indices.Add(i);
                weights.Add(weight);
            }
        }

        return ([.. indices], [.. weights]);
    }

    private static List<int> BestRanks(double[] rows, int objectiveCount, int count)
    {
        var ranks = NonDominatedSorting.Rank(rows, objectiveCount);
        var chosen = new List<int>();
        for (var rank = 0; chosen.Count < count; rank++)
        {
            var front = new List<int>();
            for (var i = 0; i < ranks.Length; i++)
            {
                if (ranks[i] == rank) front.Add(i);
            }

            if (chosen.Count + front.Count <= count) chosen.AddRange(front);
            else chosen.AddRange(Subset(rows, objectiveCount, front, count - chosen.Count));
        }

        return chosen;
    }

    // Lazy greedy: gains only fall as points are added, so that a stale gain is an upper bound.
    private static List<int> Subset(double[] rows, int objectiveCount, List<int> front, int count)
    {
        var reference = Reference(Rows(rows, objectiveCount, front), objectiveCount);
        var volume = new IncrementalHypervolume(objectiveCount, reference);
        var queue = new PriorityQueue<int, (double, int)>();
        foreach (var i in front) queue.Enqueue(i, (-volume.Gain(rows.AsSpan(i * objectiveCount, objectiveCount)), i));
        var chosen = new List<int>(count);
        while (chosen.Count < count)
        {
            var i = queue.Dequeue();
            var row = rows.AsSpan(i * objectiveCount, objectiveCount);
            var gain = volume.Gain(row);
            if (queue.TryPeek(out _, out var next) && next.CompareTo((-gain, i)) < 0)
            {
                queue.Enqueue(i, (-gain, i));
                continue;
            }

            chosen.Add(i);
            volume.Add(row);
        }

        return chosen;
    }

    private static List<double> Weights(double[] rows, int objectiveCount)
    {
        var count = rows.Length / objectiveCount;
        var weights = new double[count];
        if (count > 0 && objectiveCount > 1)
            Hypervolume.Contributions(rows, objectiveCount, Reference(rows, objectiveCount), weights);
        var largest = weights.DefaultIfEmpty(0).Max();
        for (var i = 0; i < count; i++) weights[i] = largest > 0 ? Math.Max(weights[i] / largest, LeastWeight) : 1;
        return [.. weights];
    }

    private static double[] Reference(double[] rows, int objectiveCount)
    {
        var reference = new double[objectiveCount];
        for (var k = 0; k < objectiveCount; k++)
        {
            var (best, worst) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = k; i < rows.Length; i += objectiveCount)
            {
                if (double.IsInfinity(rows[i])) continue;
                best = Math.Min(best, rows[i]);
                worst = Math.Max(worst, rows[i]);
            }

            reference[k] = best > worst ? 0 : best == worst ? worst + 1 : worst + 0.1 * (worst - best);
        }

        return reference;
    }

    private static double[] Rows(ReadOnlySpan<double> objectives, int objectiveCount, List<int> indices)
    {
        var rows = new double[indices.Count * objectiveCount];
        for (var i = 0; i < indices.Count; i++) objectives.Slice(indices[i] * objectiveCount, objectiveCount).CopyTo(rows.AsSpan(i * objectiveCount));
        return rows;
    }
}
