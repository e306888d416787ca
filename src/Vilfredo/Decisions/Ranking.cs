namespace Vilfredo.Decisions;

/// <summary>
/// Turns scores into decisions. Of equal scores the point with the smaller sum of normalised objectives comes first, so that
/// a dominated point never wins against one that dominates it; then the one with the smaller index.
/// </summary>
internal static class Ranking
{
    /// <summary>Checks a set to choose from and returns the number of points.</summary>
    public static int Validate(ReadOnlySpan<double> points, int objectives, bool finite = false)
    {
        var count = PointMatrix.Validate(points, objectives);
        if (count == 0) throw new ArgumentException("There are no points to choose from; give at least one.", nameof(points));
        for (var i = 0; i < points.Length; i++)
        {
            if (double.IsNegativeInfinity(points[i]) || (finite && double.IsPositiveInfinity(points[i])))
            {
                throw new ArgumentException(
                    $"points: value {i % objectives} of point {i / objectives} is {points[i]}; "
                    + (finite ? "this choice needs finite values." : "only finite values and +Infinity can be weighed."),
                    nameof(points));
            }
        }

        return count;
    }

    public static Decision Smallest(ReadOnlySpan<double> scores, ReadOnlySpan<double> points, int objectives) =>
        Choose(scores, points, objectives, sign: 1);

    public static Decision Largest(ReadOnlySpan<double> scores, ReadOnlySpan<double> points, int objectives) =>
        Choose(scores, points, objectives, sign: -1);

    /// <summary>The sum of the normalised objectives of each point, by which ties are broken.</summary>
    public static double[] NormalizedSums(ReadOnlySpan<double> points, int objectives)
    {
        var scale = ObjectiveNormalization.FromPoints(points, objectives);
        var sums = new double[points.Length / objectives];
        for (var i = 0; i < points.Length; i++) sums[i / objectives] += scale.Normalize(i % objectives, points[i]);
        return sums;
    }

    /// <summary>The values of one point minus those of another.</summary>
    public static double[] Change(ReadOnlySpan<double> points, int objectives, int from, int to)
    {
        var change = new double[objectives];
        for (var j = 0; j < objectives; j++)
        {
            double before = points[from * objectives + j], after = points[to * objectives + j];
            change[j] = before == after ? 0 : after - before;
        }

        return change;
    }

    public static bool SameRow(ReadOnlySpan<double> points, int objectives, int a, int b) =>
        points.Slice(a * objectives, objectives).SequenceEqual(points.Slice(b * objectives, objectives));

    private static Decision Choose(ReadOnlySpan<double> scores, ReadOnlySpan<double> points, int objectives, int sign)
    {
        var sums = NormalizedSums(points, objectives);
        int best = -1, second = -1;
        for (var i = 0; i < scores.Length; i++)
        {
            if (best < 0 || Better(scores, i, best)) best = i;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (SameRow(points, objectives, i, best)) continue;
            if (second < 0 || Better(scores, i, second)) second = i;
        }

        var runnerUp = second < 0 ? null : new Alternative(second, scores[second], Change(points, objectives, best, second));
        return new(best, scores[best], runnerUp);

        bool Better(ReadOnlySpan<double> scores, int a, int b) =>
            scores[a] == scores[b] ? sums[a] < sums[b] : sign * scores[a] < sign * scores[b];
    }
}
