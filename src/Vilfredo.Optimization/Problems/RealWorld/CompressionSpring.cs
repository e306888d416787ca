namespace Vilfredo.Optimization.Problems;

/// <summary>A coil compression spring: volume of wire. The variables are the number of coils, the outside diameter and the diameter of the wire (a number of the table of diameters).</summary>
/// <remarks>The fifth limit holds always but for rounding, which is part of the published values. Bounds and the sign of the sixth limit are those of the authors' program, which made the reference points; the text of the suite differs. Source: Lampinen and Zelinka 1999.</remarks>
internal sealed class CompressionSpring : EngineeringDesign
{
    /// <summary>The diameters of wire from 0.09 on, in inches.</summary>
    internal static readonly double[] Wires =
        [0.092, 0.105, 0.12, 0.135, 0.148, 0.162, 0.177, 0.192, 0.207, 0.225, 0.244, 0.263, 0.283, 0.307, 0.331, 0.362, 0.394, 0.4375, 0.5];

    public CompressionSpring()
        : base(
            "coil compression spring",
            new(
            [
                Variable.Integer("coils", 1, 70), Variable.Real("outside", 0.6, 3), Variable.Integer("wire", 0, Wires.Length - 1),
            ]),
            objectives: 1,
            limits: 6)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        const double Largest = 1_000, Preload = 300;
        var (coils, outside, wire) = (x[0], x[1], Wires[(int)x[2]]);
        f[0] = Math.PI * Math.PI * outside * wire * wire * (coils + 2) / 4;

        var ratio = outside / wire;
        var factor = (4 * ratio - 1) / (4 * ratio - 4) + 0.615 / ratio;
        var stiffness = 11.5e6 * Fourth(wire) / (8 * coils * Cube(outside));
        var free = Largest / stiffness + 1.05 * (coils + 2) * wire;
        var underPreload = Preload / stiffness;
        var travel = (Largest - Preload) / stiffness;
        slack[0] = 189_000 - 8 * factor * Largest * outside / (Math.PI * Cube(wire));
        slack[1] = 14 - free;
        slack[2] = ratio - 3;
        slack[3] = 6 - underPreload;
        slack[4] = free - underPreload - travel - 1.05 * (coils + 2) * wire;
        slack[5] = 1.25 - travel;
    }
}
