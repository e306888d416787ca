namespace Vilfredo.Optimization.Problems;

/// <summary>A gear train of four gears: distance of its ratio from 6.931, and the largest gear. The variables are the numbers of teeth.</summary>
/// <remarks>Source: Deb and Srinivasan 2005.</remarks>
internal sealed class GearTrain : EngineeringDesign
{
    public GearTrain()
        : base(
            "gear train",
            new(
            [
                Variable.Integer("x1", 12, 60), Variable.Integer("x2", 12, 60), Variable.Integer("x3", 12, 60), Variable.Integer("x4", 12, 60),
            ]),
            objectives: 2,
            limits: 1)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        f[0] = Math.Abs(6.931 - x[2] / x[0] * (x[3] / x[1]));
        f[1] = Math.Max(Math.Max(x[0], x[1]), Math.Max(x[2], x[3]));
        slack[0] = 0.5 - f[0] / 6.931;
    }
}
