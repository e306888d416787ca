namespace Vilfredo.Optimization.Problems;

/// <summary>The MW problems of two objectives.</summary>
public abstract class MwCurveProblem : MwProblem
{
    private const int Columns = 2_000, Rows = 1_000;

    private protected MwCurveProblem(int number, int variables, int constraints, double[] ideal, double[] nadir, double upper = 1)
        : base(number, 2, variables, constraints, upper)
    {
        (IdealPoint, NadirPoint) = (ideal, nadir);
    }

    /// <summary>The largest first objective of the front without constraints, in units of the distance.</summary>
    private protected virtual double CurveEnd => 1;

    /// <summary>Whether the distance multiplies both objectives, and not the second only.</summary>
    private protected virtual bool IsRadial => true;

    /// <summary>First objectives at which the front has single points, which a regular grid would miss.</summary>
    private protected virtual IEnumerable<double> SinglePoints => [];

    /// <summary>The front without constraints: the second objective for a first one.</summary>
    private protected abstract double Curve(double first);

    // For each first objective the least feasible second one that can be reached; of these what is not dominated.
    // A grid: a place on the front is known to a two-thousandth of the first objective's range.
    private protected override double[] Front(int count)
    {
        var columns = Math.Max(Columns, count);
        var end = IsRadial ? 2 * CurveEnd : CurveEnd;
        var candidates = new List<(double, double)>();
        for (var i = 0; i <= columns; i++)
        {
            var first = end * i / columns;
            if (LeastSecond(first) is { } second) candidates.Add((first, second));
        }

        foreach (var first in SinglePoints)
        {
            if (LeastSecond(first) is { } second) candidates.Add((first, second));
        }

        var dense = NonDominatedOfTwo(candidates);
        var points = Math.Min(count, dense.Length / 2);
        var front = new double[2 * points];
        for (var i = 0; i < points; i++)
        {
            var source = (int)((dense.Length / 2 - 1L) * i / (points - 1));
            dense.AsSpan(2 * source, 2).CopyTo(front.AsSpan(2 * i));
        }

        return front;
    }

    private double? LeastSecond(double first)
    {
        var bound = first <= CurveEnd ? Curve(first) : first * Curve(CurveEnd) / CurveEnd;
        if (IsFeasible(first, bound)) return bound;
        var step = 2 * Curve(0) / Rows;
        for (var row = 1; row <= Rows; row++)
        {
            if (!IsFeasible(first, bound + row * step)) continue;
            var (infeasible, feasible) = (bound + (row - 1) * step, bound + row * step);
            for (var i = 0; i < 50; i++)
            {
                var middle = 0.5 * (infeasible + feasible);
                if (IsFeasible(first, middle)) feasible = middle;
                else infeasible = middle;
            }

            return feasible;
        }

        return null;
    }

    private bool IsFeasible(double first, double second)
    {
        Span<double> g = stackalloc double[ConstraintCount];
        Constrain([first, second], g);
        foreach (var value in g)
        {
            if (!(value <= 1e-12)) return false;
        }

        return true;
    }
}
