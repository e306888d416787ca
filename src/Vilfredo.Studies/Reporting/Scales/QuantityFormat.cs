using System.Globalization;

namespace Vilfredo.Studies.Reporting;

/// <summary>
/// How the numbers of one column or axis are written: one unit prefix for all of them (so that they can be compared at a
/// glance), few significant digits, and the same number of decimals wherever the range allows it.
/// </summary>
/// <remarks>
/// Bytes get binary prefixes (KiB, MiB); seconds only the small ones (ms, µs, ns); energy, power, frequency, mass and FLOPs
/// the decimal ones. Any other unit, and one that already carries a prefix, is left as the user wrote it.
/// </remarks>
public sealed class QuantityFormat
{
    private const double LargestPlain = 1e7; // from here on numbers are written as 1.234e7
    private const double SmallestPlain = 1e-4;

    private QuantityFormat(string? unit, double divisor, int? decimals, int significantDigits)
    {
        Unit = unit;
        Divisor = divisor;
        Decimals = decimals;
        SignificantDigits = significantDigits;
    }

    /// <summary>The unit that the written numbers are in, with its prefix, or <see langword="null"/> when there is none.</summary>
    public string? Unit { get; }

    /// <summary>What a value is divided by before it is written: 1048576 when bytes are shown as MiB.</summary>
    public double Divisor { get; }

    /// <summary>Decimals of every number, or <see langword="null"/> when the range is so wide that each number gets its own.</summary>
    public int? Decimals { get; }

    /// <summary>Significant digits where each number has its own decimals.</summary>
    public int SignificantDigits { get; }

    /// <summary>Chooses prefix and decimals for a set of values.</summary>
    /// <param name="values">The values of the column; what is not finite is ignored.</param>
    /// <param name="unit">Their unit, or <see langword="null"/>.</param>
    /// <param name="significantDigits">Digits that the smallest value should keep, 2 to 15.</param>
    public static QuantityFormat ForColumn(IEnumerable<double> values, string? unit = null, int significantDigits = 4)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(significantDigits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(significantDigits, 15);

        var sizes = values.Where(value => double.IsFinite(value) && value != 0).Select(Math.Abs).ToArray();
        if (sizes.Length == 0)
            return new QuantityFormat(string.IsNullOrWhiteSpace(unit) ? null : unit, 1, 0, significantDigits);

        var prefix = UnitPrefixes.Choose(unit, sizes.Min(), sizes.Max());
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] /= prefix.Divisor;
        return new QuantityFormat(prefix.Unit, prefix.Divisor, ChooseDecimals(sizes, significantDigits), significantDigits);
    }

    /// <summary>Writes a value without its unit, as in a table's cell.</summary>
    public string Format(double value)
    {
        var shown = value / Divisor;
        return Decimals is { } decimals ? Fixed(shown, decimals) : Significant(shown, SignificantDigits);
    }

    /// <summary>Writes a value with its unit, as in a sentence: <c>1.25 MiB</c>.</summary>
    public string FormatWithUnit(double value) => Unit switch
    {
        null => Format(value),
        "%" => Format(value) + "%",
        "$" => "$" + Format(value),
        _ => $"{Format(value)} {Unit}",
    };

    /// <summary>A column's or axis' title: the name with the unit in brackets.</summary>
    public string Label(string name) => Unit is null ? name : $"{name} [{Unit}]";

    /// <summary>Writes a number with a given count of significant digits and no trailing zeros: <c>0.0125</c>, <c>1.2e-9</c>.</summary>
    public static string Significant(double value, int digits)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);

        var size = Math.Abs(value);
        if (size is < SmallestPlain or >= LargestPlain)
            return value.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture);

        var decimals = Math.Max(0, digits - 1 - Exponent(size));
        var text = Fixed(value, decimals);
        return decimals > 0 ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    private static string Fixed(double value, int decimals)
    {
        var grouped = Math.Abs(value) >= 10_000;
        var text = value.ToString((grouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.AsSpan().TrimStart('-').IndexOfAnyExcept("0.") < 0 ? text.TrimStart('-') : text; // no "-0.00"
    }

    private static int? ChooseDecimals(double[] sizes, int significantDigits)
    {
        var smallest = sizes.Min();
        var largest = sizes.Max();
        if (largest < 1e12 && sizes.All(size => size == Math.Floor(size)))
            return 0;
        if (largest >= LargestPlain)
            return null;

        // The smallest value keeps as many digits as fit, but at least two, while the largest stays readable.
        for (var digits = significantDigits; digits >= 2; digits--)
        {
            var decimals = Math.Max(0, digits - 1 - Exponent(smallest));
            var width = Math.Max(0, Exponent(largest)) + 1 + decimals;
            if (width <= significantDigits + (digits > 2 ? 1 : 2) || decimals == 0)
                return WithoutTrailingZeros(sizes, decimals);
        }

        return null;
    }

    private static int WithoutTrailingZeros(double[] sizes, int decimals)
    {
        while (decimals > 0 && sizes.All(size => EndsInZero(size, decimals)))
            decimals--;
        return decimals;
    }

    private static bool EndsInZero(double size, int decimals) =>
        size.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).EndsWith('0');

    private static int Exponent(double size) => (int)Math.Floor(Math.Log10(size));
}
