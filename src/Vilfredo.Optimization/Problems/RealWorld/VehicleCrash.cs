namespace Vilfredo.Optimization.Problems;

/// <summary>The front of a vehicle: mass, acceleration in a full frontal crash and intrusion of the toe board. The variables are the thickness of five members.</summary>
/// <remarks>Source: Liao et al. 2008.</remarks>
internal sealed class VehicleCrash : EngineeringDesign
{
    public VehicleCrash()
        : base(
            "vehicle crashworthiness",
            new(
            [
                Variable.Real("x1", 1, 3), Variable.Real("x2", 1, 3), Variable.Real("x3", 1, 3), Variable.Real("x4", 1, 3), Variable.Real("x5", 1, 3),
            ]),
            objectives: 3,
            limits: 0)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (x1, x2, x3, x4, x5) = (x[0], x[1], x[2], x[3], x[4]);
        f[0] = 1640.2823 + 2.3573285 * x1 + 2.3220035 * x2 + 4.5688768 * x3 + 7.7213633 * x4 + 4.4559504 * x5;
        f[1] = 6.5856 + 1.15 * x1 - 1.0427 * x2 + 0.9738 * x3 + 0.8364 * x4
            - 0.3695 * x1 * x4 + 0.0861 * x1 * x5 + 0.3628 * x2 * x4
            - 0.1106 * x1 * x1 - 0.3437 * x3 * x3 + 0.1764 * x4 * x4;
        f[2] = -0.0551 + 0.0181 * x1 + 0.1024 * x2 + 0.0421 * x3
            - 0.0073 * x1 * x2 + 0.024 * x2 * x3 - 0.0118 * x2 * x4 - 0.0204 * x3 * x4 - 0.008 * x3 * x5
            - 0.0241 * x2 * x2 + 0.0109 * x4 * x4;
    }
}
