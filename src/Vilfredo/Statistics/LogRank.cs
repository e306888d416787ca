namespace Vilfredo.Statistics;

/// <summary>
/// The log-rank test of whether groups of right-censored values have one distribution: Mantel, Cancer Chemotherapy Reports 50,
/// 1966; Peto and Peto, Journal of the Royal Statistical Society A 135, 1972.
/// </summary>
public static class LogRank
{
    /// <summary>Tests two or more groups. O(n log n + times · groups²).</summary>
    /// <param name="groups">At least two groups of at least one value each, none below 0.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups, one is empty, or a value is negative.</exception>
    public static LogRankResult Test(params IReadOnlyList<IReadOnlyList<CensoredValue>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < 2)
            throw new ArgumentException($"A log-rank test compares at least 2 groups; given {groups.Count}.", nameof(groups));

        var k = groups.Count;
        var sorted = new CensoredValue[k][];
        for (var g = 0; g < k; g++) sorted[g] = CensoredSample.Sort([.. groups[g]]);
        var times = sorted.SelectMany(group => group).Where(v => !v.IsCensored).Select(v => v.Value).Distinct().Order();

        var observed = new int[k];
        var expected = new double[k];
        var covariance = new double[k, k];
        var next = new int[k];
        foreach (var time in times)
        {
            var atRisk = new double[k];
            var events = new int[k];
            for (var g = 0; g < k; g++)
            {
                while (next[g] < sorted[g].Length && sorted[g][next[g]].Value < time) next[g]++;
                atRisk[g] = sorted[g].Length - next[g];
                for (var i = next[g]; i < sorted[g].Length && sorted[g][i].Value == time; i++)
                    if (!sorted[g][i].IsCensored) events[g]++;
            }

            // Given the margins, the events fall on the groups by the multivariate hypergeometric distribution.
            var r = atRisk.Sum();
            double d = events.Sum();
            var dispersion = r > 1 ? d * (r - d) / (r * r * (r - 1)) : 0;
            for (var g = 0; g < k; g++)
            {
                observed[g] += events[g];
                expected[g] += d * atRisk[g] / r;
                for (var h = 0; h < k; h++)
                    covariance[g, h] += dispersion * atRisk[g] * ((g == h ? r : 0) - atRisk[h]);
            }
        }

        var difference = new double[k];
        for (var g = 0; g < k; g++) difference[g] = observed[g] - expected[g];
        var (chiSquared, rank) = QuadraticForm(covariance, difference);
        return new LogRankResult
        {
            Observed = observed,
            Expected = expected,
            ChiSquared = chiSquared,
            DegreesOfFreedom = rank,
            PValue = rank == 0 ? 1 : SpecialFunctions.ChiSquaredSurvival(chiSquared, rank),
        };
    }

    // x' V⁻ x and the rank of V, for a singular covariance V (its rows sum to zero) and x in its range: Cholesky's method with
    // diagonal pivoting, stopped at the first pivot that is rounding only.
    private static (double Value, int Rank) QuadraticForm(double[,] v, double[] x)
    {
        var k = x.Length;
        double largest = 0, value = 0;
        for (var i = 0; i < k; i++) largest = Math.Max(largest, v[i, i]);
        var open = Enumerable.Range(0, k).ToList();
        for (var rank = 0; ; rank++)
        {
            if (open.Count == 0) return (value, rank);
            var pivot = open.MaxBy(i => v[i, i]);
            if (v[pivot, pivot] <= 1e-10 * largest || largest == 0) return (value, rank);

            open.Remove(pivot);
            value += x[pivot] * x[pivot] / v[pivot, pivot];
            foreach (var i in open)
            {
                var factor = v[i, pivot] / v[pivot, pivot];
                x[i] -= factor * x[pivot];
                foreach (var j in open) v[i, j] -= factor * v[pivot, j];
            }
        }
    }
}
