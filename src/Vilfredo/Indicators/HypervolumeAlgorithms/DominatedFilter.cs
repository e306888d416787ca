using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Indicators;

/// <summary>Drops dominated points and duplicates before the costly algorithms, when there seem to be many.</summary>
internal static unsafe class DominatedFilter
{
    /// <summary>Points per vector, and rows per block of the column layout.</summary>
    private const int Width = 8;

    /// <summary>The points that all others are compared with first; two vectors.</summary>
    private const int Champions = 2 * Width;

    /// <summary>Smaller sets go as they are: the algorithms drop dominated points themselves, only not as fast.</summary>
    private const int SmallCount = 4 * Champions;

    /// <summary>Moves the points to keep to the front and returns how many; every dropped point is covered by a kept one.</summary>
    public static int Reduce(double* points, int count, int objectives, double* reference)
    {
        if (count < SmallCount)
            return count;
        using var scratch = new Scratch(
            Scratch.Bytes<double>(count) + Scratch.Bytes<ValueOrder.Entry>(count) + Scratch.Bytes<double>((nint)count * objectives)
            + Scratch.Bytes<double>((nint)(count + Width) * objectives));
        var volumes = scratch.Take<double>(count);
        var columns = scratch.Take<double>((nint)(count + Width) * objectives);
        var kept = DropBehindChampions(points, count, objectives, reference, volumes, columns);

        // Points of a front lose next to nothing to the champions; those of a cloud lose most of it, and then the rest is
        // worth a look too.
        return kept >= count - count / 256
            ? kept
            : KeepNonDominated(
                points, kept, objectives, reference, volumes, columns,
                scratch.Take<ValueOrder.Entry>(count), scratch.Take<double>((nint)count * objectives));
    }

    /// <summary>Drops what the largest inclusive volumes of sixteen equal parts of the set dominate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DropBehindChampions(
        double* points, int count, int objectives, double* reference, double* volumes, double* columns)
    {
        var champions = stackalloc int[Champions];
        for (var part = 0; part < Champions; part++)
        {
            var begin = (int)((long)count * part / Champions);
            var end = (int)((long)count * (part + 1) / Champions);
            var best = begin;
            for (var i = begin; i < end; i++)
            {
                volumes[i] = Inclusive(points + (nint)i * objectives, objectives, reference);
                if (volumes[i] > volumes[best])
                    best = i;
            }

            champions[part] = best;
            SetColumn(columns, part, points + (nint)best * objectives, objectives);
        }

        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var point = points + (nint)i * objectives;
            var champion = FirstThatCovers(columns, Champions, point, objectives);

            // A champion covers itself, and of several equal points the first champion stays.
            if (champion < Champions && champions[champion] != i)
                continue;
            if (kept != i)
                new Span<double>(point, objectives).CopyTo(new Span<double>(points + (nint)kept * objectives, objectives));
            kept++;
        }

        return kept;
    }

    /// <summary>Keeps the non-dominated points: in descending order of inclusive volume no point dominates an earlier one.</summary>
    private static int KeepNonDominated(
        double* points, int count, int objectives, double* reference, double* volumes, double* columns, ValueOrder.Entry* order, double* rows)
    {
        for (var i = 0; i < count; i++)
            volumes[i] = -Inclusive(points + (nint)i * objectives, objectives, reference);
        ValueOrder.Sort(volumes, 1, count, order);
        new Span<double>(points, count * objectives).CopyTo(new Span<double>(rows, count * objectives));
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = rows + (nint)order[i].Item * objectives;
            if (FirstThatCovers(columns, kept, row, objectives) < kept)
                continue;
            new Span<double>(row, objectives).CopyTo(new Span<double>(points + (nint)kept * objectives, objectives));
            SetColumn(columns, kept++, row, objectives);
        }

        return kept;
    }

    private static double Inclusive(double* point, int objectives, double* reference)
    {
        var volume = 1.0;
        for (var j = 0; j < objectives; j++)
            volume *= reference[j] - point[j];
        return volume;
    }

    private static void SetColumn(double* columns, int place, double* point, int objectives)
    {
        var block = columns + (nint)(place / Width) * Width * objectives;
        for (var j = 0; j < objectives; j++)
            block[(nint)j * Width + place % Width] = point[j];
    }

    /// <summary>The first of some columns that is at least as good as the point in every objective; their count when none is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FirstThatCovers(double* columns, int count, double* point, int objectives)
    {
        var block = columns;
        for (var begin = 0; begin < count; begin += Width, block += (nint)Width * objectives)
        {
            // The places beyond the last column hold anything.
            var covers = count - begin >= Width ? (1u << Width) - 1 : (1u << (count - begin)) - 1;
            for (var j = 0; j < objectives && covers != 0; j++)
            {
                var atMost = Vector512.LessThanOrEqual(Vector512.Load(block + (nint)j * Width), Vector512.Create(point[j]));
                covers &= (uint)atMost.ExtractMostSignificantBits();
            }

            if (covers != 0)
                return begin + BitOperations.TrailingZeroCount(covers);
        }

        return count;
    }
}
