namespace Vilfredo.Attainment;

/// <summary>
/// Moves a vertical line over the points of all runs, by ascending first objective, and knows at each step the smallest
/// second objective that each run has reached so far.
/// </summary>
internal sealed class PlanarSweep
{
    private readonly RunPoint[] points;
    private readonly double[] minimum;
    private readonly int[] order;
    private int next;

    public PlanarSweep(RunSet runs)
    {
        points = runs.SortedBy(0);
        minimum = new double[runs.Count];
        order = new int[runs.Count];
        Array.Fill(minimum, double.PositiveInfinity);
        for (var run = 0; run < order.Length; run++) order[run] = run;
    }

    /// <summary>The first objective at the sweep line; its points are taken in.</summary>
    public double X { get; private set; }

    /// <summary>The runs by ascending minimum; those that reached nothing come last.</summary>
    public ReadOnlySpan<int> RunsByMinimum => order;

    /// <summary>The smallest second objective of a run so far; +Infinity when there is none.</summary>
    public double MinimumOf(int run) => minimum[run];

    /// <summary>Moves to the next first objective at which some run improves its minimum.</summary>
    public bool MoveNext()
    {
        var improved = false;
        while (next < points.Length)
        {
            if (improved && points[next].X != X) return true;
            var point = points[next++];
            if (point.Y >= minimum[point.Run]) continue;
            X = point.X;
            improved = true;
            Lower(point.Run, point.Y);
        }

        return improved;
    }

    private void Lower(int run, double y)
    {
        minimum[run] = y;
        var position = Array.IndexOf(order, run);
        for (; position > 0 && minimum[order[position - 1]] > y; position--) order[position] = order[position - 1];
        order[position] = run;
    }
}
