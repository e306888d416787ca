namespace Vilfredo.Inference.Routing.Rules;

/// <summary>Chooses the threshold of a cascade or of a router between two ways so that P(loss &gt; ε) ≤ α on further prompts (conformal risk control, Angelopoulos et al., arXiv 2208.02814).</summary>
/// <remarks>
/// A prompt loses when its cheap answer is accepted although the dear one is better by more than ε. With n prompts of which L lose, the least threshold with (L + 1) / (n + 1) ≤ α is taken.
/// The promise holds on average over calibration samples, for prompts that are exchangeable with them; it says nothing of prompts of another kind. A higher threshold accepts less, so losses only fall with it.
/// </remarks>
public static class ConformalRiskControl
{
    /// <summary>Chooses a threshold.</summary>
    /// <param name="scores">For each calibration prompt the score of its cheap answer, higher for surer; NaN is never accepted.</param>
    /// <param name="losses">For each the quality of the dear way less that of the cheap one.</param>
    /// <param name="epsilon">ε, the loss that is allowed without limit; at least 0.</param>
    /// <param name="alpha">α, in (0, 1).</param>
    public static ConformalThreshold Choose(IReadOnlyList<double> scores, IReadOnlyList<double> losses, double epsilon, double alpha)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        if (!(alpha is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The probability of a loss that is allowed is between 0 and 1.");
        if (scores.Count != losses.Count || scores.Count == 0)
            throw new ArgumentException($"{scores.Count} scores and {losses.Count} losses were given; give one of each for at least one prompt.", nameof(scores));
        var n = scores.Count;
        var best = new ConformalThreshold(double.PositiveInfinity, 0, 0, 1.0 / (n + 1));
        // From the surest answer down; equal scores are accepted together.
        var (accepted, lost) = (0, 0);
        foreach (var group in Enumerable.Range(0, n).Where(i => !double.IsNaN(scores[i])).GroupBy(i => scores[i]).OrderByDescending(group => group.Key))
        {
            accepted += group.Count();
            lost += group.Count(i => losses[i] > epsilon);
            if ((lost + 1.0) / (n + 1) > alpha)
                break;
            best = new(group.Key, (double)lost / n, (double)accepted / n, (lost + 1.0) / (n + 1));
        }

        return best;
    }
}
