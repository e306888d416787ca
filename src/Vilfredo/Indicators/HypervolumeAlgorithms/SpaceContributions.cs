using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>
/// Contributions of three objectives in one sweep along the third, O(n log n): the idea of Guerreiro and Fonseca,
/// "Computing and updating hypervolume contributions in up to four dimensions", IEEE TEC 22(3), 2018.
/// </summary>
/// <remarks>
/// Two staircases of the first two objectives are kept: the steps (points no other dominates so far), and the shadows
/// (points that exactly one step dominates, themselves non-dominated among that step's shadows). What a step dominates
/// alone is its rectangle up to its neighbours less what its shadows dominate; that area changes only where a point
/// arrives, and times the distance swept it is the step's contribution. The shadows of a step lie between it and the next
/// step in the first objective, so one set of ranks holds the shadows of all.
/// </remarks>
internal unsafe ref struct SpaceContributions
{
    private struct Step
    {
        public double X;
        public double Y;
        public double Area;
        public double Since;
        public int Previous;
        public int Next;
        public int Item;
    }

    private Step* all;
    private RankSet steps;
    private RankSet shadows;
    private Span<double> contributions;

    /// <summary>Adds to <c>contributions[item[i]]</c> the volume that point i alone dominates.</summary>
    /// <param name="points">Rows of three values, finite and strictly below the reference.</param>
    /// <param name="count">Rows.</param>
    /// <param name="reference">Three values.</param>
    /// <param name="items">Where each point's contribution goes.</param>
    /// <param name="contributions">Sums, zero before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* points, int count, double* reference, int* items, Span<double> contributions)
    {
        // Ranks 0 and count + 1 are the ends of both staircases: left of all points, and on the reference.
        var ranks = count + 2;
        using var scratch = new Scratch(
            2 * Scratch.Bytes<ValueOrder.Entry>(count) + Scratch.Bytes<int>(count) + Scratch.Bytes<Step>(ranks)
            + Scratch.Bytes<double>((nint)count * 3) + 2 * Scratch.Bytes<ulong>(RankSet.Words(ranks)));
        var byZ = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.SortRows(points, 3, 2, count, byZ);
        var rows = scratch.Take<double>((nint)count * 3);
        for (var i = 0; i < count; i++)
            new Span<double>(points + (nint)byZ[i].Item * 3, 3).CopyTo(new Span<double>(rows + (nint)i * 3, 3));

        var byX = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.Sort(rows, 3, count, byX);
        var rankOf = scratch.Take<int>(count);
        var all = scratch.Take<Step>(ranks);
        for (var i = 0; i < count; i++)
        {
            var row = byX[i].Item;
            rankOf[row] = i + 1;
            all[i + 1] = new Step { X = byX[i].Value, Y = rows[(nint)row * 3 + 1], Item = items[byZ[row].Item] };
        }

        all[0] = new Step { X = double.NegativeInfinity, Y = reference[1], Next = count + 1 };
        all[count + 1] = new Step { X = reference[0], Y = double.NegativeInfinity };
        var stepLevels = stackalloc ulong*[RankSet.Pointers];
        var shadowLevels = stackalloc ulong*[RankSet.Pointers];
        var sweep = new SpaceContributions
        {
            all = all,
            steps = new RankSet(scratch.Take<ulong>(RankSet.Words(ranks)), stepLevels, ranks),
            shadows = new RankSet(scratch.Take<ulong>(RankSet.Words(ranks)), shadowLevels, ranks),
            contributions = contributions,
        };
        sweep.steps.Add(0);
        sweep.shadows.Add(0);
        sweep.shadows.Add(count + 1);

        for (var i = 0; i < count; i++)
            sweep.Arrive(rankOf[i], byZ[i].Value);
        for (var step = all[0].Next; step != count + 1; step = all[step].Next)
            sweep.Change(step, reference[2], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Arrive(int rank, double z)
    {
        var y = all[rank].Y;
        var left = steps.Predecessor(rank);
        if (all[left].Y > y)
            AddStep(rank, left, z);
        else if (all[all[left].Previous].Y > y)
            AddShadow(rank, left, z);
    }

    /// <summary>A point that only <paramref name="owner"/> dominates takes its part of the owner's area.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddShadow(int rank, int owner, double z)
    {
        var y = all[rank].Y;
        var top = TopBefore(rank, owner);
        if (top <= y)
            return;

        var lost = 0.0;
        var x = all[rank].X;
        var end = all[owner].Next;
        var next = shadows.Successor(rank);
        while (next < end && all[next].Y >= y)
        {
            lost += (all[next].X - x) * (top - y);
            x = all[next].X;
            top = all[next].Y;
            shadows.Remove(next);
            next = shadows.Successor(next);
        }

        lost += (all[Math.Min(next, end)].X - x) * (top - y);
        shadows.Add(rank);
        Change(owner, z, lost);
        if (all[rank].X == all[owner].X && y == all[owner].Y)
            all[owner].Area = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddStep(int rank, int left, double z)
    {
        var x = all[rank].X;
        var y = all[rank].Y;
        var first = all[left].Next;
        if (left != 0)
        {
            Change(left, z, AreaFrom(rank, left, first));
            if (x == all[left].X)
                all[left].Area = 0;
        }

        // The steps that the point dominates end; each becomes a shadow of the point, in place of its own shadows.
        var right = first;
        while (all[right].Y >= y)
        {
            Change(right, z, 0);
            steps.Remove(right);
            right = all[right].Next;
        }

        for (var shadow = shadows.Successor(rank); shadow < right; shadow = shadows.Successor(shadow))
            shadows.Remove(shadow);
        if (all[right].Y > double.NegativeInfinity)
            Change(right, z, AreaAbove(y, right));

        var area = 0.0;
        var top = all[left].Y;
        var from = x;
        for (var ended = first; ended != right; ended = all[ended].Next)
        {
            area += (all[ended].X - from) * (top - y);
            from = all[ended].X;
            top = all[ended].Y;
            shadows.Add(ended);
        }

        all[rank].Area = area + (all[right].X - from) * (top - y);
        all[rank].Since = z;
        all[rank].Previous = left;
        all[rank].Next = right;
        all[left].Next = rank;
        all[right].Previous = rank;
        steps.Add(rank);
    }

    /// <summary>Books the volume of a step since its area last changed, and takes <paramref name="lost"/> off the area.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Change(int step, double z, double lost)
    {
        contributions[all[step].Item] += all[step].Area * (z - all[step].Since);
        all[step].Since = z;
        all[step].Area = Math.Max(0, all[step].Area - lost);
    }

    /// <summary>How high the owner's own area reaches just left of <paramref name="rank"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double TopBefore(int rank, int owner)
    {
        var shadow = shadows.Predecessor(rank);
        return shadow > owner ? all[shadow].Y : all[all[owner].Previous].Y;
    }

    /// <summary>The part of a step's own area that lies right of <paramref name="rank"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly double AreaFrom(int rank, int step, int end)
    {
        var area = 0.0;
        var x = all[rank].X;
        var y = all[step].Y;
        var top = TopBefore(rank, step);
        for (var shadow = shadows.Successor(rank); shadow < end; shadow = shadows.Successor(shadow))
        {
            area += (all[shadow].X - x) * (top - y);
            x = all[shadow].X;
            top = all[shadow].Y;
        }

        return area + (all[end].X - x) * (top - y);
    }

    /// <summary>The part of a step's own area that lies above <paramref name="y"/>; the shadows in it are removed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly double AreaAbove(double y, int step)
    {
        var area = 0.0;
        var x = all[step].X;
        var top = all[all[step].Previous].Y;
        var end = all[step].Next;
        var shadow = shadows.Successor(step);
        while (shadow < end && all[shadow].Y >= y)
        {
            area += (all[shadow].X - x) * (top - y);
            x = all[shadow].X;
            top = all[shadow].Y;
            shadows.Remove(shadow);
            shadow = shadows.Successor(shadow);
        }

        return area + (all[Math.Min(shadow, end)].X - x) * (top - y);
    }
}
