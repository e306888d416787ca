namespace Vilfredo.Optimization.Problems;

/// <summary>A welded beam: cost and end deflection. The variables are the thickness and length of the weld, and the height and thickness of the beam.</summary>
/// <remarks>As in the suite, which has the limits in their own units and the polar moment without the rounding of <see cref="WeldedBeam"/>. Source: Ray and Liew 2002.</remarks>
internal sealed class WeldedJoint : EngineeringDesign
{
    public WeldedJoint()
        : base(
            "welded beam",
            new(
            [
                Variable.Real("h", 0.125, 5), Variable.Real("l", 0.1, 10), Variable.Real("t", 0.1, 10), Variable.Real("b", 0.125, 5),
            ]),
            objectives: 2,
            limits: 4)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        const double Load = 6_000, Length = 14, Modulus = 30e6, ShearModulus = 12e6;
        var (h, l, t, b) = (x[0], x[1], x[2], x[3]);
        f[0] = 1.10471 * h * h * l + 0.04811 * t * b * (Length + l);
        f[1] = 4 * Load * Cube(Length) / (Modulus * b * Cube(t));

        var middle = Square((h + t) / 2);
        var arm = Math.Sqrt(l * l / 4 + middle);
        var direct = Load / (Math.Sqrt(2) * h * l);
        var torsion = Load * (Length + l / 2) * arm / (2 * Math.Sqrt(2) * h * l * (l * l / 12 + middle));
        var shear = Math.Sqrt(direct * direct + direct * torsion * l / arm + torsion * torsion);
        var buckling = 4.013 * Modulus * t * Cube(b) / 6 / (Length * Length) * (1 - t / (2 * Length) * Math.Sqrt(Modulus / (4 * ShearModulus)));
        slack[0] = 13_600 - shear;
        slack[1] = 30_000 - 6 * Load * Length / (b * t * t);
        slack[2] = b - h;
        slack[3] = buckling - Load;
    }
}
