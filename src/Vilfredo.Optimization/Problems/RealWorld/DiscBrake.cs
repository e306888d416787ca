namespace Vilfredo.Optimization.Problems;

/// <summary>A disc brake: mass and stopping time. The variables are the inner and outer radius, the engaging force and the number of friction surfaces (real).</summary>
/// <remarks>Radii may be the wrong way round: then the mass is negative and limits are far from kept. Where they are equal the violation is infinite. Source: Ray and Liew 2002.</remarks>
internal sealed class DiscBrake : EngineeringDesign
{
    public DiscBrake()
        : base(
            "disc brake",
            new(
            [
                Variable.Real("inner", 55, 80), Variable.Real("outer", 75, 110), Variable.Real("force", 1000, 3000), Variable.Real("surfaces", 11, 20),
            ]),
            objectives: 2,
            limits: 4)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (inner, outer, force, surfaces) = (x[0], x[1], x[2], x[3]);
        var squares = outer * outer - inner * inner;
        var cubesPerSquares = (outer * outer + outer * inner + inner * inner) / (outer + inner); // also where the radii are equal
        f[0] = 4.9e-5 * squares * (surfaces - 1);
        f[1] = 9.82e6 / (force * surfaces * cubesPerSquares);
        slack[0] = outer - inner - 20;
        slack[1] = 0.4 - force / (3.14 * squares);
        slack[2] = 1 - 2.22e-3 * force * cubesPerSquares / squares;
        slack[3] = 2.66e-2 * force * surfaces * cubesPerSquares - 900;
    }
}
