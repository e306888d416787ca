namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The welded beam: cost of fabrication against end deflection, under limits on shear stress, bending stress, buckling load
/// and dimensions. Four variables: thickness of the weld h, its length l, height t and thickness b of the beam.
/// </summary>
/// <remarks>
/// Constraints are scaled by their limits (0.1 is ten percent beyond), since overall violation adds them up. The front has
/// no closed form; its ends are those that long searches of our own found (the benchmark <c>ranges</c>, see docs/problems.md).
/// </remarks>
public sealed class WeldedBeam : TestProblem
{
    private const double Load = 6_000, Length = 14;
    private const double LargestShear = 13_600, LargestBending = 30_000;

    /// <summary>Creates the problem.</summary>
    public WeldedBeam()
        : base(
            "WeldedBeam",
            "K. Deb, A. Pratap, S. Moitra, \"Mechanical component design for multiple objectives using elitist non-dominated sorting GA\", PPSN VI, 2000",
            new(
            [
                Variable.Real("h", 0.125, 5), Variable.Real("l", 0.1, 10), Variable.Real("t", 0.1, 10), Variable.Real("b", 0.125, 5),
            ]),
            objectives: 2,
            constraints: 4)
    {
        (IdealPoint, NadirPoint) = ([2.3811341168917894, 0.00043904], [36.4212453995572, 0.015759164391533954]);
    }

    /// <inheritdoc/>
    public override bool HasKnownFront => false;

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var (h, l, t, b) = (x[0], x[1], x[2], x[3]);
        f[0] = 1.10471 * h * h * l + 0.04811 * t * b * (Length + l);
        f[1] = 2.1952 / (t * t * t * b);

        var arm = Math.Sqrt(0.25 * (l * l + (h + t) * (h + t)));
        var direct = Load / (Math.Sqrt(2) * h * l);
        var torsion = Load * (Length + 0.5 * l) * arm / (2 * 0.707 * h * l * (l * l / 12 + 0.25 * (h + t) * (h + t)));
        var shear = Math.Sqrt(direct * direct + torsion * torsion + l * direct * torsion / arm);
        var bending = 504_000 / (t * t * b);
        var buckling = 64_746.022 * (1 - 0.0282346 * t) * t * b * b * b;

        g[0] = shear / LargestShear - 1;
        g[1] = bending / LargestBending - 1;
        g[2] = h - b;
        g[3] = 1 - buckling / Load;
    }

    private protected override double[] Front(int count) => throw new InvalidOperationException("The front is not known.");
}
