namespace Vilfredo.Optimization.Problems;

/// <summary>A reinforced concrete beam: cost. The variables are the area of reinforcement (a number of the table of areas), the width and the depth.</summary>
/// <remarks>The list of areas is the one that the published reference points were made with: it has 10 where 3.10 was meant. Source: Amir and Hasegawa 1989.</remarks>
internal sealed class ReinforcedBeam : EngineeringDesign
{
    /// <summary>The areas that bars can have.</summary>
    internal static readonly double[] Areas =
    [
        0.20, 0.31, 0.40, 0.44, 0.60, 0.62, 0.79, 0.80, 0.88, 0.93, 1.00, 1.20, 1.24, 1.32, 1.40, 1.55, 1.58, 1.60, 1.76, 1.80, 1.86,
        2.00, 2.17, 2.20, 2.37, 2.40, 2.48, 2.60, 2.64, 2.79, 2.80, 3.00, 3.08, 3.16, 3.41, 3.52, 3.60, 3.72, 3.95, 3.96, 4.00, 4.03,
        4.20, 4.34, 4.40, 4.65, 4.74, 4.80, 4.84, 5.00, 5.28, 5.40, 5.53, 5.72, 6.00, 6.16, 6.32, 6.60, 7.11, 7.20, 7.80, 7.90, 8.00,
        8.40, 8.69, 9.00, 9.48, 10.00, 10.27, 11.00, 11.06, 11.85, 12.00, 13.00, 14.00, 15.00,
    ];

    public ReinforcedBeam()
        : base(
            "reinforced concrete beam",
            new(
            [
                Variable.Integer("area", 0, Areas.Length - 1),
                Variable.Real("width", 0, 20), Variable.Real("depth", 0, 40),
            ]),
            objectives: 1,
            limits: 2)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var area = Areas[(int)x[0]];
        var (width, depth) = (x[1], x[2]);
        f[0] = 29.4 * area + 0.6 * width * depth;
        slack[0] = area * depth - 7.735 * area * area / width - 180;
        slack[1] = width == 0 ? double.NegativeInfinity : 4 - depth / width;
    }
}
