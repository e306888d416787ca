namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of RVEA: each reference vector keeps, of the points nearest to it in angle, the one of the least angle-penalised distance.
/// </summary>
/// <remarks>
/// Source: Cheng, Jin, Olhofer and Sendhoff 2016, sections III-C to III-E. The distance is |f'| (1 + M (t/tmax)^alpha angle/gamma), f' being the
/// objectives less their best values and gamma the angle to the nearest other vector. Infinite values come last.
/// </remarks>
internal sealed class RveaSurvival : ISurvival
{
    private readonly int objectiveCount;
    private readonly RveaOptions options;
    private readonly ConstrainedRanking ranking;
    private readonly double[] lattice;
    private readonly double[] vectors; // of length 1
    private readonly double[] gamma;
    private readonly double[] ideal;
    private long generation;

    public RveaSurvival(int objectiveCount, double[] directions, RveaOptions options)
    {
        _ = new ReferenceNiches(objectiveCount, directions); // checks them
        this.objectiveCount = objectiveCount;
        this.options = options;
        ranking = new ConstrainedRanking(objectiveCount);
        lattice = directions;
        vectors = [.. directions];
        gamma = new double[directions.Length / objectiveCount];
        ideal = [.. Enumerable.Repeat(double.PositiveInfinity, objectiveCount)];
        Scale([.. Enumerable.Repeat(1.0, objectiveCount)]);
    }

    private RveaSurvival(RveaSurvival other)
    {
        (objectiveCount, options, lattice, generation) = (other.objectiveCount, other.options, other.lattice, other.generation);
        ranking = new ConstrainedRanking(objectiveCount);
        (vectors, gamma, ideal) = ([.. other.vectors], [.. other.gamma], [.. other.ideal]);
    }

    public ISurvival Copy() => new RveaSurvival(this);

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
        var (proper, others) = fronts.Split();
        var ordered = ByPenalizedDistance(objectives, proper, fronts.RankOf);
        var leaders = ordered.Count;
        // Without filling, a copy takes no place; infeasible points do, as long as there are too few feasible ones.
        foreach (var other in others)
        {
            if (options.FillPopulation || copies.IsEmpty || !copies[other]) ordered.Add(other);
        }

        survivors = Math.Min(survivors, ordered.Count);
        for (var i = 0; i < survivors; i++)
        {
            indices[i] = ordered[i];
            ranks[i] = ConstrainedRanking.MatingRank(fronts.RankOf[indices[i]], violations, indices[i]);
            crowding[i] = 0;
        }

        generation++;
        var period = Math.Max(1, (long)Math.Ceiling(options.AdaptationShare * options.Generations));
        if (generation % period == 0) Adapt(objectives, indices[..Math.Min(survivors, leaders)]);
        return survivors;
    }

    // The best of each vector first, in the order of the vectors; the others by front, then by distance.
    private List<int> ByPenalizedDistance(ReadOnlySpan<double> objectives, List<int> points, int[] rankOf)
    {
        for (var j = 0; j < objectiveCount; j++)
        {
            if (!options.RememberIdeal) ideal[j] = double.PositiveInfinity;
            foreach (var point in points)
            {
                var value = objectives[point * objectiveCount + j];
                if (double.IsFinite(value)) ideal[j] = Math.Min(ideal[j], value);
            }
        }

        var weight = (options.AngleWeight ?? objectiveCount) * Math.Pow(Math.Min(1, (double)generation / options.Generations), options.Exponent);
        var best = new (int Point, double Distance)[gamma.Length];
        best.AsSpan().Fill((-1, double.PositiveInfinity));
        var distances = new Dictionary<int, double>();
        foreach (var point in points)
        {
            var (vector, distance) = Measure(objectives.Slice(point * objectiveCount, objectiveCount), weight);
            distances[point] = distance;
            if (distance < best[vector].Distance) best[vector] = (point, distance);
        }

        List<int> ordered = [.. best.Where(b => b.Point >= 0).Select(b => b.Point)];
        if (!options.FillPopulation && ordered.Count > 0) return ordered;
        var chosen = ordered.ToHashSet();
        ordered.AddRange(points.Where(p => !chosen.Contains(p)).OrderBy(p => rankOf[p]).ThenBy(p => distances[p]).ThenBy(p => p));
        return ordered;
    }

    private (int Vector, double Distance) Measure(ReadOnlySpan<double> f, double weight)
    {
        Span<double> shifted = stackalloc double[objectiveCount];
        var square = 0.0;
        for (var j = 0; j < objectiveCount; j++)
        {
            shifted[j] = Math.Max(0, f[j] - (double.IsFinite(ideal[j]) ? ideal[j] : 0));
            square += shifted[j] * shifted[j];
        }

        if (!double.IsFinite(square)) return (0, double.PositiveInfinity);
        if (square == 0) return (0, 0);
        var (nearest, cosine) = (0, double.NegativeInfinity);
        for (var v = 0; v < gamma.Length; v++)
        {
            var dot = 0.0;
            for (var j = 0; j < objectiveCount; j++) dot += vectors[v * objectiveCount + j] * shifted[j];
            if (dot > cosine) (nearest, cosine) = (v, dot);
        }

        var length = Math.Sqrt(square);
        return (nearest, length * (1 + weight * Math.Acos(Math.Min(1, cosine / length)) / gamma[nearest]));
    }

    // Scales the lattice by the ranges of the survivors, so that objectives of any scale are covered alike.
    private void Adapt(ReadOnlySpan<double> objectives, ReadOnlySpan<int> survivors)
    {
        var range = new double[objectiveCount];
        for (var j = 0; j < objectiveCount; j++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var point in survivors)
            {
                var value = objectives[point * objectiveCount + j];
                if (!double.IsFinite(value)) continue;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            if (options.RememberIdeal) low = Math.Min(low, ideal[j]);
            range[j] = high > low && double.IsFinite(high - low) ? high - low : 0;
        }

        var largest = range.Max();
        if (largest == 0) return;
        for (var j = 0; j < objectiveCount; j++) range[j] = Math.Max(range[j] / largest, 1e-12); // an objective that does not vary
        Scale(range);
    }

    private void Scale(double[] range)
    {
        for (var v = 0; v < gamma.Length; v++)
        {
            var square = 0.0;
            for (var j = 0; j < objectiveCount; j++)
            {
                var value = lattice[v * objectiveCount + j] * range[j];
                vectors[v * objectiveCount + j] = value;
                square += value * value;
            }

            for (var j = 0; j < objectiveCount; j++) vectors[v * objectiveCount + j] /= Math.Sqrt(square);
        }

        for (var v = 0; v < gamma.Length; v++)
        {
            var cosine = 0.0;
            for (var other = 0; other < gamma.Length; other++)
            {
                if (other == v) continue;
                var dot = 0.0;
                for (var j = 0; j < objectiveCount; j++) dot += vectors[v * objectiveCount + j] * vectors[other * objectiveCount + j];
                cosine = Math.Max(cosine, dot);
            }

            gamma[v] = Math.Max(1e-9, Math.Acos(Math.Min(1, cosine))); // a quarter turn for a single vector
        }
    }
}
