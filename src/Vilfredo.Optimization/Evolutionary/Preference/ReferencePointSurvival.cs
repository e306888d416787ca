namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of R-NSGA-II: whole fronts from the best on; of the front that does not fit, the points nearest to a reference point, but of points very near each other only one.
/// </summary>
/// <remarks>
/// Source: K. Deb, J. Sundar, "Reference point based multi-objective optimization using evolutionary algorithms", GECCO 2006. Distances are Euclidean in units of the ranges of the first front
/// and the reference points' neighbourhoods are compared by rank, so that a far reference point counts as much as a near one. Without a reference point, which the paper does not have,
/// distances are from the best value of each objective on the front, and the points that have one survive first: else the front would shrink, and what is best on it with it. Of infeasible points the first of equal violation survive.
/// </remarks>
internal sealed class ReferencePointSurvival(int objectiveCount, double[] referencePoints, double[] weights, double epsilon) : ISurvival
{
    private readonly ConstrainedRanking ranking = new(objectiveCount);

    public ISurvival Copy() => new ReferencePointSurvival(objectiveCount, referencePoints, weights, epsilon);

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
        var random = new RandomGenerator(seed);
        var selected = 0;
        for (var rank = 0; selected < survivors; rank++)
        {
            var front = fronts[rank].ToArray();
            var preference = new double[front.Length];
            if (fronts.IsProper(rank)) preference = Preferences(objectives, front, random);
            Array.Sort(preference, front);
            for (var i = 0; i < front.Length && selected < survivors; i++)
            {
                indices[selected] = front[i];
                ranks[selected] = rank;
                crowding[selected++] = -preference[i];
            }
        }

        return selected;
    }

    // Preference distances (section 3.1): the best rank of a point's distance among those to each reference point; points within epsilon of a preferred one come behind all others.
    private double[] Preferences(ReadOnlySpan<double> objectives, int[] front, RandomGenerator random)
    {
        var widths = Widths(objectives, front);
        var best = new int[front.Length];
        Array.Fill(best, int.MaxValue);
        var (distances, order) = (new double[front.Length], new int[front.Length]);
        var points = referencePoints.Length > 0 ? referencePoints : Best(objectives, front);
        for (var z = 0; z < points.Length; z += objectiveCount)
        {
            for (var i = 0; i < front.Length; i++)
            {
                order[i] = i;
                distances[i] = 0;
                for (var j = 0; j < objectiveCount; j++)
                {
                    var difference = (objectives[front[i] * objectiveCount + j] - points[z + j]) / widths[j];
                    distances[i] += weights[j] * difference * difference;
                }

                if (double.IsNaN(distances[i])) distances[i] = double.PositiveInfinity;
            }

            Array.Sort(distances, order);
            for (var place = 0; place < order.Length; place++) best[order[place]] = Math.Min(best[order[place]], place);
        }

        var preference = new double[front.Length];
        for (var i = 0; i < front.Length; i++) preference[i] = best[i];
        if (referencePoints.Length == 0)
        {
            foreach (var extreme in Extremes(objectives, front)) preference[extreme] = -1;
        }

        Clear(objectives, front, widths, preference, random);
        return preference;
    }

    // In random order, each point that is left pushes those within epsilon behind all others; equally preferred points push the later one.
    private void Clear(ReadOnlySpan<double> objectives, int[] front, double[] widths, double[] preference, RandomGenerator random)
    {
        if (epsilon == 0) return;
        var order = new int[front.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        random.Shuffle(order.AsSpan());
        var keys = order.Select(i => preference[i]).ToArray();
        Array.Sort(keys, order);
        var cleared = new bool[front.Length];
        for (var a = 0; a < order.Length; a++)
        {
            if (cleared[order[a]]) continue;
            for (var b = a + 1; b < order.Length; b++)
            {
                if (cleared[order[b]] || !IsNear(objectives, front[order[a]], front[order[b]], widths)) continue;
                cleared[order[b]] = true;
                preference[order[b]] += front.Length;
            }
        }
    }

    private bool IsNear(ReadOnlySpan<double> objectives, int a, int b, double[] widths)
    {
        var sum = 0.0;
        for (var j = 0; j < objectiveCount && sum <= epsilon; j++)
            sum += Math.Abs(objectives[a * objectiveCount + j] - objectives[b * objectiveCount + j]) / widths[j];
        return sum <= epsilon;
    }

    private double[] Best(ReadOnlySpan<double> objectives, int[] front)
    {
        var best = new double[objectiveCount];
        Array.Fill(best, double.PositiveInfinity);
        foreach (var point in front)
        {
            for (var j = 0; j < objectiveCount; j++) best[j] = Math.Min(best[j], objectives[point * objectiveCount + j]);
        }

        return best;
    }

    // Per objective the place in the front of the point with the best value; of equal ones that with the smallest sum.
    private int[] Extremes(ReadOnlySpan<double> objectives, int[] front)
    {
        var extremes = new int[objectiveCount];
        for (var j = 0; j < objectiveCount; j++)
        {
            var (best, sum) = (double.PositiveInfinity, double.PositiveInfinity);
            for (var i = 0; i < front.Length; i++)
            {
                var values = objectives.Slice(front[i] * objectiveCount, objectiveCount);
                var total = 0.0;
                foreach (var value in values) total += value;
                if (values[j] > best || (values[j] == best && total >= sum)) continue;
                (best, sum, extremes[j]) = (values[j], total, i);
            }
        }

        return extremes;
    }

    private double[] Widths(ReadOnlySpan<double> objectives, int[] front)
    {
        var widths = new double[objectiveCount];
        for (var j = 0; j < objectiveCount; j++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var point in front)
            {
                var value = objectives[point * objectiveCount + j];
                if (double.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }

            widths[j] = high > low ? high - low : 1;
        }

        return widths;
    }
}
