namespace Vilfredo.Optimization.Problems;

/// <summary>A cylindrical pressure vessel: cost of material, forming and welding. The variables are the thickness of shell and head, in sixteenths, the inner radius and the length.</summary>
/// <remarks>Source: Kannan and Kramer 1994.</remarks>
internal sealed class PressureVessel : EngineeringDesign
{
    public PressureVessel()
        : base(
            "pressure vessel",
            new(
            [
                Variable.Integer("shell", 1, 100), Variable.Integer("head", 1, 100),
                Variable.Real("radius", 10, 200), Variable.Real("length", 10, 240),
            ]),
            objectives: 1,
            limits: 3)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (shell, head) = (x[0] / 16, x[1] / 16);
        var (radius, length) = (x[2], x[3]);
        f[0] = 0.6224 * shell * radius * length + 1.7781 * head * radius * radius + shell * shell * (3.1661 * length + 19.84 * radius);
        slack[0] = shell - 0.0193 * radius;
        slack[1] = head - 0.00954 * radius;
        slack[2] = Math.PI * radius * radius * (length + 4.0 / 3 * radius) - 1_296_000;
    }
}
