namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>
/// The chance that at least one of k samples is right: pass@k (Chen et al., "Evaluating Large Language Models Trained on
/// Code", arXiv 2107.03374).
/// </summary>
public static class PassAtK
{
    /// <summary>
    /// The unbiased estimate 1 − C(n − c, k) / C(n, k), the share of all subsets of k samples that hold a right one. Summed from
    /// positive terms, so that small chances keep their digits and nothing overflows. O(min(c, k)).
    /// </summary>
    /// <param name="samples">n, the number of samples, at least 1.</param>
    /// <param name="correct">c, how many of them are right, 0 to n.</param>
    /// <param name="k">The size of the subsets, 1 to n.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double Estimate(int samples, int correct, int k)
    {
        BestOfK.CheckSize(samples, k);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        if (correct > samples)
            throw new ArgumentOutOfRangeException(nameof(correct), correct, $"Of {samples} samples at most {samples} can be right.");
        if (correct > samples - k) return 1;

        // Drawing one by one, the chance to meet the first right one at draw j. The formula is symmetric in c and k.
        var (draws, targets) = correct < k ? (correct, k) : (k, correct);
        double found = 0;
        for (var j = 0; j < draws; j++) found += (1 - found) * targets / (samples - j);
        return Math.Min(1, found);
    }

    /// <summary>The plug-in estimate 1 − (1 − c/n)^k, for comparison: it is too low on average when 1 &lt; k.</summary>
    /// <inheritdoc cref="Estimate"/>
    public static double PlugIn(int samples, int correct, int k)
    {
        BestOfK.CheckSize(samples, k);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, samples);
        return 1 - Math.Pow(1 - (double)correct / samples, k);
    }
}
