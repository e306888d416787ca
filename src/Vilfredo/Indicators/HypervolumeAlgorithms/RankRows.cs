using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Indicators;

/// <summary>
/// A whole number per objective in the lanes of one vector: a point as the ranks of its values, or a zone as the numbers of
/// its defining points. Unused lanes are zero.
/// </summary>
internal unsafe interface IRankRow<TSelf>
    where TSelf : unmanaged, IRankRow<TSelf>
{
    /// <summary>Lanes of the vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The largest number that a lane holds.</summary>
    static abstract int Largest { get; }

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>One bit per lane: whether <paramref name="a"/> is at least <paramref name="b"/>.</summary>
    static abstract uint AtLeast(TSelf a, TSelf b);

    static abstract int Get(TSelf* row, int lane);

    /// <summary>The row with one lane changed.</summary>
    static abstract TSelf With(TSelf row, int lane, int number);

    static abstract void Set(TSelf* row, int lane, int number);

    /// <summary>Makes a lane all ones, for masks.</summary>
    static abstract void Fill(TSelf* row, int lane);
}

internal readonly unsafe struct ByteRow(Vector128<byte> lanes) : IRankRow<ByteRow>
{
    private readonly Vector128<byte> lanes = lanes;

    public static int Lanes => Vector128<byte>.Count;

    public static int Largest => byte.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteRow And(ByteRow a, ByteRow b) => new(a.lanes & b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteRow Max(ByteRow a, ByteRow b) => new(Vector128.Max(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(ByteRow a, ByteRow b) =>
        Vector128.Equals(Vector128.Max(a.lanes, b.lanes), a.lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(ByteRow* row, int lane) => ((byte*)row)[lane];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteRow With(ByteRow row, int lane, int number) => new(Vector128.ConditionalSelect(
        Vector128.Equals(Vector128<byte>.Indices, Vector128.Create((byte)lane)), Vector128.Create((byte)number), row.lanes));

    public static void Set(ByteRow* row, int lane, int number) => ((byte*)row)[lane] = (byte)number;

    public static void Fill(ByteRow* row, int lane) => ((byte*)row)[lane] = byte.MaxValue;
}

internal readonly unsafe struct LongRow(Vector256<byte> lanes) : IRankRow<LongRow>
{
    private readonly Vector256<byte> lanes = lanes;

    public static int Lanes => Vector256<byte>.Count;

    public static int Largest => byte.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongRow And(LongRow a, LongRow b) => new(a.lanes & b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongRow Max(LongRow a, LongRow b) => new(Vector256.Max(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(LongRow a, LongRow b) =>
        Vector256.Equals(Vector256.Max(a.lanes, b.lanes), a.lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(LongRow* row, int lane) => ((byte*)row)[lane];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongRow With(LongRow row, int lane, int number) => new(Vector256.ConditionalSelect(
        Vector256.Equals(Vector256<byte>.Indices, Vector256.Create((byte)lane)), Vector256.Create((byte)number), row.lanes));

    public static void Set(LongRow* row, int lane, int number) => ((byte*)row)[lane] = (byte)number;

    public static void Fill(LongRow* row, int lane) => ((byte*)row)[lane] = byte.MaxValue;
}

internal readonly unsafe struct NarrowRow(Vector128<ushort> lanes) : IRankRow<NarrowRow>
{
    private readonly Vector128<ushort> lanes = lanes;

    public static int Lanes => Vector128<ushort>.Count;

    public static int Largest => ushort.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowRow And(NarrowRow a, NarrowRow b) => new(a.lanes & b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowRow Max(NarrowRow a, NarrowRow b) => new(Vector128.Max(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(NarrowRow a, NarrowRow b) =>
        Vector128.Equals(Vector128.Max(a.lanes, b.lanes), a.lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(NarrowRow* row, int lane) => ((ushort*)row)[lane];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowRow With(NarrowRow row, int lane, int number) => new(Vector128.ConditionalSelect(
        Vector128.Equals(Vector128<ushort>.Indices, Vector128.Create((ushort)lane)), Vector128.Create((ushort)number), row.lanes));

    public static void Set(NarrowRow* row, int lane, int number) => ((ushort*)row)[lane] = (ushort)number;

    public static void Fill(NarrowRow* row, int lane) => ((ushort*)row)[lane] = ushort.MaxValue;
}

internal readonly unsafe struct WideRow(Vector512<int> lanes) : IRankRow<WideRow>
{
    private readonly Vector512<int> lanes = lanes;

    public static int Lanes => Vector512<int>.Count;

    public static int Largest => int.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRow And(WideRow a, WideRow b) => new(a.lanes & b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRow Max(WideRow a, WideRow b) => new(Vector512.Max(a.lanes, b.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(WideRow a, WideRow b) =>
        (uint)Vector512.GreaterThanOrEqual(a.lanes, b.lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(WideRow* row, int lane) => ((int*)row)[lane];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideRow With(WideRow row, int lane, int number) => new(Vector512.ConditionalSelect(
        Vector512.Equals(Vector512<int>.Indices, Vector512.Create((int)lane)), Vector512.Create((int)number), row.lanes));

    public static void Set(WideRow* row, int lane, int number) => ((int*)row)[lane] = number;

    public static void Fill(WideRow* row, int lane) => ((int*)row)[lane] = -1;
}
