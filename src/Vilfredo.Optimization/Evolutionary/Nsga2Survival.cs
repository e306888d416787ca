namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The elitist survival of NSGA-II: fronts of the union of parents and children survive from the best on; of the front
/// that does not fit as a whole, its least crowded points.
/// </summary>
/// <remarks>
/// <para>Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II",
/// IEEE Transactions on Evolutionary Computation 6(2), 2002. Constraints by constrained domination (section VI): fronts of
/// infeasible points follow all feasible ones, in the order of their violation.</para>
/// <para>Ranks and crowding distances are those in the union, from before the truncation. Extremes of a front have infinite
/// distance. Infinite objective values are allowed: an objective whose range over a front is infinite tells nothing about
/// crowding and adds nothing, and neither does a constant one.</para>
/// <para>Keeps its working memory: no allocation once it has seen the largest input. One thread at a time.</para>
/// </remarks>
public sealed class Nsga2Survival : ISurvival
{
    private readonly int objectiveCount;
    private readonly ConstrainedRanking ranking;
    private readonly CrowdingTruncation truncation;
    private readonly CrowdingPruning? pruning;
    private int[] rankOf = [];
    private int[] byRank = [];
    private int[] frontEnds = [];
    private double[] distance = [];
    private double[] sorted = [];
    private ulong[] keys = [];
    private int[] positionsOf = [];
    private int[] placeOf = [];
    private int[] front = [];

    /// <summary>Creates the survival.</summary>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="truncation">How the last front is cut.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectiveCount"/> is below 1.</exception>
    public Nsga2Survival(int objectiveCount, CrowdingTruncation truncation = CrowdingTruncation.AtOnce)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        this.objectiveCount = objectiveCount;
        this.truncation = truncation;
        ranking = new ConstrainedRanking(objectiveCount);
        pruning = truncation == CrowdingTruncation.OneByOne ? new CrowdingPruning(objectiveCount) : null;
    }

    /// <summary>Selects survivors.</summary>
    /// <param name="objectives">One row per point, to be minimised; no NaN.</param>
    /// <param name="violations">The overall constraint violation of each point, 0 when feasible; empty when there are no constraints.</param>
    /// <param name="survivors">How many to select; all when there are fewer.</param>
    /// <param name="indices">Receives the indices of the survivors, best ranks first; at least as long as their number.</param>
    /// <param name="ranks">Receives the rank of each survivor, from 0.</param>
    /// <param name="crowding">Receives the crowding distance of each survivor.</param>
    /// <param name="copies">Points that rank behind all others because they repeat another one; empty when there are none.</param>
    /// <returns>The number of survivors.</returns>
    /// <exception cref="ArgumentException">The shapes do not agree, or a value is NaN.</exception>
    public int Select(
        ReadOnlySpan<double> objectives,
        ReadOnlySpan<double> violations,
        int survivors,
        Span<int> indices,
        Span<int> ranks,
        Span<double> crowding,
        ReadOnlySpan<bool> copies = default)
    {
        var count = CheckShapes(objectives, violations, copies);
        survivors = Math.Min(survivors, count);
        if (Math.Min(indices.Length, Math.Min(ranks.Length, crowding.Length)) < survivors)
            throw new ArgumentException($"There are {survivors} survivors; the results must have room for them.", nameof(indices));

        Reserve(count);
        var fronts = ranking.Rank(objectives, violations, copies, rankOf.AsSpan(0, count));
        GroupByRank(count, fronts);

        var selected = 0;
        for (var (rank, start) = (0, 0); selected < survivors; start = frontEnds[rank++])
        {
            var members = byRank.AsSpan(start, frontEnds[rank] - start);
            var taken = Math.Min(members.Length, survivors - selected);
            if (taken == members.Length || pruning is null) MeasureCrowding(objectives, members);
            if (taken < members.Length) MoveLeastCrowdedToFront(objectives, members, taken);
            foreach (var member in members[..taken])
            {
                indices[selected] = member;
                ranks[selected] = rank;
                crowding[selected++] = distance[member];
            }
        }

        return selected;
    }

    int ISurvival.Select(
        ReadOnlySpan<double> objectives,
        ReadOnlySpan<double> violations,
        int survivors,
        Span<int> indices,
        Span<int> ranks,
        Span<double> crowding,
        ReadOnlySpan<bool> copies,
        ulong seed) => Select(objectives, violations, survivors, indices, ranks, crowding, copies);

    ISurvival ISurvival.Copy() => new Nsga2Survival(objectiveCount, truncation);

    private int CheckShapes(ReadOnlySpan<double> objectives, ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies)
    {
        var count = PointMatrix.Validate(objectives, objectiveCount, nameof(objectives));
        if ((!violations.IsEmpty && violations.Length != count) || (!copies.IsEmpty && copies.Length != count))
        {
            throw new ArgumentException(
                $"There are {violations.Length} violations and {copies.Length} marks of copies for {count} points; give one per point or none.",
                nameof(violations));
        }

        return count;
    }

    private void Reserve(int count)
    {
        if (rankOf.Length >= count) return;
        rankOf = new int[count];
        byRank = new int[count];
        frontEnds = new int[count];
        distance = new double[count];
        sorted = new double[count];
        keys = new ulong[count];
        positionsOf = new int[count];
        if (pruning is null) return;
        placeOf = new int[count];
        front = new int[count];
    }

    // Counting sort; afterwards byRank holds the fronts one after the other, each in the order of the ranking.
    private void GroupByRank(int count, int fronts)
    {
        var ends = frontEnds.AsSpan(0, fronts);
        ends.Clear();
        for (var i = 0; i < count; i++) ends[rankOf[i]]++;
        var start = 0;
        foreach (ref var end in ends) (end, start) = (start, start + end);
        foreach (var i in ranking.Order[..count]) byRank[ends[rankOf[i]]++] = i;
    }

    // Crowding distance (section III-B): per objective, the gap between the two neighbours over the range of the front.
    private void MeasureCrowding(ReadOnlySpan<double> objectives, Span<int> members)
    {
        var isSmall = members.Length <= 2;
        foreach (var member in members) distance[member] = isSmall ? double.PositiveInfinity : 0;
        for (var k = 0; k < objectiveCount && !isSmall; k++)
        {
            var values = ValuesInOrder(objectives, k, members);
            var range = Math.Abs(values[^1] - values[0]);
            if (range == 0) continue;
            distance[members[0]] = distance[members[^1]] = double.PositiveInfinity;
            if (!double.IsFinite(range)) continue;
            var perRange = 1 / range;
            for (var i = 1; i < members.Length - 1; i++)
                distance[members[i]] += Math.Abs(values[i + 1] - values[i - 1]) * perRange;
        }
    }

    // The values of an objective, rising or falling, with the members in that order. A front comes sorted by its first
    // objective, and then its second of two falls, so that often there is nothing to sort.
    private ReadOnlySpan<double> ValuesInOrder(ReadOnlySpan<double> objectives, int k, Span<int> members)
    {
        var values = sorted.AsSpan(0, members.Length);
        bool rising = true, falling = true;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = objectives[members[i] * objectiveCount + k];
            if (i == 0) continue;
            rising &= values[i] >= values[i - 1];
            falling &= values[i] <= values[i - 1];
        }

        if (rising || falling) return values;
        var sortKeys = keys.AsSpan(0, members.Length);
        for (var i = 0; i < members.Length; i++) sortKeys[i] = IndexedSort.Key(values[i], i, members.Length);
        Reorder(sortKeys, members);
        for (var i = 0; i < values.Length; i++) values[i] = objectives[members[i] * objectiveCount + k];
        return values;
    }

    private void MoveLeastCrowdedToFront(ReadOnlySpan<double> objectives, Span<int> members, int survivors)
    {
        if (pruning is not null)
        {
            Prune(objectives, members, survivors);
            return;
        }

        var sortKeys = keys.AsSpan(0, members.Length);
        for (var i = 0; i < members.Length; i++) sortKeys[i] = IndexedSort.Key(-distance[members[i]], i, members.Length);
        Reorder(sortKeys, members);
    }

    private void Prune(ReadOnlySpan<double> objectives, Span<int> members, int survivors)
    {
        // Sorting by an objective moves the members; the pruning knows them by the place they had before.
        pruning!.Begin(rankOf.Length);
        var places = placeOf.AsSpan(0, rankOf.Length);
        var inOrder = positionsOf.AsSpan(0, members.Length);
        for (var i = 0; i < members.Length; i++) places[members[i]] = i;
        members.CopyTo(front.AsSpan());
        for (var k = 0; k < objectiveCount; k++)
        {
            var values = ValuesInOrder(objectives, k, members);
            for (var i = 0; i < members.Length; i++) inOrder[i] = places[members[i]];
            pruning.AddObjective(k, inOrder, values);
        }

        front.AsSpan(0, members.Length).CopyTo(members);
        pruning.Prune(members, survivors, distance);
    }

    private void Reorder(Span<ulong> sortKeys, Span<int> members)
    {
        var positions = positionsOf.AsSpan(0, members.Length);
        IndexedSort.Sort(sortKeys, positions);
        foreach (ref var position in positions) position = members[position];
        positions.CopyTo(members);
    }
}
