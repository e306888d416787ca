using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.Problems;

/// <summary>The sums over decision values that the test problems consist of, four values at a time.</summary>
internal static class RowSums
{
    /// <summary>One term of a sum, for several values at once.</summary>
    public interface ITerm
    {
        static abstract Vector256<double> Of(Vector256<double> x);
    }

    /// <summary>The sum of the terms of all values.</summary>
    public static double Sum<TTerm>(ReadOnlySpan<double> values)
        where TTerm : ITerm
    {
        var total = Vector256<double>.Zero;
        var i = 0;
        for (; i <= values.Length - 4; i += 4) total += TTerm.Of(Vector256.Create(values.Slice(i, 4)));

        var sum = Vector256.Sum(total);
        if (i == values.Length) return sum;

        // The rest, padded; the lanes beyond it are left out of the sum.
        Span<double> rest = stackalloc double[4];
        rest.Clear();
        values[i..].CopyTo(rest);
        TTerm.Of(Vector256.Create<double>(rest)).CopyTo(rest);
        for (var j = 0; j < values.Length - i; j++) sum += rest[j];
        return sum;
    }

    /// <summary>x.</summary>
    public readonly struct Identity : ITerm
    {
        public static Vector256<double> Of(Vector256<double> x) => x;
    }

    /// <summary>x^2 - 10 cos(4 pi x), of ZDT4.</summary>
    public readonly struct Rastrigin : ITerm
    {
        public static Vector256<double> Of(Vector256<double> x) => x * x - 10 * Vector256.Cos(4 * Math.PI * x);
    }

    /// <summary>(x - 1/2)^2 - cos(20 pi (x - 1/2)), of DTLZ1 and DTLZ3.</summary>
    public readonly struct CenteredRastrigin : ITerm
    {
        public static Vector256<double> Of(Vector256<double> x)
        {
            var d = x - Vector256.Create(0.5);
            return d * d - Vector256.Cos(20 * Math.PI * d);
        }
    }

    /// <summary>(x - 1/2)^2, of DTLZ2, DTLZ4 and DTLZ5.</summary>
    public readonly struct CenteredSquare : ITerm
    {
        public static Vector256<double> Of(Vector256<double> x)
        {
            var d = x - Vector256.Create(0.5);
            return d * d;
        }
    }

    /// <summary>x^0.1, of DTLZ6. Zero gives exp(-infinity) = 0.</summary>
    public readonly struct TenthRoot : ITerm
    {
        public static Vector256<double> Of(Vector256<double> x) => Vector256.Exp(0.1 * Vector256.Log(x));
    }
}
