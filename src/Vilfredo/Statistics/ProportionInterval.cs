namespace Vilfredo.Statistics;

/// <summary>A 95 % confidence interval of a share.</summary>
/// <param name="Lower">The lower end, at least 0.</param>
/// <param name="Upper">The upper end, at most 1.</param>
public readonly record struct ProportionInterval(double Lower, double Upper)
{
    private const double Quantile = 1.959963984540054; // of the standard normal distribution at 0.975

    /// <summary>Wilson's score interval (E. B. Wilson, JASA 22, 1927), which is sound for shares of 0 and 1 too.</summary>
    /// <param name="hits">How often it happened, 0 to <paramref name="count"/>.</param>
    /// <param name="count">How often it could have, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ProportionInterval Wilson(int hits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        var (share, square) = ((double)hits / count, Quantile * Quantile);
        var center = (share + square / (2 * count)) / (1 + square / count);
        var half = Quantile / (1 + square / count) * Math.Sqrt(share * (1 - share) / count + square / (4.0 * count * count));
        return new(hits == 0 ? 0 : center - half, hits == count ? 1 : center + half);
    }
}
