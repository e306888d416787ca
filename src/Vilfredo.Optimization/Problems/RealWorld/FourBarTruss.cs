namespace Vilfredo.Optimization.Problems;

/// <summary>A truss of four bars: structural volume and displacement of a joint. The variables set the cross sections of the bars.</summary>
/// <remarks>Source: Cheng and Li 1999.</remarks>
internal sealed class FourBarTruss : EngineeringDesign
{
    public FourBarTruss()
        : base(
            "four bar truss",
            new(
            [
                Variable.Real("x1", 1, 3), Variable.Real("x2", Math.Sqrt(2), 3),
                Variable.Real("x3", Math.Sqrt(2), 3), Variable.Real("x4", 1, 3),
            ]),
            objectives: 2,
            limits: 0)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        const double Force = 10, Modulus = 2e5, Length = 200;
        f[0] = Length * (2 * x[0] + Math.Sqrt(2) * x[1] + Math.Sqrt(x[2]) + x[3]);
        f[1] = Force * Length / Modulus * (2 / x[0] + 2 * Math.Sqrt(2) * (1 / x[1] - 1 / x[2]) + 2 / x[3]);
    }
}
