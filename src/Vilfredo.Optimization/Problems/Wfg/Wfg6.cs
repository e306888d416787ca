namespace Vilfredo.Optimization.Problems;

/// <summary>WFG6: a spherical front, and variables that cannot be optimised one by one.</summary>
/// <remarks>The front is the sphere's part with no negative coordinate, stretched by 2m. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg6 : WfgProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg6(int objectives = 3, int? positions = null, int distances = 20)
        : base(6, objectives, positions, distances)
    {
    }

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        ShiftDistances(y);
        NonSeparable(y, t);
    }
}
