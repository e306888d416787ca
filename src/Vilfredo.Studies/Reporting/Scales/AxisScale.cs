namespace Vilfredo.Studies.Reporting;

/// <summary>
/// An axis: its range, whether it is logarithmic, its unit prefix and its ticks. Shared by every picture, so that a study
/// looks the same in a terminal, a figure and a page.
/// </summary>
public sealed class AxisScale
{
    /// <summary>The axis becomes logarithmic by itself when the largest value is more than this many times the smallest.</summary>
    public const double LogarithmicFrom = 100;

    private const double Margin = 0.04; // of the axis, on both sides

    private AxisScale(double minimum, double maximum, bool logarithmic, QuantityFormat format)
    {
        Minimum = minimum;
        Maximum = maximum;
        IsLogarithmic = logarithmic;
        Format = format;
    }

    /// <summary>The value at the low end, a little below the smallest value shown.</summary>
    public double Minimum { get; }

    /// <summary>The value at the high end, a little above the largest value shown.</summary>
    public double Maximum { get; }

    /// <summary>Whether equal steps are equal factors.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>How values along the axis are written.</summary>
    public QuantityFormat Format { get; }

    /// <summary>Fits an axis to the values that it must show.</summary>
    /// <param name="values">The values; what is not finite is ignored. None at all gives 0 to 1.</param>
    /// <param name="unit">Their unit, or <see langword="null"/>.</param>
    /// <param name="logarithmic">
    /// <see langword="null"/> chooses: logarithmic for positive values that span more than two decades. A logarithmic axis
    /// that is asked for but impossible (a value is not positive) is linear.
    /// </param>
    public static AxisScale Fit(IEnumerable<double> values, string? unit = null, bool? logarithmic = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            return new AxisScale(0, 1, false, QuantityFormat.ForColumn([], unit));

        var low = finite.Min();
        var high = finite.Max();
        var format = QuantityFormat.ForColumn(finite, unit);
        if (low > 0 && (logarithmic ?? low < high / LogarithmicFrom))
        {
            var pad = low == high ? 0.3 : Margin * (Math.Log10(high) - Math.Log10(low));
            var bottom = Math.Max(low * Math.Pow(10, -pad), double.Epsilon);
            return new AxisScale(bottom, Bounded(high * Math.Pow(10, pad)), true, format);
        }

        // Halves, so that a range as wide as the numbers themselves does not overflow.
        var margin = low == high ? (low == 0 ? 1 : Math.Abs(low) * 0.1) : 2 * Margin * (high / 2 - low / 2);
        return new AxisScale(Bounded(low - margin), Bounded(high + margin), false, format);
    }

    /// <summary>How far along the axis a value is: 0 at <see cref="Minimum"/>, 1 at <see cref="Maximum"/>.</summary>
    public double Fraction(double value)
    {
        var low = Coordinate(Minimum);
        var high = Coordinate(Maximum);
        return (Coordinate(value) / 2 - low / 2) / (high / 2 - low / 2);
    }

    /// <summary>The value on a ruler where equal distances look equal: the shown number, or its decimal logarithm.</summary>
    public double Coordinate(double value)
    {
        var shown = value / Format.Divisor;
        return IsLogarithmic ? Math.Log10(shown) : shown;
    }

    /// <summary>Round places within the range.</summary>
    /// <param name="wanted">About how many fit, at least 2.</param>
    public IReadOnlyList<AxisTick> Ticks(int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 2);
        var low = Minimum / Format.Divisor;
        var high = Maximum / Format.Divisor;
        var shown = IsLogarithmic ? LogarithmicTicks(low, high, wanted) : LinearTicks(low, high, wanted);
        return [.. shown.Select(value => new AxisTick(value * Format.Divisor, QuantityFormat.Significant(value, 6)))];
    }

    private static List<double> LinearTicks(double low, double high, int wanted)
    {
        var rough = (high / wanted) - (low / wanted);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;

        var ticks = new List<double>();
        for (var i = Math.Ceiling(low / step); i * step <= high && ticks.Count <= 2 * wanted; i++)
            ticks.Add(Rounded(i * step, step));

        // A range that is shorter than the step may lie between two round places; the next finer step finds one.
        return ticks.Count > 0 || !(step > 0) ? ticks : LinearTicks(low, high, 2 * wanted);
    }

    private static List<double> LogarithmicTicks(double low, double high, int wanted)
    {
        var decades = Math.Log10(high) - Math.Log10(low);
        double[] mantissas = decades * 3 <= wanted ? [1, 2, 5] : decades * 2 <= wanted ? [1, 3] : [1];
        var stride = Math.Max(1, (int)Math.Round(decades / wanted)); // only every second, third... decade on wide axes
        var ticks = new List<double>();
        for (var exponent = (int)Math.Floor(Math.Log10(low)); exponent <= Math.Log10(high); exponent++)
        {
            if (exponent % stride != 0)
                continue;
            foreach (var mantissa in mantissas)
            {
                var value = Rounded(mantissa * Math.Pow(10, exponent), Math.Pow(10, exponent));
                if (value >= low && value <= high)
                    ticks.Add(value);
            }
        }

        // Less than a decade may fall between the round mantissas; linear ticks are right there.
        return ticks.Count >= 2 ? ticks : LinearTicks(low, high, wanted);
    }

    // Multiples of a power of ten come out as 0.30000000000000004; the digits beyond the step's own are noise.
    private static double Rounded(double value, double step)
    {
        var decimals = 1 - (int)Math.Floor(Math.Log10(step));
        return decimals is >= 0 and <= 15 ? Math.Round(value, decimals) : value;
    }

    private static double Bounded(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);
}
