namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of NSGA-III: whole fronts from the best on; of the front that does not fit, the points that fill the least
/// crowded reference lines.
/// </summary>
/// <remarks>
/// <para>Sources: K. Deb, H. Jain, "An evolutionary many-objective optimization algorithm using reference-point-based
/// nondominated sorting approach, part I: solving problems with box constraints", IEEE Transactions on Evolutionary
/// Computation 18(4), 2014; constraints as in H. Jain, K. Deb, part II, the same issue.</para>
/// <para>Of infeasible points, and of marked copies, the first of equal rank survive. Infinite objective values are allowed;
/// they take no part in the normalisation.</para>
/// </remarks>
internal sealed class Nsga3Survival : ISurvival
{
    private readonly int objectiveCount;
    private readonly ConstrainedRanking ranking;
    private readonly FrontNormalization normalization;
    private readonly AspirationDirections? aspirations;
    private readonly bool isUnified;
    private ReferenceNiches niches;

    public Nsga3Survival(int objectiveCount, ReadOnlySpan<double> directions, bool isUnified = false, ExtremePointUnits units = ExtremePointUnits.Scaled)
        : this(objectiveCount, new ReferenceNiches(objectiveCount, directions), new FrontNormalization(objectiveCount, units), isUnified, null)
    {
    }

    /// <summary>With directions that follow the scale of the front: R-NSGA-III.</summary>
    public Nsga3Survival(int objectiveCount, AspirationDirections aspirations)
        : this(objectiveCount, new ReferenceNiches(objectiveCount, ReferenceLattice.For(objectiveCount, 1, null)), new FrontNormalization(objectiveCount), false, aspirations)
    {
    }

    private Nsga3Survival(int objectiveCount, ReferenceNiches niches, FrontNormalization normalization, bool isUnified, AspirationDirections? aspirations)
    {
        this.isUnified = isUnified;
        this.aspirations = aspirations;
        this.objectiveCount = objectiveCount;
        this.niches = niches;
        this.normalization = normalization;
        ranking = new ConstrainedRanking(objectiveCount);
    }

    public ISurvival Copy() => new Nsga3Survival(objectiveCount, niches, normalization.Copy(), isUnified, aspirations);

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
        if (fronts.IsProper(0))
        {
            normalization.Update(objectives, fronts[0]);
            niches = aspirations?.For(normalization) ?? niches;
        }

        var selected = 0;
        for (var rank = 0; selected < survivors; rank++)
        {
            var front = fronts[rank];
            var room = survivors - selected;
            if (front.Length > room && fronts.IsProper(rank))
                FillNiches(objectives, indices[..selected], front, indices.Slice(selected, room), new RandomGenerator(seed));
            else
                front[..Math.Min(room, front.Length)].CopyTo(indices[selected..]);
            selected += Math.Min(room, front.Length);
        }

        for (var i = 0; i < selected; i++)
        {
            var rank = fronts.RankOf[indices[i]];
            ranks[i] = isUnified ? rank : ConstrainedRanking.MatingRank(rank, violations, indices[i]);
            crowding[i] = isUnified && fronts.IsProper(rank) ? -Associate(objectives, indices[i]).Distance : 0;
        }

        return selected;
    }

    public bool Niches(ReadOnlySpan<double> objectives, ReadOnlySpan<double> violations, ReadOnlySpan<int> indices, Span<int> niches)
    {
        if (!isUnified) return false;
        for (var i = 0; i < indices.Length; i++)
            niches[i] = violations.IsEmpty || violations[indices[i]] == 0 ? Associate(objectives, indices[i]).Line : -1;
        return true;
    }

    // Algorithm 4 of the paper. A line with nobody gets its nearest candidate, another one any of its candidates.
    private void FillNiches(
        ReadOnlySpan<double> objectives, ReadOnlySpan<int> chosen, ReadOnlySpan<int> front, Span<int> places, RandomGenerator random)
    {
        var crowd = new int[niches.Count];
        foreach (var point in chosen) crowd[Associate(objectives, point).Line]++;

        var candidates = new List<(int Point, double Distance)>?[niches.Count];
        foreach (var point in front)
        {
            var (line, distance) = Associate(objectives, point);
            (candidates[line] ??= []).Add((point, distance));
        }

        for (var filled = 0; filled < places.Length; filled++)
        {
            var line = LeastCrowded(crowd, candidates, random);
            var ofLine = candidates[line]!;
            var pick = crowd[line] == 0 ? Nearest(ofLine) : random.NextInt32(ofLine.Count);
            places[filled] = ofLine[pick].Point;
            ofLine.RemoveAt(pick);
            crowd[line]++;
        }
    }

    private (int Line, double Distance) Associate(ReadOnlySpan<double> objectives, int point)
    {
        Span<double> normalized = stackalloc double[objectiveCount];
        normalization.Normalize(objectives.Slice(point * objectiveCount, objectiveCount), normalized);
        return niches.Nearest(normalized);
    }

    // One of the lines with candidates and the fewest points, each with the same probability.
    private static int LeastCrowded(int[] crowd, List<(int Point, double Distance)>?[] candidates, RandomGenerator random)
    {
        var (best, fewest, ties) = (-1, int.MaxValue, 0);
        for (var line = 0; line < crowd.Length; line++)
        {
            if (candidates[line] is not { Count: > 0 } || crowd[line] > fewest) continue;
            ties = crowd[line] < fewest ? 1 : ties + 1;
            fewest = crowd[line];
            if (random.NextInt32(ties) == 0) best = line;
        }

        return best;
    }

    private static int Nearest(List<(int Point, double Distance)> candidates)
    {
        var nearest = 0;
        for (var i = 1; i < candidates.Count; i++)
        {
            if (candidates[i].Distance < candidates[nearest].Distance) nearest = i;
        }

        return nearest;
    }
}
