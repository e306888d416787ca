namespace Vilfredo.Optimization.Problems;

/// <summary>WFG9: a spherical front; variables depend on all behind them, mislead, and cannot be optimised one by one.</summary>
/// <remarks>The front is the sphere's part with no negative coordinate, stretched by 2m. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg9 : WfgProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg9(int objectives = 3, int? positions = null, int distances = 20)
        : base(9, objectives, positions, distances)
    {
    }

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        for (var i = 0; i < y.Length - 1; i++)
            y[i] = WfgTransformations.Dependent(y[i], WfgTransformations.Mean(y[(i + 1)..]));
        foreach (ref var value in y[..PositionCount]) value = WfgTransformations.Deceptive(value, Optimum, 0.001, 0.05);
        foreach (ref var value in y[PositionCount..]) value = WfgTransformations.Multimodal(value, 30, 95, Optimum);
        NonSeparable(y, t);
    }

    private protected override void CompleteOptimal(Span<double> y)
    {
        y[^1] = Optimum;
        for (var i = y.Length - 2; i >= PositionCount; i--)
            y[i] = Math.Pow(Optimum, 1 / WfgTransformations.DependentExponent(WfgTransformations.Mean(y[(i + 1)..])));
    }
}
