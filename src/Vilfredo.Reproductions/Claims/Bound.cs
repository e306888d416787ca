using System.Globalization;

namespace Vilfredo.Reproductions;

/// <summary>The set of values that a claim allows: an interval, with or without its ends.</summary>
public sealed record Bound
{
    private Bound(double lower, double upper, bool includesEnds) => (Lower, Upper, IncludesEnds) = (lower, upper, includesEnds);

    /// <summary>The lower end; −∞ for none.</summary>
    public double Lower { get; }

    /// <summary>The upper end; +∞ for none.</summary>
    public double Upper { get; }

    /// <summary>Whether the ends are allowed too.</summary>
    public bool IncludesEnds { get; }

    /// <summary>≥ a value.</summary>
    public static Bound AtLeast(double value) => new(Checked(value), double.PositiveInfinity, true);

    /// <summary>≤ a value.</summary>
    public static Bound AtMost(double value) => new(double.NegativeInfinity, Checked(value), true);

    /// <summary>&gt; a value.</summary>
    public static Bound Above(double value) => new(Checked(value), double.PositiveInfinity, false);

    /// <summary>&lt; a value.</summary>
    public static Bound Below(double value) => new(double.NegativeInfinity, Checked(value), false);

    /// <summary>Between two values, ends included.</summary>
    /// <exception cref="ArgumentException">The upper end is below the lower one.</exception>
    public static Bound Between(double lower, double upper) => Checked(lower) <= Checked(upper)
        ? new(lower, upper, true)
        : throw new ArgumentException($"The upper end {upper} is below the lower end {lower}.", nameof(upper));

    /// <summary>Whether a value is allowed.</summary>
    public bool Allows(double value) => IncludesEnds ? value >= Lower && value <= Upper : value > Lower && value < Upper;

    /// <summary>For example <c>≥ 0.5</c>.</summary>
    public override string ToString()
    {
        var (low, high) = (Lower.ToString("G6", CultureInfo.InvariantCulture), Upper.ToString("G6", CultureInfo.InvariantCulture));
        if (double.IsPositiveInfinity(Upper)) return (IncludesEnds ? "≥ " : "> ") + low;
        return double.IsNegativeInfinity(Lower) ? (IncludesEnds ? "≤ " : "< ") + high : $"{low} to {high}";
    }

    private static double Checked(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A bound is finite.");
}
