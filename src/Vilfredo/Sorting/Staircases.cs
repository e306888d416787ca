using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Sorting;

/// <summary>
/// Sets of planar points of which only the minimal ones are kept, each set in ascending order of its first value, hence
/// with falling second values: a staircase per front.
/// </summary>
/// <remarks>
/// A staircase is a list of leaves of up to 32 steps. Finding a place is a binary search over the leaves' first values and
/// vector compares within one leaf, so O(log s); inserting moves at most 32 steps, and one entry per leaf when a leaf is
/// added or goes away.
/// </remarks>
internal sealed unsafe class Staircases
{
    private const int LeafSize = 32;
    private const int FirstCapacity = 4;

    private readonly PinnedBuffer<Stair> stairs = new();
    private readonly PinnedBuffer<LeafEntry> entries = new();
    private readonly PinnedBuffer<double> firsts = new(), seconds = new();
    private readonly PinnedBuffer<int> sizes = new(), freeLeaves = new();
    private int entryCount, leafCount, freeCount;

    /// <summary>The number of staircases.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all staircases.</summary>
    public void Clear()
    {
        Count = 0;
        entryCount = 0;
        leafCount = 0;
        freeCount = 0;
    }

    /// <summary>The number of leading staircases with a step that is no greater in both values; they must be nested.</summary>
    public int CountDominating(double first, double second)
    {
        var stair = 0;
        for (var length = Count; length > 0;)
        {
            var half = (length + 1) / 2;
            stair += half & -Dominates(stairs.Pointer + (stair + half - 1), first, second); // no branch: its outcome cannot be predicted
            length -= half;
        }

        return stair;
    }

    /// <summary>Appends an empty staircase.</summary>
    public void Add()
    {
        var stair = stairs.Grow(Count + 1) + Count++;
        *stair = new Stair { Start = entryCount, Capacity = FirstCapacity };
        entries.Grow(entryCount += FirstCapacity);
        InsertLeaf(stair, 0, double.NegativeInfinity);
    }

    /// <summary>Adds a step, which no step of the staircase may dominate, and removes those that it dominates.</summary>
    public void Insert(int index, double first, double second)
    {
        var stair = stairs.Pointer + index;
        var place = FindLeaf(stair, first);
        var leaf = entries.Pointer[stair->Start + place].Leaf;
        double* x = firsts.Pointer + leaf * LeafSize, y = seconds.Pointer + leaf * LeafSize;
        var size = sizes.Pointer[leaf];
        var start = CountAtMost(x, first);
        if (start > 0 && x[start - 1] == first) start--;
        var end = start;
        while (end < size && y[end] >= second)
            end++;
        if (end == size && place + 1 < stair->Leaves) RemoveFollowing(stair, place + 1, second);

        if (end == start && size == LeafSize)
        {
            Split(stair, place);
            Insert(index, first, second);
            return;
        }

        Move(x, end, start + 1, size);
        Move(y, end, start + 1, size);
        x[start] = first;
        y[start] = second;
        sizes.Pointer[leaf] = size + start + 1 - end;
    }

    /// <summary>1 when a step is no greater in both values, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Dominates(Stair* stair, double first, double second)
    {
        var leaf = entries.Pointer[stair->Start + (stair->Leaves == 1 ? 0 : FindLeaf(stair, first))].Leaf;
        var steps = CountAtMost(firsts.Pointer + leaf * LeafSize, first);
        var last = seconds.Pointer[leaf * LeafSize + Math.Max(0, steps - 1)];
        return (steps > 0 ? 1 : 0) & (last <= second ? 1 : 0);
    }

    /// <summary>The last leaf whose first value is at most the given one. The very first leaf counts as minus infinity.</summary>
    private int FindLeaf(Stair* stair, double first)
    {
        var entry = entries.Pointer + stair->Start;
        var leaf = 0;
        for (var length = stair->Leaves - 1; length > 0;)
        {
            var half = (length + 1) / 2;
            leaf += half & -(entry[leaf + half].First <= first ? 1 : 0);
            length -= half;
        }

        return leaf;
    }

    /// <summary>How many steps of a leaf have a first value of at most the given one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountAtMost(double* values, double value)
    {
        // Unused places hold NaN, which no comparison counts.
        var limit = Vector512.Create(value);
        var count = 0;
        for (var k = 0; k < LeafSize; k += Vector512<double>.Count)
            count += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Load(values + k), limit).ExtractMostSignificantBits());
        return count;
    }

    /// <summary>Removes the leading steps from a leaf on whose second value is not below the given one.</summary>
    private void RemoveFollowing(Stair* stair, int place, double second)
    {
        var entry = entries.Pointer + stair->Start + place;
        var gone = 0;
        while (place + gone < stair->Leaves && seconds.Pointer[entry[gone].Leaf * LeafSize + sizes.Pointer[entry[gone].Leaf] - 1] >= second)
            freeLeaves.Pointer[freeCount++] = entry[gone++].Leaf;
        if (gone > 0)
        {
            stair->Leaves -= gone;
            for (var i = 0; i < stair->Leaves - place; i++)
                entry[i] = entry[i + gone];
        }

        if (place == stair->Leaves) return;
        var leaf = entry->Leaf;
        double* x = firsts.Pointer + leaf * LeafSize, y = seconds.Pointer + leaf * LeafSize;
        var removed = 0;
        while (y[removed] >= second)
            removed++;
        if (removed == 0) return;
        var size = sizes.Pointer[leaf];
        Move(x, removed, 0, size);
        Move(y, removed, 0, size);
        sizes.Pointer[leaf] = size - removed;
        entry->First = x[0];
    }

    /// <summary>Moves the values from one place on, up to the size, to another place; what falls free becomes NaN.</summary>
    private static void Move(double* values, int from, int to, int size)
    {
        new ReadOnlySpan<double>(values + from, size - from).CopyTo(new Span<double>(values + to, size - from));
        for (var i = size - from + to; i < size; i++)
            values[i] = double.NaN;
    }

    /// <summary>Gives the upper half of a full leaf to a new leaf after it.</summary>
    private void Split(Stair* stair, int place)
    {
        const int Half = LeafSize / 2;
        var leaf = entries.Pointer[stair->Start + place].Leaf;
        var added = InsertLeaf(stair, place + 1, firsts.Pointer[leaf * LeafSize + Half]);
        foreach (var values in (ReadOnlySpan<nint>)[(nint)firsts.Pointer, (nint)seconds.Pointer])
        {
            var upper = new Span<double>((double*)values + leaf * LeafSize + Half, Half);
            upper.CopyTo(new Span<double>((double*)values + added * LeafSize, Half));
            upper.Fill(double.NaN);
        }

        sizes.Pointer[leaf] = Half;
        sizes.Pointer[added] = Half;
    }

    /// <summary>Puts an empty leaf into a staircase and returns it.</summary>
    private int InsertLeaf(Stair* stair, int place, double first)
    {
        if (stair->Leaves == stair->Capacity) MoveToLargerRoom(stair);
        var entry = entries.Pointer + stair->Start;
        for (var i = stair->Leaves; i > place; i--)
            entry[i] = entry[i - 1];

        var leaf = freeCount > 0 ? freeLeaves.Pointer[--freeCount] : AllocateLeaf();
        new Span<double>(firsts.Pointer + leaf * LeafSize, LeafSize).Fill(double.NaN);
        sizes.Pointer[leaf] = 0;
        entry[place] = new LeafEntry(first, leaf);
        stair->Leaves++;
        return leaf;
    }

    private int AllocateLeaf()
    {
        firsts.Grow((leafCount + 1) * LeafSize);
        seconds.Grow((leafCount + 1) * LeafSize);
        sizes.Grow(leafCount + 1);
        freeLeaves.Grow(leafCount + 1);
        return leafCount++;
    }

    private void MoveToLargerRoom(Stair* stair)
    {
        var start = entryCount;
        entryCount += 2 * stair->Capacity;
        var entry = entries.Grow(entryCount);
        new ReadOnlySpan<LeafEntry>(entry + stair->Start, stair->Leaves).CopyTo(new Span<LeafEntry>(entry + start, stair->Leaves));
        stair->Start = start;
        stair->Capacity *= 2;
    }

    /// <summary>A staircase: where its leaf entries start, how many there are, and for how many there is room.</summary>
    private struct Stair
    {
        public int Start, Leaves, Capacity;
    }

    /// <summary>A leaf and its first value at most; the very first leaf of a staircase counts as minus infinity.</summary>
    private record struct LeafEntry(double First, int Leaf);
}
