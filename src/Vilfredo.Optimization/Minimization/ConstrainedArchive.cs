namespace Vilfredo.Optimization;

/// <summary>
/// The non-dominated points among all that were offered, under constrained domination (Deb et al. 2002, section VI):
/// feasible before infeasible, among infeasible ones the smaller violation, among feasible ones Pareto dominance.
/// </summary>
/// <remarks>An offer costs O(archive * objectives).</remarks>
internal sealed class ConstrainedArchive(int variables, int objectives, int constraints)
{
    private bool[] keep = [];

    public Population Points { get; } = new(variables, objectives, constraints);

    public void Offer(ReadOnlySpan<double> decisions, ReadOnlySpan<double> values, ReadOnlySpan<double> constraintValues)
    {
        if (keep.Length < Points.Count) keep = new bool[Math.Max(Points.Count, 2 * keep.Length)];
        var violation = Population.ViolationOf(constraintValues);
        var removed = false;
        for (var i = 0; i < Points.Count; i++)
        {
            var other = Points.Violations[i];
            bool dominates, dominated;
            if (violation == 0 && other == 0)
            {
                Compare(values, Points.ObjectivesOf(i), out dominates, out dominated);
            }
            else
            {
                dominates = violation < other;
                dominated = other < violation;
            }

            if (dominated) return; // then no point of the archive is dominated by this one either
            keep[i] = !dominates;
            removed |= dominates;
        }

        if (removed) Points.Filter(keep.AsSpan(0, Points.Count));
        Points.Add(decisions, values, constraintValues);
    }

    private static void Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b, out bool dominates, out bool dominated)
    {
        bool better = false, worse = false;
        for (var k = 0; k < a.Length; k++)
        {
            better |= a[k] < b[k];
            worse |= a[k] > b[k];
        }

        dominates = better && !worse;
        dominated = worse && !better;
    }
}
