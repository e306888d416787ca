namespace Vilfredo.Optimization.Problems;

/// <summary>The side of a car: weight, force on the pubic symphysis, and mean velocity of pillar and door. The variables are thicknesses of the parts.</summary>
/// <remarks>Source: Jain and Deb 2014.</remarks>
internal sealed class CarSideImpact : EngineeringDesign
{
    public CarSideImpact()
        : base(
            "car side impact",
            new(
            [
                Variable.Real("x1", 0.5, 1.5), Variable.Real("x2", 0.45, 1.35), Variable.Real("x3", 0.5, 1.5), Variable.Real("x4", 0.5, 1.5),
                Variable.Real("x5", 0.875, 2.625), Variable.Real("x6", 0.4, 1.2), Variable.Real("x7", 0.4, 1.2),
            ]),
            objectives: 3,
            limits: 10)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (x1, x2, x3, x4, x5, x6, x7) = (x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
        f[0] = 1.98 + 4.9 * x1 + 6.67 * x2 + 6.98 * x3 + 4.01 * x4 + 1.78 * x5 + 0.00001 * x6 + 2.73 * x7;
        f[1] = 4.72 - 0.5 * x4 - 0.19 * x2 * x3;
        var pillar = 10.58 - 0.674 * x1 * x2 - 0.67275 * x2;
        var door = 16.45 - 0.489 * x3 * x7 - 0.843 * x5 * x6;
        f[2] = 0.5 * (pillar + door);

        slack[0] = 1 - (1.16 - 0.3717 * x2 * x4 - 0.0092928 * x3);
        slack[1] = 0.32 - (0.261 - 0.0159 * x1 * x2 - 0.06486 * x1 - 0.019 * x2 * x7 + 0.0144 * x3 * x5 + 0.0154464 * x6);
        slack[2] = 0.32 - (0.214 + 0.00817 * x5 - 0.045195 * x1 - 0.0135168 * x1 + 0.03099 * x2 * x6 - 0.018 * x2 * x7
            + 0.007176 * x3 + 0.023232 * x3 - 0.00364 * x5 * x6 - 0.018 * x2 * x2);
        slack[3] = 0.32 - (0.74 - 0.61 * x2 - 0.031296 * x3 - 0.031872 * x7 + 0.227 * x2 * x2);
        slack[4] = 32 - (28.98 + 3.818 * x3 - 4.2 * x1 * x2 + 1.27296 * x6 - 2.68065 * x7);
        slack[5] = 32 - (33.86 + 2.95 * x3 - 5.057 * x1 * x2 - 3.795 * x2 - 3.4431 * x7 + 1.45728);
        slack[6] = 32 - (46.36 - 9.9 * x2 - 4.4505 * x1);
        slack[7] = 4 - f[1];
        slack[8] = 9.9 - pillar;
        slack[9] = 15.7 - door;
    }
}
