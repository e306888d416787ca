namespace Vilfredo.Indicators;

/// <summary>Confidence intervals of the hypervolume estimates.</summary>
internal static class ConfidenceBounds
{
    /// <summary>Halvings of an interval below 1 until it is as narrow as a double resolves.</summary>
    private const int Halvings = 60;

    /// <summary>
    /// An interval for a probability that holds at any number of samples: all p with n KL(hits/n, p) at most ln(2/error)
    /// (Hoeffding, "Probability inequalities for sums of bounded random variables", JASA 58, 1963, Theorem 1, both tails).
    /// </summary>
    public static (double Lower, double Upper) OfProbability(long hits, long samples, double error)
    {
        var share = (double)hits / samples;
        var limit = Math.Log(2 / error) / samples;
        return (Furthest(share, 0, limit), Furthest(share, 1, limit));
    }

    /// <summary>The value between a share and an end of [0, 1] whose divergence from the share reaches the limit.</summary>
    private static double Furthest(double share, double end, double limit)
    {
        double inside = share, outside = end;
        if (inside == outside)
            return end;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (inside + outside);
            if (Divergence(share, middle) <= limit)
                inside = middle;
            else
                outside = middle;
        }

        // The outer end, so that rounding never narrows the interval.
        return outside;
    }

    /// <summary>The Kullback-Leibler divergence between two coins.</summary>
    private static double Divergence(double p, double q) =>
        (p > 0 ? p * Math.Log(p / q) : 0) + (p < 1 ? (1 - p) * Math.Log((1 - p) / (1 - q)) : 0);

    /// <summary>
    /// The two-sided quantile of Student's t: |T| is below it with probability <paramref name="confidence"/>. Inverts the
    /// finite series for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
    /// </summary>
    public static double StudentQuantile(double confidence, int degrees)
    {
        // In the angle atan(t / sqrt(degrees)) the range is finite.
        double low = 0, high = Math.PI / 2;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            if (StudentProbability(middle, degrees) < confidence)
                low = middle;
            else
                high = middle;
        }

        return Math.Tan(high) * Math.Sqrt(degrees);
    }

    private static double StudentProbability(double angle, int degrees)
    {
        var cosine = Math.Cos(angle);
        var isOdd = degrees % 2 == 1;
        var term = isOdd ? cosine : 1;
        var sum = degrees == 1 ? 0 : term;
        for (var k = isOdd ? 3 : 2; k < degrees; k += 2)
        {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }

        var series = Math.Sin(angle) * sum;
        return isOdd ? 2 / Math.PI * (angle + series) : series;
    }
}
