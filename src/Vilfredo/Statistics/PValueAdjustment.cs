namespace Vilfredo.Statistics;

/// <summary>Adjusts p-values for having been computed together: compare the result with the level as if it stood alone.</summary>
/// <remarks>Results are in the order of the input. O(m log m). An empty input gives an empty result.</remarks>
public static class PValueAdjustment
{
    /// <summary>Bonferroni: controls the probability of any false rejection under any dependence; Holm is never worse.</summary>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <exception cref="ArgumentException">A p-value is outside [0, 1] or NaN.</exception>
    public static double[] Bonferroni(ReadOnlySpan<double> pValues)
    {
        Validate(pValues);
        var adjusted = pValues.ToArray();
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Min(1, adjusted[i] * adjusted.Length);
        return adjusted;
    }

    /// <summary>
    /// Holm's step-down method: controls the probability of any false rejection under any dependence (Holm, Scandinavian
    /// Journal of Statistics 6, 1979).
    /// </summary>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <exception cref="ArgumentException">A p-value is outside [0, 1] or NaN.</exception>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        var order = AscendingOrder(pValues);
        var adjusted = new double[pValues.Length];
        double largest = 0;
        for (var i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - i) * pValues[order[i]]));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }

    /// <summary>
    /// The step-up method of Benjamini and Hochberg: controls the expected share of false rejections among the rejections when
    /// the tests are independent or positively dependent (Journal of the Royal Statistical Society B 57, 1995).
    /// </summary>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <exception cref="ArgumentException">A p-value is outside [0, 1] or NaN.</exception>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var order = AscendingOrder(pValues);
        var adjusted = new double[pValues.Length];
        double smallest = 1;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, pValues[order[i]] * order.Length / (i + 1));
            adjusted[order[i]] = smallest;
        }

        return adjusted;
    }

    private static int[] AscendingOrder(ReadOnlySpan<double> pValues)
    {
        Validate(pValues);
        var order = new int[pValues.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(pValues.ToArray(), order);
        return order;
    }

    private static void Validate(ReadOnlySpan<double> pValues)
    {
        for (var i = 0; i < pValues.Length; i++)
        {
            if (pValues[i] is not (>= 0 and <= 1))
                throw new ArgumentException($"p-value {i} is {pValues[i]}; a p-value lies in [0, 1].", nameof(pValues));
        }
    }
}
