using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
/// O(n D (1 + n / 256)) bytes.
/// </para>
/// </remarks>
internal static unsafe class SearchZones
{
    /// <summary>The most objectives that the vectors of ranks have lanes for.</summary>
    public const int MaxObjectives = 17;

    /// <summary>The volume that finite points, all strictly below the reference, dominate.</summary>
    public static double Volume(double* points, int count, int objectives, double* reference)
    {
        var lanes = objectives - 1;
        var maxRank = count + 1;
        if (maxRank <= ByteRow.MaxRank && lanes <= ByteRow.Lanes)
        {
            return count <= PointSet64.Capacity ? Volume<PointSet64, ByteRow>(points, count, objectives, reference)
                : count <= PointSet128.Capacity ? Volume<PointSet128, ByteRow>(points, count, objectives, reference)
                : Volume<PointSet256, ByteRow>(points, count, objectives, reference);
        }

        return maxRank <= NarrowRow.MaxRank && lanes <= NarrowRow.Lanes
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
        var lastBlock = tables.Blocks - 1;
        var allLanes = (1u << dimensions) - 1;

        // A zone on the stack: the points of the current block that can end it, the points that define its bound, one per
        // objective, and the block.
        var zoneInts = (dimensions + 1 + 7) & ~7;
        var zoneBytes = sizeof(TSet) + zoneInts * sizeof(int);
        var zone = stackalloc int[zoneInts];
        var capacity = 256;
        var memory = new Scratch(Scratch.Bytes<byte>(capacity * zoneBytes));
        var stack = memory.Take<byte>(capacity * zoneBytes);
        var depth = 1;
        *(TSet*)stack = tables.Full(0);
        var root = (int*)(stack + sizeof(TSet));
        for (var j = 0; j < dimensions; j++)
            root[j] = tables.Count + j;
        root[dimensions] = 0;

        TRow bound;
        var volume = 0.0;
        while (depth > 0)
        {
            depth--;
            var top = stack + (nint)depth * zoneBytes;
            var set = *(TSet*)top;
            var next = TSet.First((TSet*)top);
            for (var i = 0; i < zoneInts; i += 8)
                ((Vector256<int>*)(zone + i))[0] = *(Vector256<int>*)(top + sizeof(TSet) + i * sizeof(int));
            var block = zone[dimensions];
            var point = block * TSet.Capacity + next;

            // Per objective: the largest value of the other defining points, and of those that define earlier objectives,
            // where the zone's box begins.
            TRow highest = default, begin = rows[point];
            for (var k = 0; k < dimensions; k++)
            {
                var row = rows[zone[k]];
                highest = TRow.Max(highest, TRow.And(row, others[k]));
                begin = TRow.Max(begin, TRow.And(row, later[k]));
            }

            bound = begin;
            var product = weights[point];
            nint column = 0;
            for (var j = 0; j < dimensions; j++)
            {
                product *= values[column + zone[j]] - valueOfRank[column + TRow.Get(&bound, j)];
                column += stride;
            }

            volume += product;

            // The point becomes the defining point of objective j where the others' values allow it.
            var children = TRow.AtLeast(rows[point], highest) & allLanes;
            var lower = tables.Lower + (nint)point * dimensions;
            for (; children != 0; children &= children - 1)
            {
                var j = BitOperations.TrailingZeroCount(children);
                var childBlock = block;
                var child = TSet.Intersect(set, lower[j]);
                if (TSet.IsEmpty(child))
                {
                    if (block == lastBlock)
                        continue;
                    var defining = zone[j];
                    zone[j] = point;
                    do
                        child = tables.Below(++childBlock, zone);
                    while (TSet.IsEmpty(child) && childBlock < lastBlock);
                    zone[j] = defining;
                    if (TSet.IsEmpty(child))
                        continue;
                }

                if (depth == capacity)
                {
                    memory = Grow(memory, ref stack, (nint)capacity * zoneBytes);
                    capacity *= 2;
                }

                var place = stack + (nint)depth * zoneBytes;
            depth++;
                *(TSet*)place = child;
                var defines = (int*)(place + sizeof(TSet));
                for (var i = 0; i < zoneInts; i += 8)
                    ((Vector256<int>*)(defines + i))[0] = *(Vector256<int>*)(zone + i);
                defines[j] = point;
                defines[dimensions] = childBlock;
            }
        }

        memory.Dispose();
        return volume;
    }

    /// <summary>Moves the stack to a block of twice the size.</summary>
    private static Scratch Grow(Scratch memory, ref byte* stack, nint bytes)
    {
        var larger = new Scratch(Scratch.Bytes<byte>(2 * bytes));
        var target = larger.Take<byte>(2 * bytes);
        NativeMemory.Copy(stack, target, (nuint)bytes);
        memory.Dispose();
        stack = target;
        return larger;
    }
}
