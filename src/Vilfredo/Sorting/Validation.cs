using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Sorting;

/// <summary>The checks of <see cref="PointMatrix"/> at the speed that sorting needs.</summary>
internal static class Validation
{
    /// <summary>Like <see cref="PointMatrix.Validate"/>, with one vector pass; the slow check runs only to name the culprit.</summary>
    public static int CountRows(ReadOnlySpan<double> points, int objectives)
    {
        if (objectives >= 1 && points.Length % objectives == 0 && !HasNaN(points))
            return points.Length / objectives;
        return PointMatrix.Validate(points, objectives);
    }

    private static bool HasNaN(ReadOnlySpan<double> values)
    {
        var nan = Vector256<double>.Zero;
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var value = Vector256.LoadUnsafe(ref first, (nuint)i);
            nan |= ~Vector256.Equals(value, value);
        }

        var found = nan.AsInt64() != Vector256<long>.Zero;
        for (; i < values.Length; i++)
            found |= double.IsNaN(values[i]);
        return found;
    }
}
