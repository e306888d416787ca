using Vilfredo.Statistics;

namespace Vilfredo.Inference.Routing.Rules;

/// <summary>Chooses thresholds from a sample of scores.</summary>
public static class ThresholdCalibration
{
    /// <summary>The threshold with which about a wanted share of prompts goes to the strong candidate: the quantile 1 − share of the scores on a sample (RouteLLM). Of a sample of n the share on further prompts like it is off by about √(share (1 − share) / n).</summary>
    /// <param name="scores">The probabilities that the strong candidate's answer is preferred, on the sample; at least one.</param>
    /// <param name="share">The wanted share, in [0, 1].</param>
    /// <returns>The threshold: above every score for a share of 0, the least score for 1. Prompts with equal scores go one way together.</returns>
    public static double ForShare(IReadOnlyList<double> scores, double share)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Count, 1);
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of the strong candidate is from 0 to 1.");
        double[] sorted = [.. scores.Order()];
        return share == 0 ? Math.BitIncrement(sorted[^1]) : Descriptive.QuantileOfSorted(sorted, 1 - share);
    }
}
