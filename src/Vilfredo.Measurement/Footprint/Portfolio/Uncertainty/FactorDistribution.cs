namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>What is known of an uncertain factor.</summary>
public sealed record FactorDistribution
{
    // 5 % and 95 % of a normal distribution.
    private const double NinetyPercent = 1.6448536269514722;
    private readonly double sigma;

    private FactorDistribution(double low, double high, double sigma, string description)
    {
        (Low, High, this.sigma) = (low, high, sigma);
        Description = description;
    }

    /// <summary>A low value: the least one, or the 5 % quantile where there is none.</summary>
    public double Low { get; }

    /// <summary>A high value: the largest one, or the 95 % quantile where there is none.</summary>
    public double High { get; }

    /// <summary>The distribution in words.</summary>
    public string Description { get; }

    /// <summary>All values between two are as likely.</summary>
    public static FactorDistribution Uniform(double low, double high) => double.IsFinite(low) && high >= low && double.IsFinite(high)
        ? new(low, high, 0, FormattableString.Invariant($"uniform from {low:G4} to {high:G4}"))
        : throw new ArgumentOutOfRangeException(nameof(high), FormattableString.Invariant($"A uniform factor lies between its least and its largest value, not between {low} and {high}."));

    /// <summary>The logarithm is normal around 0: the median is 1.</summary>
    /// <param name="sigma">Standard deviation of the natural logarithm, above 0.</param>
    public static FactorDistribution LogNormal(double sigma) => new(
        Math.Exp(-NinetyPercent * Quantity.Positive(sigma, nameof(sigma), "(sigma)")), Math.Exp(NinetyPercent * sigma), sigma, FormattableString.Invariant($"log-normal, median 1, sigma {sigma:G4}"));

    /// <summary>Draws a value.</summary>
    public double Draw(RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return sigma > 0 ? Math.Exp(sigma * random.NextNormal()) : random.NextDouble(Low, High);
    }
}
