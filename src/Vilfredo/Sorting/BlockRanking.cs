using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Sorting;

/// <summary>Ranks points of any number of objectives with sets of 512 points in one vector register.</summary>
/// <remarks>
/// <para>
/// A point dominates another (of distinct points in lexicographic order) exactly when it comes first in every objective's
/// order, ties broken by lexicographic position. So the points of a block that dominate p are the intersection, over the
/// objectives, of the block's members up to p's place in that objective's order, and a prefix of 512 members is one
/// register. Blocks are taken in lexicographic order, so a block's ranks are final once all blocks before it have pushed
/// up the lower bounds of its members. Bit positions inside a block follow falling rank, so the first common bit is the
/// dominator of highest rank.
/// </para>
/// <para>
/// The intersection of prefix sets per objective is the idea of the bitset methods (Gustavsson and Syberfeldt, "A new
/// algorithm using the non-dominated tree to improve non-dominated sorting", Evolutionary Computation 26(1), 2018, and
/// Moreno et al., "Merge non-dominated sorting algorithm for many-objective optimization", IEEE Transactions on
/// Cybernetics 51(12), 2021); the blocks keep its memory at O(d n) instead of O(n^2). Time O(d n^2 / 512) with three to
/// four cycles as its constant, independent of the number of fronts.
/// </para>
/// </remarks>
internal sealed unsafe class BlockRanking(RowOrder rowOrder)
{
    private const int BlockSize = 512;
    private const int OrderStride = BlockSize + 32; // a place more than the members, for the write that does not last

    // What a point is to the pass over an objective's order.
    private const byte Waiting = 0, Member = 1, Gone = 2;

    private readonly PinnedBuffer<double> columns = new();
    private readonly PinnedBuffer<int> distinct = new(), multiplicity = new(), orders = new(), bounds = new(), counts = new();
    private readonly PinnedBuffer<byte> states = new();
    private readonly PinnedBuffer<ushort> localIds = new(), places = new(), memberOrders = new();
    private readonly PinnedBuffer<Vector512<ulong>> prefixes = new(), dominators = new(), raising = new();
    private readonly PinnedBuffer<int> nextRanks = new(), slotOf = new(), slotRanks = new();
    private readonly PinnedBuffer<ulong> slots = new();

    private int objectives; // beyond the first, whose order is the lexicographic one
    private int size; // distinct points
    private int cap; // points whose rank is above are of no interest

    /// <summary>Ranks points and returns the number of fronts that were found.</summary>
    /// <param name="points">Row-major values; no NaN.</param>
    /// <param name="dimension">Values per point, at least 2.</param>
    /// <param name="order">The points in lexicographic order.</param>
    /// <param name="count">The number of points, at least 1.</param>
    /// <param name="ranks">Receives the rank of every point, or <see cref="NonDominatedSorter.Unranked"/>.</param>
    /// <param name="atLeast">Points beyond the front that completes this number may stay unranked.</param>
    public int Rank(double* points, int dimension, int* order, int count, int* ranks, int atLeast)
    {
        objectives = dimension - 1;
        cap = int.MaxValue;
        GatherDistinct(points, dimension, order, count);
        for (var j = 0; j < objectives; j++)
            rowOrder.Sort(columns.Pointer + (nint)j * size, size, 1, 1, orders.Pointer + (nint)(j + 1) * size);

        var fronts = RankBlocks(atLeast < count ? atLeast : int.MaxValue);

        var rankOf = bounds.Pointer;
        for (int i = 0, next = 0; next < size; next++)
        {
            for (var copies = multiplicity.Pointer[next]; copies > 0; copies--)
                ranks[order[i++]] = rankOf[next];
        }

        GC.KeepAlive(this);
        return fronts;
    }

    private void GatherDistinct(double* points, int dimension, int* order, int count)
    {
        var firsts = distinct.Ensure(count);
        var copies = multiplicity.Ensure(count);
        size = 0;
        double* last = null;
        for (var i = 0; i < count; i++)
        {
            Prefetch.Line(points + (nint)order[Math.Min(i + Prefetch.Distance, count - 1)] * dimension);
            var row = points + (nint)order[i] * dimension;
            if (last != null && SameRow(row, last, dimension))
            {
                copies[size - 1]++;
                continue;
            }

            last = row;
            firsts[size] = order[i];
            copies[size++] = 1;
        }

        var column = columns.Ensure(checked(objectives * size));
        var lexicographic = orders.Ensure(checked(dimension * size));
        for (var u = 0; u < size; u++)
        {
            var row = points + (nint)firsts[u] * dimension + 1;
            for (var j = 0; j < objectives; j++)
                column[(nint)j * size + u] = row[j];
            lexicographic[u] = u;
        }
    }

    private static bool SameRow(double* a, double* b, int dimension)
    {
        for (var j = 0; j < dimension; j++)
        {
            if (a[j] != b[j]) return false;
        }

        return true;
    }

    private int RankBlocks(int atLeast)
    {
        Reserve();
        int fronts = 0, waiting = size, listed = size, counted = 0;
        var lexicographic = orders.Pointer;
        while (waiting > 0)
        {
            var block = lexicographic;
            var members = Math.Min(BlockSize, waiting);
            lexicographic += members;
            waiting -= members;
            TakeBlock(block, members, listed, waiting > 0);
            listed = waiting;

            IntersectMembers(members);
            fronts = Math.Max(fronts, RankMembers(block, members) + 1);
            if (waiting == 0) break;
            if (atLeast != int.MaxValue) LowerCap(block, members, fronts, ref counted, atLeast);
            AssignSlots(block, members);
            BuildPrefixes(members);
            waiting = RaiseBounds(lexicographic, waiting, members);
        }

        return fronts;
    }

    private void Reserve()
    {
        new Span<int>(bounds.Ensure(size), size).Clear();
        new Span<byte>(states.Ensure(size), size).Clear();
        localIds.Ensure(size);
        memberOrders.Ensure(checked(objectives * OrderStride));
        dominators.Ensure(BlockSize);
        nextRanks.Ensure(BlockSize);
        slots.Ensure(BlockSize);
        slotOf.Ensure(BlockSize);
        slotRanks.Ensure(BlockSize);
        if (size <= BlockSize) return;
        places.Ensure(checked(objectives * size));
        raising.Ensure(BlockSize + 1);
        prefixes.Ensure(checked(objectives * (BlockSize + 1)));
    }

    /// <summary>
    /// Lists the block's members in each objective's order, notes for each waiting point how many members precede it
    /// there, and takes members and points that are gone out of the orders.
    /// </summary>
    private void TakeBlock(int* block, int members, int listed, bool othersWait)
    {
        var state = states.Pointer;
        var local = localIds.Pointer;
        for (var l = 0; l < members; l++)
        {
            state[block[l]] = Member;
            local[block[l]] = (ushort)l;
        }

        for (var j = 0; j < objectives; j++)
        {
            var order = orders.Pointer + (nint)(j + 1) * size;
            var memberOrder = memberOrders.Pointer + j * OrderStride;
            if (othersWait)
                Partition(order, listed, memberOrder, places.Pointer + j);
            else
                PickMembers(order, listed, memberOrder);
        }

        for (var l = 0; l < members; l++)
            state[block[l]] = Gone;
    }

    private void Partition(int* order, int listed, ushort* memberOrder, ushort* place)
    {
        // Without branches: what a point is cannot be predicted. Every write lands; the counters say which ones last.
        var state = states.Pointer;
        var local = localIds.Pointer;
        nint stride = objectives, kept = 0, members = 0;
        for (nint i = 0; i < listed; i++)
        {
            var u = order[i];
            var kind = state[u];
            order[kept] = u;
            kept += kind == Waiting ? 1 : 0;
            place[u * stride] = (ushort)members;
            memberOrder[members] = local[u];
            members += kind == Member ? 1 : 0;
        }
    }

    private void PickMembers(int* order, int listed, ushort* memberOrder)
    {
        var state = states.Pointer;
        var local = localIds.Pointer;
        for (var i = 0; i < listed; i++)
        {
            if (state[order[i]] == Member) *memberOrder++ = local[order[i]];
        }
    }

    /// <summary>For each member, which other members precede it in every objective but the first.</summary>
    private void IntersectMembers(int members)
    {
        var sets = dominators.Pointer;
        for (var j = 0; j < objectives; j++)
        {
            var order = memberOrders.Pointer + j * OrderStride;
            var prefix = Vector512<ulong>.Zero;
            for (var k = 0; k < members; k++)
            {
                var l = order[k];
                sets[l] = j == 0 ? prefix : sets[l] & prefix;
                prefix |= Single(l);
            }
        }
    }

    /// <summary>Makes the members' lower bounds their ranks, in lexicographic order, and returns the highest.</summary>
    private int RankMembers(int* block, int members)
    {
        // nextRanks holds 1 + rank of the members ranked so far and 0 for those that come later, so that later ones,
        // which cannot dominate, do not count in the maximum over a set.
        var next = nextRanks.Pointer;
        new Span<int>(next, BlockSize).Clear();
        var bound = bounds.Pointer;
        var top = 0;
        for (var l = 0; l < members; l++)
        {
            var rank = Math.Max(bound[block[l]], Maximum(next, (ushort*)(dominators.Pointer + l), (l + 15) / 16));
            bound[block[l]] = rank;
            next[l] = rank + 1;
            top = Math.Max(top, rank);
        }

        return top;
    }

    /// <summary>The largest of the values whose bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Maximum(int* values, ushort* set, int chunks)
    {
        var lanes = Vector512.Create(
            1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
        var best = Vector512<int>.Zero;
        for (var c = 0; c < chunks; c++)
        {
            var chosen = Vector512.Equals(Vector512.Create((int)set[c]) & lanes, lanes);
            best = Vector512.Max(best, chosen & Vector512.Load(values + 16 * c));
        }

        var half = Vector256.Max(best.GetLower(), best.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        quarter = Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(quarter[0], quarter[1]);
    }

    /// <summary>Counts the ranks that became final and lowers the cap when the fronts up to one hold enough points.</summary>
    private void LowerCap(int* block, int members, int fronts, ref int counted, int atLeast)
    {
        var rankCounts = counts.Grow(fronts);
        for (; counted < fronts; counted++)
            rankCounts[counted] = 0;
        for (var l = 0; l < members; l++)
            rankCounts[bounds.Pointer[block[l]]] += multiplicity.Pointer[block[l]];
        for (int r = 0, seen = 0; r < counted && r < cap; r++)
        {
            seen += rankCounts[r];
            if (seen >= atLeast) cap = r;
        }
    }

    /// <summary>Gives the members their bit positions, by falling rank.</summary>
    private void AssignSlots(int* block, int members)
    {
        var keys = slots.Pointer;
        for (var l = 0; l < members; l++)
            keys[l] = ((ulong)bounds.Pointer[block[l]] << 32) | (uint)l;
        new Span<ulong>(keys, members).Sort();
        for (var l = 0; l < members; l++)
        {
            var key = keys[members - 1 - l];
            slotRanks.Pointer[l] = (int)(key >> 32);
            slotOf.Pointer[(int)(uint)key] = l;
        }
    }

    /// <summary>The sets of the first k members in each objective's order, for every k.</summary>
    private void BuildPrefixes(int members)
    {
        for (var j = 0; j < objectives; j++)
        {
            var order = memberOrders.Pointer + j * OrderStride;
            var table = prefixes.Pointer + j * (BlockSize + 1);
            var prefix = Vector512<ulong>.Zero;
            for (var k = 0; k < members; k++)
            {
                table[k] = prefix;
                prefix |= Single(slotOf.Pointer[order[k]]);
            }

            table[members] = prefix;
        }
    }

    /// <summary>
    /// Raises the lower bound of every waiting point above the ranks of the members that dominate it, and drops the
    /// points that the cap makes irrelevant.
    /// </summary>
    /// <returns>How many points still wait.</returns>
    private int RaiseBounds(int* lexicographic, int waiting, int members)
    {
        var table = prefixes.Pointer;
        var bound = bounds.Pointer;
        var above = raising.Pointer;
        var (lowest, shift, last) = ListRaising(members);
        var kept = 0;
        for (var i = 0; i < waiting; i++)
        {
            var u = lexicographic[i];
            lexicographic[kept++] = u;
            var place = places.Pointer + (nint)u * objectives;

            // Members of too low a rank are left out first. So a common bit nearly always means a higher bound, which is
            // rare enough for a branch.
            var set = above[Math.Clamp((bound[u] - lowest) >> shift, 0, last)];
            for (var j = 0; j < objectives; j++)
                set &= table[j * (BlockSize + 1) + place[j]];
            if (set == Vector512<ulong>.Zero) continue;

            var rank = slotRanks.Pointer[FirstBit(set)] + 1;
            if (rank <= bound[u]) continue;
            bound[u] = rank;
            if (rank <= cap) continue;
            bound[u] = NonDominatedSorter.Unranked;
            states.Pointer[u] = Gone;
            kept--;
        }

        return kept;
    }

    /// <summary>
    /// For steps of 2^shift ranks from the members' lowest on: the members of that rank and above; after the last step none.
    /// </summary>
    private (int Lowest, int Shift, int Last) ListRaising(int members)
    {
        var rank = slotRanks.Pointer;
        int highest = rank[0], lowest = rank[members - 1];
        var shift = Math.Max(0, BitOperations.Log2((uint)(highest - lowest) | 1) + 1 - BitOperations.Log2(BlockSize));
        var last = ((highest - lowest) >> shift) + 1;
        var set = Vector512<ulong>.Zero;
        var slot = 0;
        for (var step = last; step >= 0; step--)
        {
            for (; slot < members && rank[slot] >= lowest + ((long)step << shift); slot++)
                set |= Single(slot);
            raising.Pointer[step] = set;
        }

        return (lowest, shift, last);
    }

    private static int FirstBit(Vector512<ulong> set)
    {
        var word = BitOperations.TrailingZeroCount(~Vector512.Equals(set, Vector512<ulong>.Zero).ExtractMostSignificantBits());
        return 64 * word + BitOperations.TrailingZeroCount(set[word]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Single(int bit)
    {
        var word = Vector512.Equals(Vector512.Create((ulong)(uint)bit >> 6), Vector512<ulong>.Indices);
        return word & Vector512.Create(1UL << bit);
    }
}
