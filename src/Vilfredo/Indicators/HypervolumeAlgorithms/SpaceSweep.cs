using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>
/// Hypervolume of three objectives: a sweep along the third that keeps the staircase of the other two (Fonseca, Paquete
/// and Lopez-Ibanez, "An improved dimension-sweep algorithm for the hypervolume indicator", CEC 2006; optimal by Beume et
/// al., IEEE TEC 13(5), 2009).
/// </summary>
/// <remarks>
/// The staircase is indexed by the rank of the first objective: a 64-ary bit tree finds a point's place in a few word
/// operations and links between neighbours walk from there, where the usual balanced tree takes log2(n) unpredictable
/// branches. O(n log n) time for the sorts, O(n) memory.
/// </remarks>
internal static unsafe class SpaceSweep
{
    private struct Step
    {
        public double X;
        public double Y;
        public int Next;
    }

    /// <summary>The volume that finite points, all strictly below the reference, dominate.</summary>
    /// <param name="points">Rows of three values.</param>
    /// <param name="count">Rows, at least 1.</param>
    /// <param name="reference">Three values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Volume(double* points, int count, double* reference)
    {
        var ranks = count + 2;
        using var scratch = new Scratch(
            2 * Scratch.Bytes<ValueOrder.Entry>(count) + Scratch.Bytes<int>(count) + Scratch.Bytes<Step>(ranks)
            + Scratch.Bytes<ulong>(RankSet.Words(ranks)));
        var byX = scratch.Take<ValueOrder.Entry>(count);
        var byZ = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.Sort(points, 3, count, byX);
        ValueOrder.Sort(points + 2, 3, count, byZ);

        // Rank 0 and rank count + 1 are the ends of the staircase: left of all points, and on the reference.
        var rankOf = scratch.Take<int>(count);
        var steps = scratch.Take<Step>(ranks);
        for (var i = 0; i < count; i++)
        {
            rankOf[byX[i].Item] = i + 1;
            steps[i + 1].X = byX[i].Value;
        }

        steps[0] = new Step { X = double.NegativeInfinity, Y = reference[1], Next = count + 1 };
        steps[count + 1] = new Step { X = reference[0], Y = double.NegativeInfinity };
        var levels = stackalloc ulong*[RankSet.Pointers];
        var staircase = new RankSet(scratch.Take<ulong>(RankSet.Words(ranks)), levels, ranks);
        staircase.Add(0);

        var volume = 0.0;
        for (var i = 0; i < count; i++)
        {
            var rank = rankOf[byZ[i].Item];
            var y = points[(nint)byZ[i].Item * 3 + 1];
            var left = staircase.Predecessor(rank);
            if (steps[left].Y <= y)
                continue;

            // What the point adds to the staircase, strip by strip; the steps above the point go.
            var x = steps[rank].X;
            var top = steps[left].Y;
            var area = 0.0;
            var right = steps[left].Next;
            while (steps[right].Y >= y)
            {
                area += (steps[right].X - x) * (top - y);
                x = steps[right].X;
                top = steps[right].Y;
                staircase.Remove(right);
                right = steps[right].Next;
            }

            area += (steps[right].X - x) * (top - y);
            volume += area * (reference[2] - byZ[i].Value);
            steps[rank].Y = y;
            steps[rank].Next = right;
            steps[left].Next = rank;
            staircase.Add(rank);
        }

        return volume;
    }
}
