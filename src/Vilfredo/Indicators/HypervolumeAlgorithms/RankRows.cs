using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Indicators;

/// <summary>A point as the ranks of its values, one lane per objective, in one vector; unused lanes are zero.</summary>
internal unsafe interface IRankRow<TSelf>
    where TSelf : unmanaged, IRankRow<TSelf>
{
    /// <summary>Lanes of the vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The largest rank that a lane holds.</summary>
    static abstract int MaxRank { get; }

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>One bit per lane: whether <paramref name="a"/> is at least <paramref name="b"/>.</summary>
    static abstract uint AtLeast(TSelf a, TSelf b);

    static abstract int Get(TSelf* row, int lane);

    static abstract void Set(TSelf* row, int lane, int rank);

    /// <summary>Makes a lane all ones, for masks.</summary>
    static abstract void Fill(TSelf* row, int lane);
}

internal readonly unsafe struct ByteRow(Vector128<byte> ranks) : IRankRow<ByteRow>
{
    private readonly Vector128<byte> ranks = ranks;

    public static int Lanes => Vector128<byte>.Count;

    public static int MaxRank => byte.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteRow And(ByteRow a, ByteRow b) => new(a.ranks & b.ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteRow Max(ByteRow a, ByteRow b) => new(Vector128.Max(a.ranks, b.ranks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(ByteRow a, ByteRow b) =>
        Vector128.Equals(Vector128.Max(a.ranks, b.ranks), a.ranks).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(ByteRow* row, int lane) => ((byte*)row)[lane];

    public static void Set(ByteRow* row, int lane, int rank) => ((byte*)row)[lane] = (byte)rank;

    public static void Fill(ByteRow* row, int lane) => ((byte*)row)[lane] = byte.MaxValue;
}

internal readonly unsafe struct NarrowRow(Vector128<ushort> ranks) : IRankRow<NarrowRow>
{
    private readonly Vector128<ushort> ranks = ranks;

    public static int Lanes => Vector128<ushort>.Count;

    public static int MaxRank => ushort.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowRow And(NarrowRow a, NarrowRow b) => new(a.ranks & b.ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowRow Max(NarrowRow a, NarrowRow b) => new(Vector128.Max(a.ranks, b.ranks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(NarrowRow a, NarrowRow b) =>
        Vector128.Equals(Vector128.Max(a.ranks, b.ranks), a.ranks).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(NarrowRow* row, int lane) => ((ushort*)row)[lane];

    public static void Set(NarrowRow* row, int lane, int rank) => ((ushort*)row)[lane] = (ushort)rank;

    public static void Fill(NarrowRow* row, int lane) => ((ushort*)row)[lane] = ushort.MaxValue;
}

internal readonly unsafe struct WideRow(Vector512<int> ranks) : IRankRow<WideRow>
{
    private readonly Vector512<int> ranks = ranks;

    public static int Lanes => Vector512<int>.Count;

    public static int MaxRank => int.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRow And(WideRow a, WideRow b) => new(a.ranks & b.ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRow Max(WideRow a, WideRow b) => new(Vector512.Max(a.ranks, b.ranks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(WideRow a, WideRow b) =>
        (uint)Vector512.GreaterThanOrEqual(a.ranks, b.ranks).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(WideRow* row, int lane) => ((int*)row)[lane];

    public static void Set(WideRow* row, int lane, int rank) => ((int*)row)[lane] = rank;

    public static void Fill(WideRow* row, int lane) => ((int*)row)[lane] = -1;
}
