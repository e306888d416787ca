namespace Vilfredo.Optimization.Problems;

/// <summary>The storm drainage of a city: cost of the network, of the storage and of the treatment, and of expected damage by floods and by economic loss. The variables are storage capacity, treatment rate and overflow.</summary>
/// <remarks>Source: Ray, Tai and Seow 2001.</remarks>
internal sealed class WaterResources : EngineeringDesign
{
    public WaterResources()
        : base(
            "water resource planning",
            new(
            [
                Variable.Real("storage", 0.01, 0.45), Variable.Real("treatment", 0.01, 0.1), Variable.Real("overflow", 0.01, 0.1),
            ]),
            objectives: 5,
            limits: 7)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var (treatment, overflow) = (x[1], x[2]);
        var product = x[0] * treatment;
        f[0] = 106_780.37 * (treatment + overflow) + 61_704.67;
        f[1] = 3_000 * x[0];
        f[2] = 305_700 * 2_289 * treatment / Math.Pow(0.06 * 2_289, 0.65);
        f[3] = 250 * 2_289 * Math.Exp(-39.75 * treatment + 9.9 * overflow + 2.74);
        f[4] = 25 * (1.39 / product + 4_940 * overflow - 80);

        slack[0] = 1 - (0.00139 / product + 4.94 * overflow - 0.08);
        slack[1] = 1 - (0.000306 / product + 1.082 * overflow - 0.0986);
        slack[2] = 50_000 - (12.307 / product + 49_408.24 * overflow + 4_051.02);
        slack[3] = 16_000 - (2.098 / product + 8_046.33 * overflow - 696.71);
        slack[4] = 10_000 - (2.138 / product + 7_883.39 * overflow - 705.04);
        slack[5] = 2_000 - (0.417 * product + 1_721.26 * overflow - 136.54);
        slack[6] = 550 - (0.164 / product + 631.13 * overflow - 54.48);
    }
}
