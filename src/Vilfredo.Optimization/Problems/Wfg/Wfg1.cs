namespace Vilfredo.Optimization.Problems;

/// <summary>WFG1: a flat region and a strong bias on the way to a front with convex and concave segments.</summary>
/// <remarks>On the front f = 2m h with the convex shape and, last, the mixed one. Position variables are raised to the power 0.02, so that uniform ones crowd at one end of the front. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg1 : WfgProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg1(int objectives = 3, int? positions = null, int distances = 20)
        : base(1, objectives, positions, distances)
    {
    }

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        ShiftDistances(y);
        foreach (ref var value in y[PositionCount..]) value = WfgTransformations.Flat(value, 0.8, 0.75, 0.85);
        foreach (ref var value in y) value = WfgTransformations.Power(value, 0.02);

        var group = PositionCount / (t.Length - 1);
        for (var i = 0; i < t.Length - 1; i++) t[i] = WeightedMean(y, i * group, group);
        t[^1] = WeightedMean(y, PositionCount, y.Length - PositionCount);
    }

    private protected override void Shape(ReadOnlySpan<double> x, Span<double> h)
    {
        WfgShapes.Convex(x, h);
        h[^1] = WfgShapes.Mixed(x[0]);
    }

    // Variable i has the weight 2i.
    private static double WeightedMean(ReadOnlySpan<double> y, int start, int count)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var i = start; i < start + count; i++)
        {
            sum += (i + 1) * y[i];
            weights += i + 1;
        }

        return Math.Min(1, sum / weights);
    }
}
