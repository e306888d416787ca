namespace Vilfredo.Optimization.Problems;

/// <summary>The hatch cover of a ship: weight. The variables are the thickness of the flange and the height of the beam.</summary>
/// <remarks>The height is at least 0.5, as for the published reference points; the text of the suite says 4. Source: Amir and Hasegawa 1989.</remarks>
internal sealed class HatchCover : EngineeringDesign
{
    public HatchCover()
        : base(
            "hatch cover",
            new(
            [
                Variable.Real("flange", 0.5, 4), Variable.Real("height", 0.5, 50),
            ]),
            objectives: 1,
            limits: 4)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        const double Modulus = 700_000;
        var (flange, height) = (x[0], x[1]);
        f[0] = flange + 120 * height;
        var bending = 4_500 / (flange * height);
        slack[0] = 1 - bending / 700;
        slack[1] = 1 - 1_800 / height / 450;
        slack[2] = 1 - 56.2e4 / (Modulus * flange * height * height) / 1.5;
        slack[3] = 1 - bending / (Modulus * flange * flange / 100);
    }
}
