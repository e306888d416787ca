using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo.Neural.Fused;

/// <summary>Products of small matrices, and the exponential, over vectors of the processor's width.</summary>
internal static class VectorMath
{
    /// <summary>The rows that <see cref="Product"/> makes at a time.</summary>
    public const int Rows = 4;

    /// <summary>c = a b for four rows of a, so that four rows of vectors stay in registers while b goes by once.</summary>
    /// <param name="a">The first of the factors.</param>
    /// <param name="aRow">How many numbers on the next row's factor is.</param>
    /// <param name="aStep">How many numbers on the next factor of the same row is.</param>
    /// <param name="b">Rows of <paramref name="bRow"/> vectors.</param>
    /// <param name="bRow">The vectors from one row of b to the next.</param>
    /// <param name="c">Four rows of at least <paramref name="columns"/> vectors, overwritten.</param>
    /// <param name="cRow">The vectors from one row of c to the next.</param>
    /// <param name="columns">The vectors of a row.</param>
    /// <param name="depth">The rows of b.</param>
    public static void Product(ref float a, int aRow, int aStep, ref Vector<float> b, int bRow, ref Vector<float> c, int cRow, int columns, int depth)
    {
        var column = 0;
        for (; column + 4 <= columns; column += 4)
            FourColumns(ref a, aRow, aStep, ref Unsafe.Add(ref b, column), bRow, ref Unsafe.Add(ref c, column), cRow, depth);
        for (; column < columns; column++)
            OneColumn(ref a, aRow, aStep, ref Unsafe.Add(ref b, column), bRow, ref Unsafe.Add(ref c, column), cRow, depth);
    }

    /// <summary>e to the power of each number, to a few units in the last place; numbers below -87 give about 1e-38.</summary>
    /// <remarks>2^n times the Taylor polynomial of e^r, with x = n ln 2 + r and |r| at most ln(2)/2.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, new(-87f)), new(88f));
        var n = Vector.Round(x * 1.44269504f);
        var r = x - n * 0.693359375f + n * 2.12194440e-4f; // ln 2 in two parts, so that the first product is exact
        var p = Vector.FusedMultiplyAdd(r, new(1f / 5040), new(1f / 720));
        foreach (var coefficient in (ReadOnlySpan<float>)[1f / 120, 1f / 24, 1f / 6, 1f / 2, 1, 1])
            p = Vector.FusedMultiplyAdd(p, r, new(coefficient));
        return p * Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32(n) + new Vector<int>(127), 23));
    }

    private static void FourColumns(ref float a, int aRow, int aStep, ref Vector<float> b, int bRow, ref Vector<float> c, int cRow, int depth)
    {
        Vector<float> c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        Vector<float> c20 = default, c21 = default, c22 = default, c23 = default, c30 = default, c31 = default, c32 = default, c33 = default;
        ref var factor = ref a;
        ref var row = ref b;
        for (var k = 0; k < depth; k++)
        {
            Vector<float> b0 = row, b1 = Unsafe.Add(ref row, 1), b2 = Unsafe.Add(ref row, 2), b3 = Unsafe.Add(ref row, 3);
            var f = new Vector<float>(factor);
            (c00, c01, c02, c03) = (Vector.FusedMultiplyAdd(f, b0, c00), Vector.FusedMultiplyAdd(f, b1, c01), Vector.FusedMultiplyAdd(f, b2, c02), Vector.FusedMultiplyAdd(f, b3, c03));
            f = new Vector<float>(Unsafe.Add(ref factor, aRow));
            (c10, c11, c12, c13) = (Vector.FusedMultiplyAdd(f, b0, c10), Vector.FusedMultiplyAdd(f, b1, c11), Vector.FusedMultiplyAdd(f, b2, c12), Vector.FusedMultiplyAdd(f, b3, c13));
            f = new Vector<float>(Unsafe.Add(ref factor, 2 * aRow));
            (c20, c21, c22, c23) = (Vector.FusedMultiplyAdd(f, b0, c20), Vector.FusedMultiplyAdd(f, b1, c21), Vector.FusedMultiplyAdd(f, b2, c22), Vector.FusedMultiplyAdd(f, b3, c23));
            f = new Vector<float>(Unsafe.Add(ref factor, 3 * aRow));
            (c30, c31, c32, c33) = (Vector.FusedMultiplyAdd(f, b0, c30), Vector.FusedMultiplyAdd(f, b1, c31), Vector.FusedMultiplyAdd(f, b2, c32), Vector.FusedMultiplyAdd(f, b3, c33));
            factor = ref Unsafe.Add(ref factor, aStep);
            row = ref Unsafe.Add(ref row, bRow);
        }

        Store(ref c, c00, c01, c02, c03);
        Store(ref Unsafe.Add(ref c, cRow), c10, c11, c12, c13);
        Store(ref Unsafe.Add(ref c, 2 * cRow), c20, c21, c22, c23);
        Store(ref Unsafe.Add(ref c, 3 * cRow), c30, c31, c32, c33);
    }

    private static void Store(ref Vector<float> to, Vector<float> first, Vector<float> second, Vector<float> third, Vector<float> fourth)
    {
        to = first;
        Unsafe.Add(ref to, 1) = second;
        Unsafe.Add(ref to, 2) = third;
        Unsafe.Add(ref to, 3) = fourth;
    }

    private static void OneColumn(ref float a, int aRow, int aStep, ref Vector<float> b, int bRow, ref Vector<float> c, int cRow, int depth)
    {
        Vector<float> c0 = default, c1 = default, c2 = default, c3 = default;
        ref var factor = ref a;
        for (var k = 0; k < depth; k++)
        {
            var row = Unsafe.Add(ref b, k * bRow);
            c0 = Vector.FusedMultiplyAdd(new(factor), row, c0);
            c1 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref factor, aRow)), row, c1);
            c2 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref factor, 2 * aRow)), row, c2);
            c3 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref factor, 3 * aRow)), row, c3);
            factor = ref Unsafe.Add(ref factor, aStep);
        }

        c = c0;
        Unsafe.Add(ref c, cRow) = c1;
        Unsafe.Add(ref c, 2 * cRow) = c2;
        Unsafe.Add(ref c, 3 * cRow) = c3;
    }
}
