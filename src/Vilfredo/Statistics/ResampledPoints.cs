using System.Numerics;

namespace Vilfredo.Statistics;

/// <summary>
/// Points in many resamples, and the counting of dominance over them. Values are stored as one column of resamples per point and
/// objective, so that a comparison of two points runs in vectors along contiguous memory.
/// </summary>
internal sealed class ResampledPoints
{
    // Several points together often dominate another in every resample; looking for that costs as much as half a comparison.
    private const int TriesBetweenChecks = 8;

    private readonly double[] values;
    private readonly double[] lowest;
    private readonly double[] highest;

    public ResampledPoints(double[] values, int objectives, int resamples)
    {
        this.values = values;
        Objectives = objectives;
        Resamples = resamples;
        Count = values.Length / (objectives * resamples);
        lowest = new double[Count * objectives];
        highest = new double[Count * objectives];
        for (var i = 0; i < lowest.Length; i++) (lowest[i], highest[i]) = Extremes(values.AsSpan(i * resamples, resamples));
    }

    public int Count { get; }

    public int Objectives { get; }

    public int Resamples { get; }

    public ReadOnlySpan<double> Column(int point, int objective) => values.AsSpan((point * Objectives + objective) * Resamples, Resamples);

    /// <summary>In how many resamples one point dominates another.</summary>
    public int CountDominations(int dominating, int dominated)
    {
        var marks = new long[Resamples];
        MarkDominated(dominating, dominated, marks);
        return CountMarks(marks);
    }

    /// <summary>In how many resamples each point is non-dominated.</summary>
    public double[] CountNonDominated()
    {
        // Points that are good on the whole come first: they are the likely dominators. A point that is dominated in every
        // resample need not be tried as one, since whatever it dominates is dominated without it.
        var order = OrderOfMerit();
        var alwaysDominated = new bool[Count];
        var counts = new double[Count];
        var marks = new long[Resamples];
        foreach (var point in order)
        {
            Array.Clear(marks);
            var tried = 0;
            foreach (var other in order)
            {
                if (other == point || alwaysDominated[other] || NeverDominates(other, point)) continue;
                if (AlwaysDominates(other, point))
                {
                    alwaysDominated[point] = true;
                    break;
                }

                MarkDominated(other, point, marks);
                if (++tried % TriesBetweenChecks == 0 && !marks.AsSpan().Contains(0)) break;
            }

            counts[point] = alwaysDominated[point] ? 0 : Resamples - CountMarks(marks);
            alwaysDominated[point] = counts[point] == 0;
        }

        return counts;
    }

    // By the sum of the best values, each relative to its objective's range.
    private int[] OrderOfMerit()
    {
        var merits = new double[Count];
        for (var k = 0; k < Objectives; k++)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (var i = 0; i < Count; i++)
            {
                low = Math.Min(low, lowest[i * Objectives + k]);
                high = Math.Max(high, lowest[i * Objectives + k]);
            }

            if (high > low)
                for (var i = 0; i < Count; i++) merits[i] += (lowest[i * Objectives + k] - low) / (high - low);
        }

        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(merits, order);
        return order;
    }

    private bool NeverDominates(int a, int b)
    {
        for (var k = 0; k < Objectives; k++)
            if (lowest[a * Objectives + k] > highest[b * Objectives + k]) return true;
        return false;
    }

    private bool AlwaysDominates(int a, int b)
    {
        var strictly = false;
        for (var k = 0; k < Objectives; k++)
        {
            var (worst, best) = (highest[a * Objectives + k], lowest[b * Objectives + k]);
            if (worst > best) return false;
            strictly |= worst < best;
        }

        return strictly;
    }

    // Sets marks[r] to -1 for every resample r in which a dominates b.
    private void MarkDominated(int a, int b, Span<long> marks)
    {
        ref var left = ref values[a * Objectives * Resamples];
        ref var right = ref values[b * Objectives * Resamples];
        var r = 0;
        for (; r + Vector<double>.Count <= Resamples; r += Vector<double>.Count)
        {
            var noWorse = Vector<long>.AllBitsSet;
            var better = Vector<long>.Zero;
            for (var k = 0; k < Objectives; k++)
            {
                var x = Vector.LoadUnsafe(ref left, (nuint)(k * Resamples + r));
                var y = Vector.LoadUnsafe(ref right, (nuint)(k * Resamples + r));
                noWorse &= Vector.LessThanOrEqual(x, y);
                better |= Vector.LessThan(x, y);
            }

            var slice = marks[r..];
            (new Vector<long>(slice) | (noWorse & better)).CopyTo(slice);
        }

        for (; r < Resamples; r++)
        {
            bool noWorse = true, better = false;
            for (var k = 0; k < Objectives; k++)
            {
                var (x, y) = (Column(a, k)[r], Column(b, k)[r]);
                noWorse &= x <= y;
                better |= x < y;
            }

            if (noWorse && better) marks[r] = -1;
        }
    }

    private static int CountMarks(ReadOnlySpan<long> marks)
    {
        long sum = 0;
        foreach (var mark in marks) sum -= mark;
        return (int)sum;
    }

    private static (double Lowest, double Highest) Extremes(ReadOnlySpan<double> column)
    {
        var (low, high) = (column[0], column[0]);
        foreach (var value in column) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return (low, high);
    }
}
