using System.Globalization;

namespace Vilfredo.Measurement.Footprint;

/// <summary>Checks of physical quantities.</summary>
internal static class Quantity
{
    public static double NotNegative(double value, string parameter, string unit) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(parameter, string.Create(CultureInfo.InvariantCulture, $"{value} {unit} is not a finite amount of at least 0."));

    public static double Positive(double value, string parameter, string unit) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(parameter, string.Create(CultureInfo.InvariantCulture, $"{value} {unit} is not a finite amount above 0."));

    public static double Fraction(double value, string parameter, string what) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(parameter, string.Create(CultureInfo.InvariantCulture, $"{what} is a share from 0 to 1, not {value}."));
}
