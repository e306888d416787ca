using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>Contributions of two objectives: one sweep along the first, O(n log n).</summary>
internal static unsafe class PlaneContributions
{
    /// <summary>Adds to <c>contributions[item[i]]</c> the area that point i alone dominates.</summary>
    /// <param name="points">Rows of two values, finite and strictly below the reference.</param>
    /// <param name="count">Rows.</param>
    /// <param name="reference">Two values.</param>
    /// <param name="items">Where each point's contribution goes.</param>
    /// <param name="contributions">Sums, zero before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* points, int count, double* reference, int* items, Span<double> contributions)
    {
        using var scratch = new Scratch(Scratch.Bytes<ValueOrder.Entry>(count));
        var order = scratch.Take<ValueOrder.Entry>(count);
        ValueOrder.SortRows(points, 2, 0, count, order);

        // The step of the staircase under the sweep, up to where the next step or a point that it dominates begins; the
        // points that it alone dominates lower the top of the area that is its own.
        var owner = -1;
        double y = reference[1], top = reference[1], x = 0;
        for (var i = 0; i < count; i++)
        {
            var nextX = order[i].Value;
            var nextY = points[(nint)order[i].Item * 2 + 1];
            if (owner >= 0)
                contributions[owner] += (nextX - x) * (top - y);
            x = nextX;
            if (nextY < y)
            {
                owner = items[order[i].Item];
                top = y;
                y = nextY;
            }
            else
            {
                top = Math.Min(top, nextY);
            }
        }

        if (owner >= 0)
            contributions[owner] += (reference[0] - x) * (top - y);
    }
}
