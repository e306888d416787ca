using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>What the walk over search zones looks up: ranks, values by rank, and which points lie below which value.</summary>
/// <remarks>
/// Points are numbered in ascending order of the last objective; numbers from <see cref="Count"/> on are the points at
/// infinity that define the first zone, one per objective: on the reference in that objective, below everything in the
/// others.
/// </remarks>
internal sealed unsafe class ZoneTables<TSet, TRow> : IDisposable
    where TSet : unmanaged, IPointSet<TSet>
    where TRow : unmanaged, IRankRow<TRow>
{
    private readonly Scratch scratch;
    private readonly ushort* crossing;

    public ZoneTables(double* points, int count, int objectives, double* reference)
    {
        var dimensions = objectives - 1;
        Count = count;
        Dimensions = dimensions;
        Blocks = (count + TSet.Capacity - 1) / TSet.Capacity;
        Stride = count + dimensions + 2;
        var numbers = count + dimensions;
        scratch = new Scratch(
            Scratch.Bytes<double>((nint)count * objectives) + Scratch.Bytes<ValueOrder.Entry>(count)
            + 2 * Scratch.Bytes<double>((nint)Stride * dimensions) + Scratch.Bytes<double>(count)
            + Scratch.Bytes<TRow>(numbers) + 2 * Scratch.Bytes<TRow>(dimensions)
            + Scratch.Bytes<TSet>((nint)count * dimensions) + Scratch.Bytes<TSet>(Blocks)
            + (Blocks > 1 ? Scratch.Bytes<ushort>((nint)Blocks * dimensions * numbers) : 0));

        var sorted = scratch.Take<double>((nint)count * objectives);
        var order = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.SortRows(points, objectives, dimensions, count, order);
        for (var i = 0; i < count; i++)
        {
            new Span<double>(points + (nint)order[i].Item * objectives, objectives)
                .CopyTo(new Span<double>(sorted + (nint)i * objectives, objectives));
        }

        Weights = scratch.Take<double>(count);
        for (var i = 0; i < count; i++)
            Weights[i] = reference[dimensions] - sorted[(nint)i * objectives + dimensions];

        Others = scratch.Take<TRow>(dimensions);
        Later = scratch.Take<TRow>(dimensions);
        new Span<TRow>(Others, dimensions).Clear();
        new Span<TRow>(Later, dimensions).Clear();
        Rows = scratch.Take<TRow>(numbers);
        new Span<TRow>(Rows + count, dimensions).Clear();
        Values = scratch.Take<double>((nint)Stride * dimensions);
        ValueOfRank = scratch.Take<double>((nint)Stride * dimensions);
        Lower = scratch.Take<TSet>((nint)count * dimensions);
        new Span<TRow>(Rows, count).Clear();
        var full = scratch.Take<TSet>(Blocks);
        new Span<TSet>(full, Blocks).Clear();
        for (var i = 0; i < count; i++)
            ((ulong*)full)[i >> 6] |= 1UL << i;
        fullSets = full;
        crossing = Blocks > 1 ? scratch.Take<ushort>((nint)Blocks * dimensions * numbers) : null;

        for (var j = 0; j < dimensions; j++)
        {
            for (var k = 0; k < dimensions; k++)
            {
                if (k != j)
                    TRow.Fill(Others + j, k);
                if (k > j)
                    TRow.Fill(Later + j, k);
            }

            ValueOrder.Sort(sorted + j, objectives, count, order);
            FillObjective(j, order, reference[j]);
        }
    }

    /// <summary>Points.</summary>
    public int Count { get; }

    /// <summary>Objectives without the last.</summary>
    public int Dimensions { get; }

    /// <summary>Blocks of points, each a set's capacity long.</summary>
    public int Blocks { get; }

    /// <summary>From one objective to the next in <see cref="Values"/> and <see cref="ValueOfRank"/>.</summary>
    public int Stride { get; }

    /// <summary>Per point: how far it is from the reference in the last objective.</summary>
    public double* Weights { get; }

    /// <summary>Per number: its ranks, from 1; the reference's is <see cref="Count"/> + 1.</summary>
    public TRow* Rows { get; }

    /// <summary>Objective-major: the value of a number.</summary>
    public double* Values { get; }

    /// <summary>Objective-major: the value of a rank.</summary>
    public double* ValueOfRank { get; }

    /// <summary>Per point and objective: the points of its block that are below it in that objective.</summary>
    public TSet* Lower { get; }

    /// <summary>Per objective: all lanes but its own.</summary>
    public TRow* Others { get; }

    /// <summary>Per objective: the lanes after it.</summary>
    public TRow* Later { get; }

    private readonly TSet* fullSets;

    /// <summary>All points of a block.</summary>
    public TSet Full(int block) => fullSets[block];

    /// <summary>The points of a block that are below the bound of the defining points in every objective.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TSet Below(int block, TRow* defining)
    {
        var set = fullSets[block];
        var first = Lower + (nint)block * TSet.Capacity * Dimensions;
        var numbers = Count + Dimensions;
        var cross = crossing + (nint)block * Dimensions * numbers;
        for (var j = 0; j < Dimensions; j++)
        {
            var limit = cross[(nint)j * numbers + TRow.Get(defining, j)];
            if (limit != ushort.MaxValue)
                set = TSet.Intersect(set, first[limit * Dimensions + j]);
        }

        return set;
    }

    /// <summary>Gives a zone that no point of its block can end the first later block with a point that can, if there is one.</summary>
    public bool MoveToLaterBlock(Zone<TSet, TRow>* zone)
    {
        for (var block = zone->Block + 1; block < Blocks; block++)
        {
            var set = Below(block, &zone->Defining);
            if (TSet.IsEmpty(set))
                continue;
            zone->Points = set;
            zone->Block = block;
            return true;
        }

        return false;
    }

    public void Dispose() => scratch.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillObjective(int objective, ValueOrder.Entry* order, double reference)
    {
        var column = (nint)objective * Stride;
        for (var i = 0; i < Count; i++)
        {
            var point = order[i].Item;
            TRow.Set(Rows + point, objective, i + 1);
            Values[column + point] = order[i].Value;
            ValueOfRank[column + i + 1] = order[i].Value;
        }

        TRow.Set(Rows + Count + objective, objective, Count + 1);
        Values[column + Count + objective] = reference;
        ValueOfRank[column + Count + 1] = reference;

        if (Blocks == 1)
        {
            TSet below = default;
            for (var i = 0; i < Count; i++)
            {
                var point = order[i].Item;
                Lower[(nint)point * Dimensions + objective] = below;
                ((ulong*)&below)[point >> 6] |= 1UL << point;
            }

            return;
        }

        for (var block = 0; block < Blocks; block++)
            FillBlock(block, objective, order);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillBlock(int block, int objective, ValueOrder.Entry* order)
    {
        // A number's limit is the block's first point that is not below it: the points below both are the same.
        var numbers = Count + Dimensions;
        var cross = crossing + ((nint)block * Dimensions + objective) * numbers;
        new Span<ushort>(cross + Count, Dimensions).Fill(ushort.MaxValue);
        TSet below = default;
        for (var i = 0; i < Count; i++)
        {
            var point = order[i].Item;
            var inBlock = point - block * TSet.Capacity;
            if ((uint)inBlock < (uint)TSet.Capacity)
            {
                Lower[(nint)point * Dimensions + objective] = below;
                ((ulong*)&below)[inBlock >> 6] |= 1UL << inBlock;
            }
        }

        var limit = ushort.MaxValue;
        for (var i = Count - 1; i >= 0; i--)
        {
            var point = order[i].Item;
            var inBlock = point - block * TSet.Capacity;
            if ((uint)inBlock < (uint)TSet.Capacity)
                limit = (ushort)inBlock;
            cross[point] = limit;
        }
    }
}
