namespace Vilfredo.Optimization.Problems;

/// <summary>WFG3: a linear front, and distance variables that act in pairs.</summary>
/// <remarks>For two objectives the front is the line from (2, 0) to (0, 4). It was meant to be a line for any number, but more than two objectives have optimal points beside it (H. Ishibuchi, H. Masuda, Y. Nojima, "Pareto fronts of many-objective degenerate test problems", IEEE Transactions on Evolutionary Computation 20(5), 2016), and the front is not given. For three objectives its ideal point is 0 and its nadir point (3, 2, 6): with distance D and positions p and 1/2 + D (q - 1/2), q in [0, 1], no point with a second value above 2 or a third above 6 is free of the line (t, 2 t, 6 (1 - t)), and D = p = q = 1 gives (3, 1, 1), which is. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg3 : WfgProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1, even; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg3(int objectives = 3, int? positions = null, int distances = 20)
        : base(3, objectives, positions, distances, pairedDistances: true)
    {
        if (objectives == 3) (IdealPoint, NadirPoint) = ([0, 0, 0], [3, 2, 6]);
    }

    /// <inheritdoc/>
    public override bool HasKnownFront => ObjectiveCount == 2;

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        ShiftDistances(y);
        Means(y, Wfg2.ReducePairs(y[PositionCount..]), t);
    }

    private protected override bool IsDegenerate(int position) => position > 0;

    private protected override void Shape(ReadOnlySpan<double> x, Span<double> h) => WfgShapes.Linear(x, h);
}
