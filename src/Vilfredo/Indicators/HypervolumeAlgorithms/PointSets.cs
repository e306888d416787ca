using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Indicators;

/// <summary>A set of up to <see cref="Capacity"/> points as bits, the first point in the lowest.</summary>
internal unsafe interface IPointSet<TSelf>
    where TSelf : unmanaged, IPointSet<TSelf>
{
    static abstract int Capacity { get; }

    static abstract TSelf Intersect(TSelf a, TSelf b);

    static abstract bool IsEmpty(TSelf set);

    /// <summary>The first point of a set that is not empty.</summary>
    static abstract int First(TSelf* set);
}

internal readonly unsafe struct PointSet64(ulong bits) : IPointSet<PointSet64>
{
    private readonly ulong bits = bits;

    public static int Capacity => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointSet64 Intersect(PointSet64 a, PointSet64 b) => new(a.bits & b.bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEmpty(PointSet64 set) => set.bits == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(PointSet64* set) => BitOperations.TrailingZeroCount(set->bits);
}

internal readonly unsafe struct PointSet128(Vector128<ulong> bits) : IPointSet<PointSet128>
{
    private readonly Vector128<ulong> bits = bits;

    public static int Capacity => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointSet128 Intersect(PointSet128 a, PointSet128 b) => new(a.bits & b.bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEmpty(PointSet128 set) => set.bits == Vector128<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(PointSet128* set) => FirstBit.Of((ulong*)set);
}

internal readonly unsafe struct PointSet256(Vector256<ulong> bits) : IPointSet<PointSet256>
{
    private readonly Vector256<ulong> bits = bits;

    public static int Capacity => 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointSet256 Intersect(PointSet256 a, PointSet256 b) => new(a.bits & b.bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEmpty(PointSet256 set) => set.bits == Vector256<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(PointSet256* set) => FirstBit.Of((ulong*)set);
}

internal readonly unsafe struct PointSet512(Vector512<ulong> bits) : IPointSet<PointSet512>
{
    private readonly Vector512<ulong> bits = bits;

    public static int Capacity => 512;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointSet512 Intersect(PointSet512 a, PointSet512 b) => new(a.bits & b.bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEmpty(PointSet512 set) => set.bits == Vector512<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(PointSet512* set) => FirstBit.Of((ulong*)set);
}

internal static unsafe class FirstBit
{
    /// <summary>The position of the lowest bit set; there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(ulong* words)
    {
        var word = 0;
        while (words[word] == 0)
            word++;
        return (word << 6) + BitOperations.TrailingZeroCount(words[word]);
    }
}
