using System.Buffers;
using System.Globalization;
using System.Text;

namespace Vilfredo.IO;

/// <summary>Numbers as text, exact in both directions and independent of the machine's language.</summary>
/// <remarks>
/// Accepted: an optional sign, decimal digits with at most one point, an optional exponent (<c>1</c>, <c>-.5</c>,
/// <c>3.</c>, <c>6.02e+23</c>), and <c>inf</c> or <c>infinity</c> with an optional sign, in any case. The value is the
/// double nearest to the text. A finite text beyond the range of a double is refused, not rounded to infinity; one below
/// the range rounds to zero.
/// </remarks>
public static class NumberText
{
    private const NumberStyles Decimal =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Integers up to 2^53 and the powers of ten up to 10^22 are exact doubles, so one product or quotient of the two is
    // correctly rounded (Clinger, How to read floating point numbers accurately, PLDI 1990). Most short numbers end here.
    private const ulong LargestExactInteger = 1UL << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number from UTF-8 text without surrounding white space.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The nearest double, or 0 when the text is refused.</param>
    /// <returns>Why the text is refused, or <see cref="NumberProblem.None"/>.</returns>
    public static NumberProblem Parse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryParseShort(text, out value))
            return NumberProblem.None;

        value = 0;
        if (text.IsEmpty)
            return NumberProblem.NotANumber;
        var unsigned = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (unsigned.IsEmpty)
            return NumberProblem.NotANumber;
        if (!char.IsAsciiDigit((char)unsigned[0]) && unsigned[0] != (byte)'.')
            return ParseWord(unsigned, negative: text[0] == (byte)'-', out value);

        // The framework tolerates trailing zero bytes; a text file with those is damaged.
        if (text[^1] == 0 || !double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value))
        {
            value = 0;
            return NumberProblem.NotANumber;
        }

        if (double.IsFinite(value))
            return NumberProblem.None;
        value = 0;
        return NumberProblem.OutOfRange;
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, out double)"/>
    public static NumberProblem Parse(ReadOnlySpan<char> text, out double value)
    {
        Span<byte> utf8 = text.Length <= 128 ? stackalloc byte[128] : new byte[text.Length];
        if (Ascii.FromUtf16(text, utf8, out var written) == OperationStatus.Done)
            return Parse(utf8[..written], out value);
        value = 0;
        return NumberProblem.NotANumber;
    }

    /// <summary>
    /// The shortest text that reads back as exactly <paramref name="value"/>; infinities are <c>inf</c> and <c>-inf</c>,
    /// which C's <c>strtod</c>, NumPy and R read as well.
    /// </summary>
    public static string Format(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static NumberProblem ParseWord(ReadOnlySpan<byte> word, bool negative, out double value)
    {
        value = 0;
        if (Ascii.EqualsIgnoreCase(word, "nan"u8))
            return NumberProblem.NaN;
        if (!Ascii.EqualsIgnoreCase(word, "inf"u8) && !Ascii.EqualsIgnoreCase(word, "infinity"u8))
            return NumberProblem.NotANumber;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return NumberProblem.None;
    }

    /// <summary>Reads a number whose digits form an exact integer and whose scale is an exact power of ten.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var i = 0;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+')
            negative = text[i++] == (byte)'-';

        ulong digits = 0;
        var count = 0;
        var fraction = 0;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++, count++)
            digits = digits * 10 + (uint)(text[i] - '0');
        if (i < text.Length && text[i] == (byte)'.')
        {
            var first = ++i;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
                digits = digits * 10 + (uint)(text[i] - '0');
            fraction = i - first;
            count += fraction;
        }

        // Nineteen decimal digits always fit the 64-bit integer; beyond that it may have wrapped around.
        if (count is 0 or > 19 || digits > LargestExactInteger)
            return false;

        var exponent = 0;
        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            i++;
            var negativeExponent = false;
            if (i < text.Length && text[i] is (byte)'-' or (byte)'+')
                negativeExponent = text[i++] == (byte)'-';
            var first = i;
            for (; i < text.Length && i - first < 3 && (uint)(text[i] - '0') <= 9; i++)
                exponent = exponent * 10 + (text[i] - '0');
            if (i == first)
                return false;
            if (negativeExponent)
                exponent = -exponent;
        }

        exponent -= fraction;
        if (i != text.Length || exponent is < -22 or > 22)
            return false;
        value = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
        if (negative)
            value = -value;
        return true;
    }
}
