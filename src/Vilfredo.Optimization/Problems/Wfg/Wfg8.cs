namespace Vilfredo.Optimization.Problems;

/// <summary>WFG8: a spherical front; how distance variables act depends on all variables before them.</summary>
/// <remarks>The front is the sphere's part with no negative coordinate, stretched by 2m. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg8 : WfgProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg8(int objectives = 3, int? positions = null, int distances = 20)
        : base(8, objectives, positions, distances)
    {
    }

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        // From the last on, so that those before still have their own values.
        for (var i = y.Length - 1; i >= PositionCount; i--)
            y[i] = WfgTransformations.Dependent(y[i], WfgTransformations.Mean(y[..i]));
        ShiftDistances(y);
        Means(y, y[PositionCount..], t);
    }

    private protected override void CompleteOptimal(Span<double> y)
    {
        for (var i = PositionCount; i < y.Length; i++)
            y[i] = Math.Pow(Optimum, 1 / WfgTransformations.DependentExponent(WfgTransformations.Mean(y[..i])));
    }
}
