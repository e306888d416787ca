namespace Vilfredo.Optimization.Problems;

/// <summary>A bulk carrier: cost of transport, weight of the empty ship, and annual cargo (negated). The variables are length, beam, depth, draft, speed in knots and block coefficient.</summary>
/// <remarks>With the suite's formula for days at sea a voyage takes so long that cargo is negative over most of the space. Source: Parsons and Scott 2004.</remarks>
internal sealed class BulkCarrier : EngineeringDesign
{
    public BulkCarrier()
        : base(
            "conceptual marine design",
            new(
            [
                Variable.Real("length", 150, 274.32), Variable.Real("beam", 20, 32.31), Variable.Real("depth", 13, 25),
                Variable.Real("draft", 10, 11.71), Variable.Real("speed", 14, 18), Variable.Real("block", 0.63, 0.75),
            ]),
            objectives: 3,
            limits: 9)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (length, beam, depth, draft, knots, block) = (x[0], x[1], x[2], x[3], x[4], x[5]);
        var displacement = 1.025 * length * beam * draft * block;
        var froude = 0.5144 * knots / Math.Sqrt(9.8065 * length);
        var a = 4977.06 * block * block - 8105.61 * block + 4456.51;
        var b = -10847.2 * block * block + 12817 * block - 6960.32;
        var power = Math.Pow(displacement, 2.0 / 3) * Cube(knots) / (a + b * froude);

        var steel = 0.034 * Math.Pow(length, 1.7) * Math.Pow(beam, 0.7) * Math.Pow(depth, 0.4) * Math.Sqrt(block);
        var outfit = Math.Pow(length, 0.8) * Math.Pow(beam, 0.6) * Math.Pow(depth, 0.3) * Math.Pow(block, 0.1);
        var empty = steel + outfit + 0.17 * Math.Pow(power, 0.9);
        var deadweight = displacement - empty;

        var seaDays = 5_000.0 / 24 * knots; // sic: the suite multiplies where a distance over a speed is meant
        var consumption = 0.19 * power * 24 / 1_000 + 0.2; // tonnes a day
        var cargo = deadweight - consumption * (seaDays + 5) - 2 * Math.Sqrt(deadweight);
        var portDays = 2 * (cargo / 8_000 + 0.5);
        var trips = 350 / (seaDays + portDays);
        var ship = 1.3 * (2_000 * Math.Pow(steel, 0.85) + 3_500 * outfit + 2_400 * Math.Pow(power, 0.8));
        var voyage = 1.05 * consumption * seaDays * 100 + 6.3 * Math.Pow(deadweight, 0.8);
        var annual = 0.2 * ship + 40_000 * Math.Pow(deadweight, 0.3) + voyage * trips;
        f[0] = annual / (cargo * trips);
        f[1] = empty;
        f[2] = -cargo * trips;

        slack[0] = length / beam - 6;
        slack[1] = 15 - length / depth;
        slack[2] = 19 - length / draft;
        slack[3] = 0.45 * Math.Pow(deadweight, 0.31) - draft;
        slack[4] = 0.7 * depth + 0.7 - draft;
        slack[5] = 500_000 - deadweight;
        slack[6] = deadweight - 3_000;
        slack[7] = 0.32 - froude;
        slack[8] = 0.53 * draft + (0.085 * block - 0.002) * beam * beam / (draft * block) - (1 + 0.52 * depth) - 0.07 * beam;
    }
}
