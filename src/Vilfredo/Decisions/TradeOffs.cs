namespace Vilfredo.Decisions;

/// <summary>The exchange rates along a front. All objectives are minimised.</summary>
public static class TradeOffs
{
    /// <summary>The steps between neighbours in one objective, from its worst value to its best.</summary>
    /// <param name="points">Row-major finite points of a front. Of points with equal values the first is used.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="along">The objective that improves with each step, from 0. Points that tie in it are joined by steps, too.</param>
    /// <returns>One step fewer than there are distinct points. O(n log n + n m).</returns>
    /// <exception cref="ArgumentException">The matrix has a wrong shape or a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="along"/> is not an objective.</exception>
    public static IReadOnlyList<TradeOff> Neighbors(ReadOnlySpan<double> points, int objectives, int along)
    {
        if (PointMatrix.Validate(points, objectives) > 0) Ranking.Validate(points, objectives, finite: true);
        ArgumentOutOfRangeException.ThrowIfNegative(along);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(along, objectives);

        var rows = points.ToArray();
        var order = Enumerable.Range(0, rows.Length / objectives).ToArray();
        Array.Sort(order, Compare);
        var steps = new List<TradeOff>();
        var from = 0;
        for (var i = 1; i < order.Length; i++)
        {
            if (Ranking.SameRow(rows, objectives, order[from], order[i])) continue;
            steps.Add(new(order[from], order[i], Ranking.Change(rows, objectives, order[from], order[i])));
            from = i;
        }

        return steps;

        // Worst first; then by all values, so that equal rows meet; then by index.
        int Compare(int a, int b)
        {
            var sign = rows[b * objectives + along].CompareTo(rows[a * objectives + along]);
            if (sign == 0) sign = rows.AsSpan(a * objectives, objectives).SequenceCompareTo(rows.AsSpan(b * objectives, objectives));
            return sign != 0 ? sign : a.CompareTo(b);
        }
    }

    /// <summary>
    /// What a step loses for each unit that it gains, summed over the objectives, which should be normalised (L. Rachmawati
    /// and D. Srinivasan, IEEE Trans. Evol. Comput. 13(4), 2009).
    /// </summary>
    /// <param name="from">The point that is left.</param>
    /// <param name="to">The point that is taken instead.</param>
    /// <returns>Losses over gains: 0 when nothing is lost, +Infinity when nothing is gained.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN.</exception>
    public static double Ratio(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        PointMatrix.ValidatePoint(from, from.Length, nameof(from));
        PointMatrix.ValidatePoint(to, from.Length, nameof(to));
        double loss = 0, gain = 0;
        for (var j = 0; j < from.Length; j++)
        {
            if (to[j] > from[j]) loss += to[j] - from[j];
            else if (to[j] < from[j]) gain += from[j] - to[j];
        }

        return gain == 0 ? double.PositiveInfinity : loss / gain;
    }
}
