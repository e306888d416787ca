using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Indicators;

/// <summary>The union of the boxes from points to the reference, for drawing samples and asking whether it holds them.</summary>
/// <remarks>Boxes are in descending order of volume, so that most samples are found after a few.</remarks>
internal sealed unsafe class DominatedRegion : IDisposable
{
    private const int Width = 8;
    private readonly Scratch scratch;
    private readonly double* rows;
    private readonly double* columns;
    private readonly double* reference;
    private readonly double* lowest;
    private readonly double* cumulative;
    private readonly int blocks;

    public DominatedRegion(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        HypervolumeInput.Validate(points, objectives, reference);
        HypervolumeInput.ValidateFinite(points, objectives, nameof(points));
        var count = points.Length / objectives;
        var padded = (count + Width - 1) / Width * Width;
        scratch = new Scratch(
            2 * Scratch.Bytes<double>((nint)count * objectives) + Scratch.Bytes<double>((nint)padded * objectives)
            + 2 * Scratch.Bytes<double>(count) + 2 * Scratch.Bytes<double>(objectives) + Scratch.Bytes<ValueOrder.Entry>(count));
        Objectives = objectives;
        this.reference = scratch.Take<double>(objectives);
        lowest = scratch.Take<double>(objectives);
        reference.CopyTo(new Span<double>(this.reference, objectives));
        reference.CopyTo(new Span<double>(lowest, objectives));
        var inside = scratch.Take<double>((nint)count * objectives);
        fixed (double* pointer = points)
            Count = HypervolumeInput.KeepInside(pointer, count, objectives, this.reference, inside, null, out _);

        var volumes = scratch.Take<double>(count);
        for (var i = 0; i < Count; i++)
        {
            volumes[i] = -1;
            for (var j = 0; j < objectives; j++)
            {
                var value = inside[(nint)i * objectives + j];
                volumes[i] *= this.reference[j] - value;
                lowest[j] = Math.Min(lowest[j], value);
            }
        }

        var order = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.Sort(volumes, 1, Count, order);
        rows = scratch.Take<double>((nint)count * objectives);
        columns = scratch.Take<double>((nint)padded * objectives);
        cumulative = scratch.Take<double>(count);
        blocks = (Count + Width - 1) / Width;
        new Span<double>(columns, padded * objectives).Fill(double.PositiveInfinity);
        for (var i = 0; i < Count; i++)
        {
            new Span<double>(inside + (nint)order[i].Item * objectives, objectives)
                .CopyTo(new Span<double>(rows + (nint)i * objectives, objectives));
            TotalVolume += -order[i].Value;
            cumulative[i] = TotalVolume;
            for (var j = 0; j < objectives; j++)
                columns[((nint)(i / Width) * objectives + j) * Width + i % Width] = rows[(nint)i * objectives + j];
        }

        BoundingVolume = Count == 0 ? 0 : 1;
        for (var j = 0; j < objectives; j++)
            BoundingVolume *= this.reference[j] - lowest[j];
    }

    public int Objectives { get; }

    /// <summary>The boxes.</summary>
    public int Count { get; }

    /// <summary>The sum of the boxes' volumes.</summary>
    public double TotalVolume { get; }

    /// <summary>The volume of the smallest box that holds all.</summary>
    public double BoundingVolume { get; }

    /// <summary>Maps a point of the unit cube to the bounding box and asks whether the region holds it.</summary>
    public bool ContainsScaled(Span<double> unit)
    {
        for (var j = 0; j < unit.Length; j++)
            unit[j] = lowest[j] + unit[j] * (reference[j] - lowest[j]);
        return FirstBoxOf(unit, blocks) < Count;
    }

    /// <summary>
    /// Draws a box in proportion to its volume and a point in it, and asks whether it is the first box that holds the point:
    /// true with probability (volume of the region) / <see cref="TotalVolume"/>.
    /// </summary>
    public bool DrawIsFirst(RandomGenerator random, Span<double> sample)
    {
        var drawn = new ReadOnlySpan<double>(cumulative, Count).BinarySearch(random.NextDouble() * TotalVolume);
        var box = Math.Min(drawn < 0 ? ~drawn : drawn + 1, Count - 1);
        var row = rows + (nint)box * Objectives;
        for (var j = 0; j < sample.Length; j++)
            sample[j] = row[j] + random.NextDouble() * (reference[j] - row[j]);
        return FirstBoxOf(sample, box / Width + 1) >= box;
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>The first box among some blocks of eight that holds the sample; beyond them when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstBoxOf(ReadOnlySpan<double> sample, int blocks)
    {
        var column = columns;
        for (var block = 0; block < blocks; block++, column += (nint)Objectives * Width)
        {
            var holds = Vector512<double>.AllBitsSet;
            for (var j = 0; j < sample.Length; j++)
            {
                holds &= Vector512.LessThanOrEqual(Vector512.Load(column + (nint)j * Width), Vector512.Create(sample[j]));
                if (holds == Vector512<double>.Zero)
                    break;
            }

            var lanes = (uint)holds.ExtractMostSignificantBits();
            if (lanes != 0)
                return block * Width + System.Numerics.BitOperations.TrailingZeroCount(lanes);
        }

        return int.MaxValue;
    }
}
