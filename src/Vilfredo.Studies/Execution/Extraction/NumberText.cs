using System.Globalization;

namespace Vilfredo.Studies.Execution;

/// <summary>Reads a measurement from text: a finite decimal number in the invariant form, and nothing else.</summary>
internal static class NumberText
{
    /// <summary>Reads a number.</summary>
    /// <returns><see langword="false"/> with a <paramref name="problem"/> that goes behind what was read.</returns>
    public static bool TryParse(string text, out double value, out string problem)
    {
        problem = "";
        var trimmed = text.Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)) return true;
        problem = Explain(trimmed, value);
        value = 0;
        return false;
    }

    private static string Explain(string text, double parsed)
    {
        if (text.Length == 0) return "is empty";
        var bare = text.TrimStart('+', '-').ToUpperInvariant();
        if (bare.StartsWith("NAN", StringComparison.Ordinal)) return "is not a number, and NaN is no measurement";
        if (bare is "INF" or "INFINITY" or "∞" or "1.#INF") return "is infinite, which is no measurement";
        if (double.IsInfinity(parsed)) return "is beyond the largest number (about 1.8e308)";
        if (text.Contains(',')) return "has a comma; numbers are read with a decimal point and without group separators";
        return "is not a number; only digits, a sign, a decimal point and an exponent may be in it";
    }
}
