using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>
/// How far one point is from another, built up objective by objective; the smallest value over a set is what most
/// indicators need. Equal coordinates count as no difference even when both are infinite.
/// </summary>
internal interface IPairMeasure
{
    /// <summary>The value before the first objective; no pair has a smaller one.</summary>
    static abstract double Start { get; }

    /// <summary>Adds one objective: the query's value against those of a block of members.</summary>
    static abstract Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members);
}

/// <summary>Squared Euclidean distance.</summary>
internal readonly struct SquaredDistance : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members)
    {
        var difference = PairMeasure.Difference(query, members);
        return total + difference * difference;
    }
}

/// <summary>Squared length of the part of the query that is worse than the member: the query is the approximation.</summary>
internal readonly struct SquaredExcessOfQuery : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members)
    {
        var excess = Vector.Max(PairMeasure.Difference(query, members), Vector<double>.Zero);
        return total + excess * excess;
    }
}

/// <summary>Squared length of the part of the member that is worse than the query: the member is the approximation.</summary>
internal readonly struct SquaredExcessOfMember : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members)
    {
        var excess = Vector.Max(PairMeasure.Difference(members, query), Vector<double>.Zero);
        return total + excess * excess;
    }
}

/// <summary>Manhattan distance.</summary>
internal readonly struct ManhattanDistance : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members) =>
        total + Vector.Abs(PairMeasure.Difference(query, members));
}

/// <summary>The largest amount by which the member is worse than the query.</summary>
internal readonly struct LargestExcessOfMember : IPairMeasure
{
    public static double Start => double.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members) =>
        Vector.Max(total, PairMeasure.Difference(members, query));
}

/// <summary>The largest factor by which the member is worse than the query; all values positive.</summary>
internal readonly struct LargestRatioOfMember : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members)
    {
        var ratio = Vector.ConditionalSelect(Vector.Equals(members, query), Vector<double>.One, members / query);
        return Vector.Max(total, ratio);
    }
}

/// <summary>The largest product of the query (a weight vector) and the member; a zero weight ignores even infinity.</summary>
internal readonly struct LargestWeightedMember : IPairMeasure
{
    public static double Start => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> total, Vector<double> query, Vector<double> members)
    {
        var zero = Vector<double>.Zero;
        return Vector.Max(total, Vector.ConditionalSelect(Vector.Equals(query, zero), zero, query * members));
    }
}

/// <summary>What the measures share.</summary>
internal static class PairMeasure
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Difference(Vector<double> a, Vector<double> b) =>
        Vector.ConditionalSelect(Vector.Equals(a, b), Vector<double>.Zero, a - b);
}
