namespace Vilfredo.Optimization.Problems;

/// <summary>A gearbox: volume and stress in the first shaft. The variables are face width, module, teeth of the pinion, and for both shafts the distance between bearings and the diameter.</summary>
/// <remarks>Source: Farhang-Mehr and Azarm 2002.</remarks>
internal sealed class SpeedReducer : EngineeringDesign
{
    public SpeedReducer()
        : base(
            "speed reducer",
            new(
            [
                Variable.Real("width", 2.6, 3.6), Variable.Real("module", 0.7, 0.8), Variable.Integer("teeth", 17, 28),
                Variable.Real("span1", 7.3, 8.3), Variable.Real("span2", 7.3, 8.3), Variable.Real("shaft1", 2.9, 3.9), Variable.Real("shaft2", 5, 5.5),
            ]),
            objectives: 2,
            limits: 11)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (width, module, teeth) = (x[0], x[1], x[2]);
        var (span1, span2, shaft1, shaft2) = (x[3], x[4], x[5], x[6]);
        f[0] = 0.7854 * width * module * module * (10 * teeth * teeth / 3 + 14.933 * teeth - 43.0934)
            - 1.508 * width * (shaft1 * shaft1 + shaft2 * shaft2)
            + 7.477 * (Cube(shaft1) + Cube(shaft2))
            + 0.7854 * (span1 * shaft1 * shaft1 + span2 * shaft2 * shaft2);
        f[1] = Math.Sqrt(Square(745 * span1 / (module * teeth)) + 1.69e7) / (0.1 * Cube(shaft1));

        slack[0] = 1 / 27.0 - 1 / (width * module * module * teeth);
        slack[1] = 1 / 397.5 - 1 / (width * module * module * teeth * teeth);
        slack[2] = 1 / 1.93 - Cube(span1) / (module * teeth * Fourth(shaft1));
        slack[3] = 1 / 1.93 - Cube(span2) / (module * teeth * Fourth(shaft2));
        slack[4] = 40 - module * teeth;
        slack[5] = 12 - width / module;
        slack[6] = width / module - 5;
        slack[7] = span1 - 1.5 * shaft1 - 1.9;
        slack[8] = span2 - 1.1 * shaft2 - 1.9;
        slack[9] = 1_300 - f[1];
        slack[10] = 1_100 - Math.Sqrt(Square(745 * span2 / (module * teeth)) + 1.575e8) / (0.1 * Cube(shaft2));
    }
}
