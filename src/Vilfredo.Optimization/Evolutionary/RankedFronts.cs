namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The fronts of constrained domination, each with its points in the order in which they were given.</summary>
internal readonly ref struct RankedFronts
{
    private readonly int[] points;
    private readonly int[] ends;
    private readonly ReadOnlySpan<double> violations;
    private readonly ReadOnlySpan<bool> copies;

    private RankedFronts(int[] rankOf, int[] points, int[] ends, ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies)
    {
        RankOf = rankOf;
        this.points = points;
        this.ends = ends;
        this.violations = violations;
        this.copies = copies;
    }

    /// <summary>The rank of each point, from 0.</summary>
    public int[] RankOf { get; }

    /// <summary>The points of a rank.</summary>
    public ReadOnlySpan<int> this[int rank] => points.AsSpan(rank == 0 ? 0 : ends[rank - 1], ends[rank] - (rank == 0 ? 0 : ends[rank - 1]));

    /// <summary>Whether a front is one of feasible points that are no copies, so that objectives tell its points apart.</summary>
    public bool IsProper(int rank)
    {
        if (rank >= ends.Length) return false;
        var first = this[rank][0];
        return (violations.IsEmpty || violations[first] == 0) && (copies.IsEmpty || !copies[first]);
    }

    /// <summary>All points in the order of their ranks: those that objectives tell apart, and the others.</summary>
    public (List<int> Proper, List<int> Others) Split()
    {
        var (proper, others) = (new List<int>(), new List<int>());
        for (var rank = 0; rank < ends.Length; rank++)
            (IsProper(rank) ? proper : others).AddRange(this[rank]);
        return (proper, others);
    }

    /// <summary>Ranks points.</summary>
    public static RankedFronts Of(
        ConstrainedRanking ranking, ReadOnlySpan<double> objectives, int objectiveCount, ReadOnlySpan<double> violations, ReadOnlySpan<bool> copies)
    {
        var count = objectives.Length / objectiveCount;
        var rankOf = new int[count];
        var ends = new int[ranking.Rank(objectives, violations, copies, rankOf)];
        foreach (var rank in rankOf) ends[rank]++;
        var start = 0;
        foreach (ref var end in ends.AsSpan()) (end, start) = (start, start + end);
        var points = new int[count];
        for (var i = 0; i < count; i++) points[ends[rankOf[i]]++] = i;
        return new(rankOf, points, ends, violations, copies);
    }
}
