namespace Vilfredo.Statistics;

/// <summary>The outcome of a <see cref="Friedman"/> test, and the post hoc comparisons of its treatments.</summary>
public sealed record FriedmanResult
{
    /// <summary>The number of blocks.</summary>
    public required int Blocks { get; init; }

    /// <summary>The mean rank of each treatment, from 1 (smallest values in every block) to the number of treatments.</summary>
    public required IReadOnlyList<double> MeanRanks { get; init; }

    /// <summary>Friedman's statistic with tie correction.</summary>
    public required double ChiSquared { get; init; }

    /// <summary>Its p-value by the chi-squared distribution with k − 1 degrees of freedom; conservative.</summary>
    public required double ChiSquaredPValue { get; init; }

    /// <summary>The statistic of Iman and Davenport; +∞ when every block ranks the treatments alike.</summary>
    public required double F { get; init; }

    /// <summary>Its p-value by the F distribution with k − 1 and (k − 1)(N − 1) degrees of freedom: the one to report.</summary>
    public required double PValue { get; init; }

    private double StandardError => Math.Sqrt(MeanRanks.Count * (MeanRanks.Count + 1) / (6.0 * Blocks));

    /// <summary>
    /// Nemenyi's critical difference: treatments whose mean ranks differ by at least this much differ at the level, all pairs
    /// taken together.
    /// </summary>
    /// <param name="significance">The probability of any false difference, in (0, 1), such as 0.05.</param>
    public double CriticalDifference(double significance = 0.05)
    {
        SampleChecks.Level(significance);
        return SpecialFunctions.StudentizedRangeCriticalValue(significance, MeanRanks.Count) / Math.Sqrt(2) * StandardError;
    }

    /// <summary>All pairs of treatments, p-values adjusted by Nemenyi's studentized range.</summary>
    public IReadOnlyList<PairwiseComparison> Nemenyi() => AllPairs(pairs =>
        [.. pairs.Select(pair => SpecialFunctions.StudentizedRangeSurvival(Math.Abs(pair.Z) * Math.Sqrt(2), MeanRanks.Count))]);

    /// <summary>All pairs of treatments, p-values adjusted by Holm's method.</summary>
    public IReadOnlyList<PairwiseComparison> Holm() =>
        AllPairs(pairs => PValueAdjustment.Holm([.. pairs.Select(pair => pair.PValue)]));

    /// <summary>Every treatment against one control, p-values adjusted by Holm's method over those k − 1 comparisons.</summary>
    /// <param name="control">The index of the control, which is <see cref="PairwiseComparison.First"/> in every comparison.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such treatment.</exception>
    public IReadOnlyList<PairwiseComparison> HolmAgainst(int control)
    {
        if (control < 0 || control >= MeanRanks.Count)
            throw new ArgumentOutOfRangeException(nameof(control), control, $"There are {MeanRanks.Count} treatments, counted from 0.");

        var pairs = Enumerable.Range(0, MeanRanks.Count).Where(other => other != control).Select(other => Compare(control, other));
        return Adjusted([.. pairs], pairs => PValueAdjustment.Holm([.. pairs.Select(pair => pair.PValue)]));
    }

    private PairwiseComparison[] AllPairs(Func<PairwiseComparison[], double[]> adjust)
    {
        var pairs = new List<PairwiseComparison>();
        for (var i = 0; i < MeanRanks.Count; i++)
            for (var j = i + 1; j < MeanRanks.Count; j++) pairs.Add(Compare(i, j));
        return Adjusted([.. pairs], adjust);
    }

    private static PairwiseComparison[] Adjusted(PairwiseComparison[] pairs, Func<PairwiseComparison[], double[]> adjust)
    {
        var adjusted = adjust(pairs);
        return [.. pairs.Select((pair, i) => pair with { AdjustedPValue = adjusted[i] })];
    }

    private PairwiseComparison Compare(int first, int second)
    {
        var difference = MeanRanks[first] - MeanRanks[second];
        var z = difference / StandardError;
        var p = Math.Min(1, 2 * SpecialFunctions.NormalSurvival(Math.Abs(z)));
        return new PairwiseComparison(first, second, difference, z, p, p);
    }
}
