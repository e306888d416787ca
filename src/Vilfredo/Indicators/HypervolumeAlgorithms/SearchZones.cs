using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>Hypervolume of four and more objectives by the tree of search zones.</summary>
/// <remarks>
/// <para>
/// Points arrive in ascending order of the last objective. What they leave undominated in the other D = d - 1 objectives
/// is the union of search zones {z &lt; u}, one per local upper bound u (Klamroth, Lacour and Vanderpooten, "On the
/// representation of the search region in multi-objective optimization", EJOR 245, 2015), which a bound's defining points
/// cut into disjoint boxes (Lacour, Klamroth and Fonseca, "A box decomposition algorithm to compute the hypervolume
/// indicator", Computers and Operations Research 79, 2017). A point p that lies below u ends the zone, and
/// prod_j (u_j - max(l_j, p_j)) times (r_d - p_d) of the zone's box [l, u) becomes dominated: the hypervolume is a sum of
/// positive terms, so nothing cancels.
/// </para>
/// <para>
/// Zones that follow from a zone depend on it alone, so the tree is walked depth first, in memory that does not grow with
/// the number of zones, and a zone carries the points that can still end it as a bit set: the next point is the first bit,
/// and the set of a child is one intersection with a table. Values are replaced by ranks with ties broken by the order of
/// arrival: the general position that the method needs, at no cost, since a box between tied ranks has no volume; and a
/// point's ranks fit one vector.
/// </para>
/// <para>
/// Time: O(D) per zone and O(D) intersections; at most O(n^floor(D/2)) zones, far fewer on usual fronts. Memory:
/// about n D (64 + n / 256) bytes.
/// </para>
/// </remarks>
internal static unsafe class SearchZones
{
    /// <summary>Whether the vectors of ranks have lanes for the objectives, and room for the points.</summary>
    public static bool CanTake(int count, int objectives) =>
        objectives - 1 <= WideRow.Lanes || (objectives - 1 <= LongRow.Lanes && count + objectives <= LongRow.Largest);

    /// <summary>The volume that finite points, all strictly below the reference, dominate.</summary>
    public static double Volume(double* points, int count, int objectives, double* reference)
    {
        var lanes = objectives - 1;
        var largest = count + objectives;
        if (largest <= ByteRow.Largest && lanes <= ByteRow.Lanes)
        {
            return count <= PointSet64.Capacity ? Volume<PointSet64, ByteRow>(points, count, objectives, reference)
                : count <= PointSet128.Capacity ? Volume<PointSet128, ByteRow>(points, count, objectives, reference)
                : Volume<PointSet256, ByteRow>(points, count, objectives, reference);
        }

        if (largest <= LongRow.Largest && lanes <= LongRow.Lanes)
            return Volume<PointSet256, LongRow>(points, count, objectives, reference);
        return largest <= NarrowRow.Largest && lanes <= NarrowRow.Lanes
            ? Volume<PointSet512, NarrowRow>(points, count, objectives, reference)
            : Volume<PointSet512, WideRow>(points, count, objectives, reference);
    }

    private static double Volume<TSet, TRow>(double* points, int count, int objectives, double* reference)
        where TSet : unmanaged, IPointSet<TSet>
        where TRow : unmanaged, IRankRow<TRow>
    {
        using var tables = new ZoneTables<TSet, TRow>(points, count, objectives, reference);
        return Walk(tables);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Walk<TSet, TRow>(ZoneTables<TSet, TRow> tables)
        where TSet : unmanaged, IPointSet<TSet>
        where TRow : unmanaged, IRankRow<TRow>
    {
        var dimensions = tables.Dimensions;
        var stride = tables.Stride;
        var values = tables.Values;
        var valueOfRank = tables.ValueOfRank;
        var weights = tables.Weights;
        var rows = tables.Rows;
        var others = tables.Others;
        var later = tables.Later;
        var lower = tables.Lower;
        var lastBlock = tables.Blocks - 1;
        var allLanes = uint.MaxValue >> (32 - dimensions);

        using var stack = new ZoneStack<TSet, TRow>(tables);
        var depth = 1;
        TRow bound;
        var volume = 0.0;
        while (depth > 0)
        {
            stack.EnsureRoom(depth + dimensions);
            var zone = stack.Zones + --depth;
            var set = zone->Points;
            var defining = zone->Defining;
            var block = zone->Block;
            var point = block * TSet.Capacity + TSet.First(&zone->Points);

            // Per objective: the largest value of the other defining points, and of those that define earlier objectives,
            // where the zone's box begins; the point's part of the box begins no earlier than the point.
            var row = rows[point];
            TRow highest = default, begin = row;
            for (var k = 0; k < dimensions; k++)
            {
                var definingRow = rows[TRow.Get(&zone->Defining, k)];
                highest = TRow.Max(highest, TRow.And(definingRow, others[k]));
                begin = TRow.Max(begin, TRow.And(definingRow, later[k]));
            }

            bound = begin;
            var product = weights[point];
            nint column = 0;
            for (var j = 0; j < dimensions; j++)
            {
                product *= values[column + TRow.Get(&zone->Defining, j)] - valueOfRank[column + TRow.Get(&bound, j)];
                column += stride;
            }

            volume += product;

            // The point becomes the defining point of objective j where the others' values allow it. A child is written
            // before it is known whether any point can end it, because that is cheaper than guessing wrong.
            var below = lower + (nint)point * dimensions;
            for (var children = TRow.AtLeast(row, highest) & allLanes; children != 0; children &= children - 1)
            {
                var j = BitOperations.TrailingZeroCount(children);
                var child = TSet.Intersect(set, below[j]);
                zone->Points = child;
                zone->Defining = TRow.With(defining, j, point);
                zone->Block = block;
                if (block == lastBlock)
                    zone += TSet.IsEmpty(child) ? 0 : 1;
                else if (!TSet.IsEmpty(child) || tables.MoveToLaterBlock(zone))
                    zone++;
            }

            depth = (int)(zone - stack.Zones);
        }

        return volume;
    }
}
