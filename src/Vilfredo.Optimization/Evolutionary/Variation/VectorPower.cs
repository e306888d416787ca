using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Powers of positive numbers, four at a time, to a relative error below 1e-12 (1 + |exponent|).</summary>
/// <remarks>
/// x^y = 2^(y log2 x), with log2 from the series of artanh on [sqrt(1/2), sqrt(2)) and 2^f from the exponential series on
/// [-1/2, 1/2]. For operators whose results are random anyway: several times faster than correctly rounded functions.
/// </remarks>
internal static class VectorPower
{
    private const long HalfSquareRoot = 0x3FE6_A09E_667F_3BCD; // the bits of sqrt(1/2)
    private const double SmallestNormal = 2.2250738585072014E-308;
    private const double RoundingShift = 6755399441055744;
    private const double Log2E = 1.4426950408889634, Ln2 = 0.6931471805599453;

    /// <summary>
    /// <paramref name="x"/> to the power <paramref name="y"/>. Below the smallest normal number x counts as that number, and
    /// results beyond 2^-1000 and 2^1000 are cut to these.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Power(Vector256<double> x, Vector256<double> y) => Exp2(y * Log2(x));

    /// <summary>
    /// <paramref name="x"/> to the power of a whole number of at least 1, by squaring.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Power(Vector256<double> x, int y)
    {
        var result = Vector256<double>.One;
        for (; y > 1; y >>= 1)
        {
            if ((y & 1) != 0) result *= x;
            x *= x;
        }

        return result * x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Log2(Vector256<double> x)
    {
        // x = 2^exponent * mantissa with the mantissa in [sqrt(1/2), sqrt(2)).
        var bits = Vector256.Max(x, Vector256.Create(SmallestNormal)).AsInt64();
        var shifted = bits - Vector256.Create(HalfSquareRoot);
        var exponent = Vector256.ShiftRightArithmetic(shifted, 52);
        var mantissa = (bits - Vector256.ShiftLeft(exponent, 52)).AsDouble();

        // ln m = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + ...) with s = (m - 1) / (m + 1), at most 0.172.
        var s = (mantissa - Vector256<double>.One) / (mantissa + Vector256<double>.One);
        // Terms in pairs (Estrin's scheme), so that they do not wait for each other.
        var square = s * s;
        var fourth = square * square;
        var low = Add(Pair(1.0, 1.0 / 3, square), Pair(1.0 / 5, 1.0 / 7, square), fourth);
        var high = Add(Pair(1.0 / 9, 1.0 / 11, square), Vector256.Create(1.0 / 13), fourth);
        var series = Add(low, high, fourth * fourth);
        return Vector256.MultiplyAddEstimate(series * s, Vector256.Create(2 * Log2E), Vector256.ConvertToDouble(exponent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exp2(Vector256<double> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-1000.0)), Vector256.Create(1000.0));
        // Adding 1.5 * 2^52 rounds to a whole number, which then stands in the lowest bits.
        var rounded = x + Vector256.Create(RoundingShift);
        var t = (x - (rounded - Vector256.Create(RoundingShift))) * Ln2;
        var square = t * t;
        var fourth = square * square;
        var low = Add(Pair(1.0, 1.0, t), Pair(1.0 / 2, 1.0 / 6, t), square);
        var middle = Add(Pair(1.0 / 24, 1.0 / 120, t), Pair(1.0 / 720, 1.0 / 5040, t), square);
        var high = Add(Pair(1.0 / 40320, 1.0 / 362880, t), Vector256.Create(1.0 / 3628800), square);
        var series = Add(low, Add(middle, high, fourth), fourth);

        // Adding to the exponent bits multiplies by a power of two.
        return (series.AsInt64() + Vector256.ShiftLeft(rounded.AsInt64(), 52)).AsDouble();
    }

    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(double a, double b, Vector256<double> x) =>
        Vector256.MultiplyAddEstimate(Vector256.Create(b), x, Vector256.Create(a));

    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Add(Vector256<double> a, Vector256<double> b, Vector256<double> x) =>
        Vector256.MultiplyAddEstimate(b, x, a);
}
