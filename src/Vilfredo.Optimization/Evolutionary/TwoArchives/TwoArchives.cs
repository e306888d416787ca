using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The two archives of C-TAEA: one drives towards the feasible front, the other keeps what the first leaves out, feasible or not. Immutable.</summary>
internal sealed class TwoArchives
{
    private readonly double[] directions;
    private readonly int size;

    public TwoArchives(Population none, double[] directions, int size) => (Convergence, Diversity, this.directions, this.size) = (none, none, directions, size);

    private TwoArchives(TwoArchives source, Population convergence, Population diversity) =>
        (Convergence, Diversity, directions, size) = (convergence, diversity, source.directions, source.size);

    public Population Convergence { get; }

    public Population Diversity { get; }

    /// <summary>The archives after some children.</summary>
    public TwoArchives With(Population children)
    {
        var convergence = UpdateConvergence(Union(Convergence, children));
        return new(this, convergence, UpdateDiversity(Union(Diversity, children), convergence));
    }

    /// <summary>The shares of each archive that no point of both together dominates, constraints left aside: which archive is the better parent.</summary>
    public (double Convergence, double Diversity) NonDominatedShares()
    {
        var ranks = Ranks(Union(Convergence, Diversity));
        return (Share(0, Convergence.Count), Share(Convergence.Count, Diversity.Count));

        double Share(int from, int count) => count == 0 ? 0 : ranks.Skip(from).Take(count).Count(rank => rank == 0) / (double)count;
    }

    // Algorithm 2: the feasible points by fronts, thinned in the most crowded subregions; where there are too few, the infeasible ones by fronts of violation and Tchebycheff value.
    private Population UpdateConvergence(Population union)
    {
        if (union.Count <= size) return union;
        var feasible = Indices(union).Where(union.IsFeasible).ToList();
        if (feasible.Count > size)
        {
            var ranks = Ranks(Take(union, feasible));
            var chosen = new List<int>();
            for (var rank = 0; chosen.Count < size; rank++) chosen.AddRange(feasible.Where((_, place) => ranks[place] == rank));
            return Thin(Take(union, chosen));
        }

        var regions = new Subregions(union, directions);
        var infeasible = Indices(union).Where(i => !union.IsFeasible(i)).ToList();
        var values = infeasible.SelectMany(i => (double[])[union.Violations[i], regions.Tchebycheff[i]]).ToArray();
        var places = new int[infeasible.Count];
        new NonDominatedSorter().Rank(values, 2, places);
        var added = infeasible
            .Select((point, place) => (Point: point, Rank: places[place], Violation: union.Violations[point]))
            .OrderBy(entry => entry.Rank).ThenBy(entry => entry.Violation)
            .Select(entry => entry.Point)
            .Take(size - feasible.Count);
        return Take(union, [.. feasible, .. added]);
    }

    // Of the most crowded subregion's closest pair, the point that is farther along its direction goes, until the archive fits.
    private Population Thin(Population points)
    {
        var regions = new Subregions(points, directions);
        var members = new List<int>[regions.Count];
        for (var region = 0; region < members.Length; region++) members[region] = [];
        for (var i = 0; i < points.Count; i++) members[regions.RegionOf[i]].Add(i);
        for (var left = points.Count; left > size; left--)
        {
            var crowded = members.MaxBy(region => region.Count)!;
            var worst = crowded.Count == 1 ? crowded[0] : ClosestPair(crowded, regions).MaxBy(i => regions.Tchebycheff[i]);
            crowded.Remove(worst);
        }

        return Take(points, [.. members.SelectMany(region => region).Order()]);
    }

    private static int[] ClosestPair(List<int> points, Subregions regions)
    {
        var (pair, least) = (new[] { points[0], points[1] }, double.PositiveInfinity);
        for (var a = 0; a < points.Count; a++)
        {
            for (var b = a + 1; b < points.Count; b++)
            {
                var distance = regions.Distance(points[a], points[b]);
                if (distance < least) (pair, least) = ([points[a], points[b]], distance);
            }
        }

        return pair;
    }

    // Algorithm 3: round after round, each subregion that the other archive represents less gets the best of its own points that no other of them dominates, constraints left aside.
    private Population UpdateDiversity(Population union, Population convergence)
    {
        if (union.Count <= size) return union;
        var all = new Subregions(Union(union, convergence), directions);
        var counts = new int[all.Count];
        for (var i = union.Count; i < all.RegionOf.Length; i++) counts[all.RegionOf[i]]++;
        var members = Indices(union).GroupBy(i => all.RegionOf[i]).ToDictionary(group => group.Key, group => group.ToList());
        var chosen = new List<int>();
        for (var round = 1; chosen.Count < size; round++)
        {
            foreach (var (region, points) in members.OrderBy(entry => entry.Key))
            {
                if (counts[region] >= round || points.Count == 0 || chosen.Count >= size) continue;
                var ranks = Ranks(Take(union, points));
                var best = points.Where((_, place) => ranks[place] == 0).MinBy(i => all.Tchebycheff[i]);
                points.Remove(best);
                chosen.Add(best);
            }
        }

        chosen.Sort();
        return Take(union, chosen);
    }

    private static int[] Ranks(Population points)
    {
        var ranks = new int[points.Count];
        if (ranks.Length > 0) new NonDominatedSorter().Rank(points.Objectives, points.ObjectiveCount, ranks);
        return ranks;
    }

    private static IEnumerable<int> Indices(Population points) => Enumerable.Range(0, points.Count);

    private static Population Take(Population points, List<int> indices)
    {
        var taken = new Population(points.VariableCount, points.ObjectiveCount, points.ConstraintCount);
        foreach (var i in indices) taken.Add(points.DecisionsOf(i), points.ObjectivesOf(i), points.ConstraintsOf(i));
        return taken;
    }

    private static Population Union(Population a, Population b)
    {
        var union = a.Copy();
        union.Add(b.Decisions, b.Objectives, b.Constraints);
        return union;
    }
}
