using System.Numerics;
using System.Runtime.InteropServices;

namespace Vilfredo.Indicators;

/// <summary>
/// A set of points, stored one column per objective so that a vector register compares one point with several at once.
/// </summary>
internal sealed class PointColumns
{
    // Four independent vectors per step hide the latency of the additions.
    private const int Unroll = 4;
    private static readonly int Tile = Unroll * Vector<double>.Count;

    private readonly double[] columns;
    private readonly int objectives;
    private readonly int stride;
    private readonly int count;

    /// <summary>Transposes a non-empty row-major matrix; padding repeats the last point.</summary>
    public PointColumns(ReadOnlySpan<double> points, int objectives)
    {
        this.objectives = objectives;
        count = points.Length / objectives;
        stride = (count + Tile - 1) / Tile * Tile;
        columns = new double[stride * objectives];
        for (var j = 0; j < objectives; j++)
        {
            var column = columns.AsSpan(j * stride, stride);
            for (var i = 0; i < count; i++) column[i] = points[i * objectives + j];
            column[count..].Fill(column[count - 1]);
        }
    }

    /// <summary>The smallest measure between a query and the members.</summary>
    /// <param name="query">One value per objective.</param>
    /// <param name="enough">The search stops as soon as a value at or below this one is found, and returns such a value.</param>
    public double Minimum<TMeasure>(ReadOnlySpan<double> query, double enough)
        where TMeasure : IPairMeasure
    {
        var width = Vector<double>.Count;
        var smallest = new Vector<double>(double.PositiveInfinity);
        var bound = new Vector<double>(enough);
        ref var origin = ref MemoryMarshal.GetArrayDataReference(columns);
        for (var i = 0; i < stride; i += Tile)
        {
            Vector<double> a = new(TMeasure.Start), b = a, c = a, d = a;
            for (var j = 0; j < objectives; j++)
            {
                var value = new Vector<double>(query[j]);
                var at = (nuint)(j * stride + i);
                a = TMeasure.Add(a, value, Vector.LoadUnsafe(ref origin, at));
                b = TMeasure.Add(b, value, Vector.LoadUnsafe(ref origin, at + (nuint)width));
                c = TMeasure.Add(c, value, Vector.LoadUnsafe(ref origin, at + (nuint)(2 * width)));
                d = TMeasure.Add(d, value, Vector.LoadUnsafe(ref origin, at + (nuint)(3 * width)));
            }

            smallest = Vector.Min(smallest, Vector.Min(Vector.Min(a, b), Vector.Min(c, d)));
            if (Vector.LessThanOrEqualAny(smallest, bound)) break;
        }

        var result = smallest[0];
        for (var lane = 1; lane < width; lane++) result = Math.Min(result, smallest[lane]);
        return result;
    }

    /// <summary>The smallest measure between a member and all other members; all values finite.</summary>
    /// <param name="member">The member's row.</param>
    /// <param name="row">The member's values.</param>
    public double MinimumToOthers<TMeasure>(int member, ReadOnlySpan<double> row)
        where TMeasure : IPairMeasure
    {
        // The member moves infinitely far away while it asks; the padding after the last one goes with it.
        var end = member == count - 1 ? stride : member + 1;
        for (var j = 0; j < objectives; j++) columns.AsSpan(j * stride)[member..end].Fill(double.PositiveInfinity);
        var result = Minimum<TMeasure>(row, TMeasure.Start);
        for (var j = 0; j < objectives; j++) columns.AsSpan(j * stride)[member..end].Fill(row[j]);
        return result;
    }
}
