namespace Vilfredo.Decisions;

/// <summary>
/// Chooses by one objective after the other: each keeps only the points that are within its tolerance of the best one left.
/// All objectives are minimised.
/// </summary>
public static class LexicographicChoice
{
    /// <summary>Chooses in O(n k) for k priorities.</summary>
    /// <param name="points">Row-major points, at least one; +Infinity is allowed.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="priorities">The objectives that count, the most important first; at least one, each at most once.</param>
    /// <returns>
    /// The choice: of the points that stay to the end the best in the last priority, then in the first, second and so on,
    /// then the one with the smaller sum of normalised objectives, then with the smaller index.
    /// </returns>
    /// <exception cref="ArgumentException">The points or the priorities have a wrong shape or a value that is not allowed.</exception>
    public static LexicographicDecision Choose(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<LexicographicPriority> priorities)
    {
        var count = Ranking.Validate(points, objectives);
        Validate(priorities, objectives);
        var sums = Ranking.NormalizedSums(points, objectives);
        var candidates = Enumerable.Range(0, count).ToList();
        var stages = new List<LexicographicStage>();
        var chosen = Narrow(points, objectives, priorities, candidates, sums, stages);

        var others = new List<int>();
        for (var i = 0; i < count; i++)
        {
            if (!Ranking.SameRow(points, objectives, i, chosen)) others.Add(i);
        }

        if (others.Count == 0) return new(chosen, stages, null);
        var next = Narrow(points, objectives, priorities, others, sums, []);
        var runnerUp = new Alternative(
            next, points[next * objectives + priorities[0].Objective], Ranking.Change(points, objectives, chosen, next));
        return new(chosen, stages, runnerUp);
    }

    private static int Narrow(
        ReadOnlySpan<double> points,
        int objectives,
        ReadOnlySpan<LexicographicPriority> priorities,
        List<int> candidates,
        double[] sums,
        List<LexicographicStage> stages)
    {
        foreach (var (objective, tolerance) in priorities)
        {
            var best = double.PositiveInfinity;
            foreach (var i in candidates) best = Math.Min(best, points[i * objectives + objective]);
            var threshold = best + tolerance;
            var kept = new List<int>();
            foreach (var i in candidates)
            {
                if (points[i * objectives + objective] <= threshold) kept.Add(i);
            }

            candidates = kept;
            stages.Add(new(objective, best, threshold, kept.Count));
        }

        var chosen = candidates[0];
        foreach (var i in candidates)
        {
            if (Compare(points, objectives, priorities, i, chosen, sums) < 0) chosen = i;
        }

        return chosen;
    }

    private static int Compare(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<LexicographicPriority> priorities, int a, int b, double[] sums)
    {
        var order = Value(points, a, priorities[^1]).CompareTo(Value(points, b, priorities[^1]));
        for (var k = 0; k < priorities.Length && order == 0; k++)
            order = Value(points, a, priorities[k]).CompareTo(Value(points, b, priorities[k]));
        return order != 0 ? order : sums[a].CompareTo(sums[b]);

        double Value(ReadOnlySpan<double> points, int row, LexicographicPriority priority) => points[row * objectives + priority.Objective];
    }

    private static void Validate(ReadOnlySpan<LexicographicPriority> priorities, int objectives)
    {
        if (priorities.IsEmpty)
            throw new ArgumentException("There are no priorities; name at least one objective.", nameof(priorities));
        var seen = new HashSet<int>();
        foreach (var (objective, tolerance) in priorities)
        {
            if (objective < 0 || objective >= objectives || !seen.Add(objective))
            {
                throw new ArgumentException(
                    $"priorities names objective {objective}; give each of the objectives 0 to {objectives - 1} at most once.", nameof(priorities));
            }

            if (!(tolerance >= 0))
                throw new ArgumentException($"The tolerance of objective {objective} is {tolerance}; it must not be negative.", nameof(priorities));
        }
    }
}
