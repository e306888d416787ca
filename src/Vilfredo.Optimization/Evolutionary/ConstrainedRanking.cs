namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Ranks of constrained domination: the fronts of the feasible points, then those of the infeasible ones by violation, one
/// front for each different violation; marked copies behind all.
/// </summary>
internal sealed class ConstrainedRanking(int objectiveCount)
{
    private readonly FrontSorting sorting = new(objectiveCount);
    private int[] order = [];
    private int ordered;
    private int[] members = [];
    private int[] memberRanks = [];
    private double[] values = [];

    /// <summary>All points, those of small feasible fronts in lexicographic order of their objectives.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>Writes the rank of each point and returns the number of fronts.</summary>
    public int Rank(ReadOnlySpan<double> objectives, ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies, Span<int> ranks)
    {
        if (!violations.ContainsAnyExcept(0) && !copies.Contains(true))
        {
            var all = sorting.Rank(objectives, ranks);
            if (order.Length < ranks.Length) order = new int[ranks.Length];
            sorting.Order[..ranks.Length].CopyTo(order);
            return all;
        }

        if (members.Length < ranks.Length)
        {
            order = new int[ranks.Length];
            members = new int[ranks.Length];
            memberRanks = new int[ranks.Length];
            values = new double[ranks.Length * objectiveCount];
        }

        ordered = 0;
        var fronts = RankFeasible(objectives, violations, copies, ranks, 0, ofCopies: false);
        fronts = RankInfeasible(violations, copies, ranks, fronts, ofCopies: false);
        if (!copies.Contains(true)) return fronts;
        fronts = RankFeasible(objectives, violations, copies, ranks, fronts, ofCopies: true);
        return RankInfeasible(violations, copies, ranks, fronts, ofCopies: true);
    }

    private int RankFeasible(
        ReadOnlySpan<double> objectives, ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies, Span<int> ranks, int fronts, bool ofCopies)
    {
        var count = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            if (ViolationOf(violations, i) > 0 || IsCopy(copies, i) != ofCopies) continue;
            objectives.Slice(i * objectiveCount, objectiveCount).CopyTo(values.AsSpan(count * objectiveCount));
            members[count++] = i;
        }

        var added = sorting.Rank(values.AsSpan(0, count * objectiveCount), memberRanks.AsSpan(0, count));
        foreach (var i in sorting.Order[..count])
        {
            ranks[members[i]] = fronts + memberRanks[i];
            order[ordered++] = members[i];
        }

        return fronts + added;
    }

    private int RankInfeasible(ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies, Span<int> ranks, int fronts, bool ofCopies)
    {
        var count = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            if (!(ViolationOf(violations, i) > 0) || IsCopy(copies, i) != ofCopies) continue;
            values[count] = violations[i];
            members[count++] = i;
        }

        values.AsSpan(0, count).Sort(members.AsSpan(0, count));
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || values[i] != values[i - 1]) fronts++;
            ranks[members[i]] = fronts - 1;
            order[ordered++] = members[i];
        }

        return fronts;
    }

    /// <summary>
    /// What selects parents by feasibility only: 0 for feasible points, so that chance decides between them, and the rank for
    /// the others.
    /// </summary>
    public static int MatingRank(int rank, ReadOnlySpan<double> violations, int index) => ViolationOf(violations, index) > 0 ? rank : 0;

    private static double ViolationOf(ReadOnlySpan<double> violations, int index) => violations.IsEmpty ? 0 : violations[index];

    private static bool IsCopy(ReadOnlySpan<bool> copies, int index) => !copies.IsEmpty && copies[index];
}
