using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>The two inner loops of dense linear algebra.</summary>
internal static class DenseVectors
{
    /// <summary>The sum of the products over the length of <paramref name="a"/>; <paramref name="b"/> may be longer.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        nuint i = 0;
        for (; i + 16 <= (nuint)a.Length; i += 16)
        {
            sum0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), sum0);
            sum1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 4), Vector256.LoadUnsafe(ref y, i + 4), sum1);
            sum2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 8), Vector256.LoadUnsafe(ref y, i + 8), sum2);
            sum3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 12), Vector256.LoadUnsafe(ref y, i + 12), sum3);
        }

        for (; i + 4 <= (nuint)a.Length; i += 4)
            sum0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), sum0);
        var sum = Vector256.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < (nuint)a.Length; i++) sum += a[(int)i] * b[(int)i];
        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="a"/> to the first elements of <paramref name="target"/>.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> target)
    {
        target = target[..a.Length];
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(target);
        var factors = Vector256.Create(factor);
        nuint i = 0;
        for (; i + 4 <= (nuint)a.Length; i += 4)
            Vector256.FusedMultiplyAdd(factors, Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref y, i);
        for (; i < (nuint)a.Length; i++) target[(int)i] += factor * a[(int)i];
    }
}
