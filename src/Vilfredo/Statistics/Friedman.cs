namespace Vilfredo.Statistics;

/// <summary>
/// The Friedman test of several treatments (methods) over blocks (data sets, problems, seeds), with the F statistic of Iman
/// and Davenport: Friedman, JASA 32, 1937; Iman and Davenport, Communications in Statistics A9, 1980; used for comparing
/// methods as in Demšar, "Statistical comparisons of classifiers over multiple data sets", JMLR 7, 2006.
/// </summary>
public static class Friedman
{
    /// <summary>Ranks the treatments within each block and tests whether their mean ranks are equal. O(blocks · k log k).</summary>
    /// <param name="values">
    /// Row-major: one row of <paramref name="treatments"/> values per block. Rank 1 is the smallest; infinities rank last or first.
    /// </param>
    /// <param name="treatments">Values per row, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="treatments"/> is below 2.</exception>
    /// <exception cref="ArgumentException">There are fewer than 2 blocks, a row is partial, or a value is NaN.</exception>
    public static FriedmanResult Test(ReadOnlySpan<double> values, int treatments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(treatments, 2);
        var blocks = PointMatrix.Validate(values, treatments, nameof(values));
        if (blocks < 2) throw new ArgumentException($"A Friedman test needs at least 2 blocks; given {blocks}.", nameof(values));

        double n = blocks;
        double k = treatments;
        var rankSums = new double[treatments];
        double tieSum = 0;
        for (var b = 0; b < blocks; b++)
        {
            var ranks = Ranks.Midranks(values.Slice(b * treatments, treatments), out var ties);
            tieSum += ties;
            for (var j = 0; j < treatments; j++) rankSums[j] += ranks[j];
        }

        double squares = 0;
        foreach (var sum in rankSums) squares += (sum - n * (k + 1) / 2) * (sum - n * (k + 1) / 2);

        // Between blocks of nothing but ties there is nothing to compare.
        var untied = 1 - tieSum / (n * k * (k * k - 1));
        var chiSquared = untied > 0 ? 12 * squares / (n * k * (k + 1)) / untied : 0;
        var rest = n * (k - 1) - chiSquared;
        var f = chiSquared == 0 ? 0 : rest <= 1e-12 * chiSquared ? double.PositiveInfinity : (n - 1) * chiSquared / rest;

        return new FriedmanResult
        {
            Blocks = blocks,
            MeanRanks = [.. rankSums.Select(sum => sum / n)],
            ChiSquared = chiSquared,
            ChiSquaredPValue = SpecialFunctions.ChiSquaredSurvival(chiSquared, k - 1),
            F = f,
            PValue = SpecialFunctions.FisherSurvival(f, k - 1, (k - 1) * (n - 1)),
        };
    }
}
