using Vilfredo.Indicators;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of SMS-EMOA: points are dropped one by one from the worst front, the one that adds least to its hypervolume or, while there are
/// other fronts, the most dominated one.
/// </summary>
/// <remarks>
/// Source: Beume, Naujoks and Emmerich 2007, sections 2.2 to 2.4. Of infeasible points and copies, which volumes do not tell apart, the most dominated go first. Points at positive infinity in an objective add nothing; one
/// at negative infinity counts as one range better than the best finite value.
/// </remarks>
internal sealed class SmsEmoaSurvival(
    int objectiveCount, SmsEmoaReduction reduction = SmsEmoaReduction.Contribution, double referenceOffset = SmsEmoaOptions.DefaultReferenceOffset) : ISurvival
{
    private readonly ConstrainedRanking ranking = new(objectiveCount);
    private double[] normalized = [];
    private double[] contributions = [];

    // Keeps working memory only.
    public ISurvival Copy() => new SmsEmoaSurvival(objectiveCount, reduction, referenceOffset);

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
        var selected = 0;
        for (var rank = 0; selected < survivors; rank++)
        {
            var front = fronts[rank];
            var room = survivors - selected;
            if (front.Length > room)
            {
                var remaining = front.ToArray();
                front = fronts.IsProper(rank) && (rank == 0 || reduction == SmsEmoaReduction.Contribution)
                    ? DropLeastContributors(objectives, remaining, room)
                    : LeastDominated(objectives, remaining, room);
            }

            front.CopyTo(indices[selected..]);
            selected += front.Length;
        }

        for (var i = 0; i < selected; i++)
        {
            ranks[i] = ConstrainedRanking.MatingRank(fronts.RankOf[indices[i]], violations, indices[i]);
            crowding[i] = 0;
        }

        return selected;
    }

    private ReadOnlySpan<int> DropLeastContributors(ReadOnlySpan<double> objectives, Span<int> front, int survivors)
    {
        if (normalized.Length < front.Length * objectiveCount)
        {
            normalized = new double[front.Length * objectiveCount];
            contributions = new double[front.Length];
        }

        Span<double> reference = stackalloc double[objectiveCount];
        for (var count = front.Length; count > survivors; count--)
        {
            var points = normalized.AsSpan(0, count * objectiveCount);
            Normalize(objectives, front[..count], points);
            reference.Fill(1 + referenceOffset); // the worst values are 1
            var worth = contributions.AsSpan(0, count);
            Hypervolume.Contributions(points, objectiveCount, reference, worth);
            if (objectiveCount == 2) KeepExtremes(points, worth);
            var least = 0;
            for (var i = 1; i < count; i++)
            {
                if (worth[i] < worth[least]) least = i;
            }

            front[(least + 1)..count].CopyTo(front[least..]);
        }

        return front[..survivors];
    }

    // The ideal point to 0, the worst values of the front to 1.
    private void Normalize(ReadOnlySpan<double> objectives, ReadOnlySpan<int> front, Span<double> points)
    {
        for (var j = 0; j < objectiveCount; j++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var point in front)
            {
                var value = objectives[point * objectiveCount + j];
                if (!double.IsFinite(value)) continue;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            if (low > high) low = high = 0; // nothing finite
            var range = high > low && double.IsFinite(high - low) ? high - low : 1;
            for (var i = 0; i < front.Length; i++)
                points[i * objectiveCount + j] = Math.Max(-1, (objectives[front[i] * objectiveCount + j] - low) / range);
        }
    }

    // Of two objectives, the finite points that are best in one; of points that repeat one another the first only.
    private static void KeepExtremes(ReadOnlySpan<double> points, Span<double> worth)
    {
        var (first, second) = (-1, -1);
        for (var i = 0; i < worth.Length; i++)
        {
            if (!double.IsFinite(points[2 * i] + points[2 * i + 1])) continue;
            if (first < 0 || points[2 * i] < points[2 * first]) first = i;
            if (second < 0 || points[2 * i + 1] < points[2 * second + 1]) second = i;
        }

        if (first >= 0) worth[first] = worth[second] = double.PositiveInfinity;
    }

    // Section 2.4: the number of points that dominate a point decides. Points of the worst front do not dominate one another,
    // so the numbers stay the same as some are dropped.
    private ReadOnlySpan<int> LeastDominated(ReadOnlySpan<double> objectives, int[] front, int survivors)
    {
        var dominators = new int[front.Length];
        for (var i = 0; i < front.Length; i++)
        {
            var point = objectives.Slice(front[i] * objectiveCount, objectiveCount);
            for (var other = 0; other < objectives.Length; other += objectiveCount)
            {
                if (Sorting.Dominance.Dominates(objectives.Slice(other, objectiveCount), point)) dominators[i]++;
            }
        }

        // By place where the numbers agree, so that the result does not depend on the sorting.
        var keys = new long[front.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = ((long)dominators[i] << 32) | (uint)i;
        Array.Sort(keys, front);
        return front.AsSpan(0, survivors);
    }
}
