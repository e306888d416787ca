namespace Vilfredo.Optimization.Problems;

/// <summary>The injector of a rocket engine: largest temperature of the face, distance from the inlet, and largest temperature on the tip. Response surfaces of flow angle, hydrogen area, oxygen area and tip thickness.</summary>
/// <remarks>Source: Vaidyanathan et al. 2003; Goel et al. 2007.</remarks>
internal sealed class RocketInjector : EngineeringDesign
{
    public RocketInjector()
        : base(
            "rocket injector",
            new(
            [
                Variable.Real("alpha", 0, 1), Variable.Real("hydrogen", 0, 1), Variable.Real("oxygen", 0, 1), Variable.Real("tip", 0, 1),
            ]),
            objectives: 3,
            limits: 0)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (a, h, o, t) = (x[0], x[1], x[2], x[3]);
        f[0] = 0.692 + 0.477 * a - 0.687 * h - 0.080 * o - 0.0650 * t
            - 0.167 * a * a - 0.0129 * h * a + 0.0796 * h * h - 0.0634 * o * a - 0.0257 * o * h + 0.0877 * o * o
            - 0.0521 * t * a + 0.00156 * t * h + 0.00198 * t * o + 0.0184 * t * t;
        f[1] = 0.153 - 0.322 * a + 0.396 * h + 0.424 * o + 0.0226 * t
            + 0.175 * a * a + 0.0185 * h * a - 0.0701 * h * h - 0.251 * o * a + 0.179 * o * h + 0.0150 * o * o
            + 0.0134 * t * a + 0.0296 * t * h + 0.0752 * t * o + 0.0192 * t * t;
        f[2] = 0.370 - 0.205 * a + 0.0307 * h + 0.108 * o + 1.019 * t
            - 0.135 * a * a + 0.0141 * h * a + 0.0998 * h * h + 0.208 * o * a - 0.0301 * o * h - 0.226 * o * o
            + 0.353 * t * a - 0.0497 * t * o - 0.423 * t * t
            + 0.202 * h * a * a - 0.281 * o * a * a - 0.342 * h * h * a - 0.245 * h * h * o + 0.281 * o * o * h
            - 0.184 * t * t * a - 0.281 * h * a * o;
    }
}
