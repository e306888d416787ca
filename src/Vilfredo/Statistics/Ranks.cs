namespace Vilfredo.Statistics;

/// <summary>Ranks of values, ties sharing the mean of the ranks they take up.</summary>
public static class Ranks
{
    /// <summary>The rank of each value, 1 for the smallest; equal values share the mean of their ranks. O(n log n).</summary>
    /// <param name="values">Any values but NaN; −∞ ranks first and +∞ last.</param>
    /// <returns>Multiples of one half that sum to n (n + 1) / 2.</returns>
    /// <exception cref="ArgumentException">The values are empty or hold NaN.</exception>
    public static double[] Midranks(ReadOnlySpan<double> values)
    {
        SampleChecks.NotEmptyNorNaN(values);
        return Midranks(values, out _);
    }

    /// <summary>As <see cref="Midranks(ReadOnlySpan{double})"/>, with Σ (t³ − t) over the groups of t equal values.</summary>
    internal static double[] Midranks(ReadOnlySpan<double> values, out double tieSum)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);

        var ranks = new double[sorted.Length];
        tieSum = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0;
            double t = end - start;
            tieSum += t * t * t - t;
            start = end;
        }

        return ranks;
    }
}
