using System.Globalization;

namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>An amount that is known to lie between two values.</summary>
public readonly record struct AmountRange
{
    /// <summary>Creates a range.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The largest value, at least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, not finite, or they are in the wrong order.</exception>
    public AmountRange(double low, double high)
    {
        Low = Quantity.NotNegative(low, nameof(low), "(low)");
        High = high >= low && double.IsFinite(high)
            ? high
            : throw new ArgumentOutOfRangeException(nameof(high), string.Create(CultureInfo.InvariantCulture, $"A range goes from its least to its largest value, not from {low} to {high}."));
    }

    /// <summary>A value that is known.</summary>
    public AmountRange(double value)
        : this(value, value)
    {
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The largest value.</summary>
    public double High { get; }

    /// <summary>Applies a function that does not fall to both ends.</summary>
    public AmountRange Map(Func<double, double> rising) => new(rising(Low), rising(High));

    /// <summary>Both together: lows add up, and highs.</summary>
    public AmountRange Add(AmountRange other) => new(Low + other.Low, High + other.High);
}
