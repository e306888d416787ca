namespace Vilfredo.Optimization.Problems;

/// <summary>A truss of two bars: weight and displacement of the joint. The variables are the cross sections and the height.</summary>
/// <remarks>Source: Coello and Pulido 2005.</remarks>
internal sealed class TwoBarTruss : EngineeringDesign
{
    public TwoBarTruss()
        : base(
            "two bar truss",
            new(
            [
                Variable.Real("x1", 1e-5, 100), Variable.Real("x2", 1e-5, 100), Variable.Real("height", 1, 3),
            ]),
            objectives: 2,
            limits: 3)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        const double Strongest = 1e5;
        var (first, second, height) = (x[0], x[1], x[2]);
        var (far, near) = (Math.Sqrt(16 + height * height), Math.Sqrt(1 + height * height));
        f[0] = first * far + second * near;
        f[1] = 20 * far / (first * height);
        slack[0] = 0.1 - f[0];
        slack[1] = Strongest - f[1];
        slack[2] = Strongest - 80 * near / (height * second);
    }
}
