using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>
/// A measured value that may be right-censored: when the measurement was cut off, the value is only known to be at least the
/// limit. A timed-out run has the cost <c>&gt;=10</c>, never 10.
/// </summary>
/// <remarks>
/// <para>There is deliberately no arithmetic and no order on it: <c>&gt;=10</c> may be more or less than 12. What is certain
/// is told by <see cref="IsCertainlyLessThan"/>; <see cref="DisplayOrder"/> only puts rows of a table in order; means come
/// from <see cref="Statistics.CensoredSample"/>.</para>
/// <para>The text form is the number, with <c>&gt;=</c> before a censored one; it round-trips to the last bit.</para>
/// </remarks>
[JsonConverter(typeof(CensoredValueJsonConverter))]
public readonly record struct CensoredValue : ISpanParsable<CensoredValue>, IFormattable
{
    private CensoredValue(double value, bool isCensored)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value, "A measured value is finite; say that a measurement was cut off with CensoredValue.AtLeast(limit).");
        }

        Value = value;
        IsCensored = isCensored;
    }

    /// <summary>The measured value, or the limit that it is at least.</summary>
    public double Value { get; }

    /// <summary>Whether the true value is only known to be at least <see cref="Value"/>.</summary>
    public bool IsCensored { get; }

    /// <summary>
    /// Ascending by value, an exact value before a censored one of the same number: the order of events and losses in survival
    /// analysis. For display and sorting; it does not say which true value is smaller.
    /// </summary>
    public static IComparer<CensoredValue> DisplayOrder { get; } = Comparer<CensoredValue>.Create((a, b) =>
        a.Value != b.Value ? a.Value.CompareTo(b.Value) : a.IsCensored.CompareTo(b.IsCensored));

    /// <summary>A value that was measured.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or infinite.</exception>
    public static CensoredValue Exactly(double value) => new(value, isCensored: false);

    /// <summary>A value whose measurement was cut off at a limit.</summary>
    /// <param name="limit">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is NaN or infinite.</exception>
    public static CensoredValue AtLeast(double limit) => new(limit, isCensored: true);

    /// <summary>Whether the true value is smaller than the other's, whatever the censored part turns out to be.</summary>
    public bool IsCertainlyLessThan(CensoredValue other) => !IsCensored && Value < other.Value;

    /// <summary>Whether the true value is at most the other's, whatever the censored part turns out to be.</summary>
    public bool IsCertainlyAtMost(CensoredValue other) => !IsCensored && Value <= other.Value;

    /// <summary>The number, with <c>&gt;=</c> before a censored one: <c>3.5</c>, <c>&gt;=10</c>. Invariant and exact.</summary>
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    /// <summary>The number in a format of <see cref="double"/>, with <c>&gt;=</c> before a censored one.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider = null) =>
        (IsCensored ? ">=" : "") + Value.ToString(format, formatProvider ?? CultureInfo.InvariantCulture);

    /// <summary>Reads <c>3.5</c>, <c>&gt;=10</c> or <c>≥10</c>.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static CensoredValue Parse(string text) => Parse(text, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static CensoredValue Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc/>
    public static CensoredValue Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException($"'{s}' is neither a finite number such as 3.5 nor a lower limit such as >=10.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CensoredValue result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out CensoredValue result)
    {
        var number = s.Trim();
        var censored = true;
        if (number.StartsWith(">=")) number = number[2..];
        else if (number.StartsWith("≥")) number = number[1..];
        else censored = false;

        // A number that overflows, such as 1e400, parses to infinity and is refused with it.
        var valid = double.TryParse(number, NumberStyles.Float, provider ?? CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value);
        result = valid ? new CensoredValue(value, censored) : default;
        return valid;
    }
}
