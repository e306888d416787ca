using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Problems;

/// <summary>The cabin of a car with uncertain materials: weight and eight safety values over their limits, in a crash from the side. The variables are thicknesses of the parts.</summary>
/// <remarks>Four further quantities are uncertain. Their random values belong to the decisions: the same decisions give the same values. Source: Deb and Jain 2014; Gu et al. 2001.</remarks>
internal sealed class CarCabin : EngineeringDesign
{
    public CarCabin()
        : base(
            "car cab",
            new(
            [
                Variable.Real("x1", 0.5, 1.5), Variable.Real("x2", 0.45, 1.35), Variable.Real("x3", 0.5, 1.5), Variable.Real("x4", 0.5, 1.5),
                Variable.Real("x5", 0.875, 2.625), Variable.Real("x6", 0.4, 1.2), Variable.Real("x7", 0.4, 1.2),
            ]),
            objectives: 9,
            limits: 0)
    {
    }

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack)
    {
        var random = new RandomGenerator(GenomeSet.Hash(x));
        Evaluate(x, [random.NextNormal(), random.NextNormal(), random.NextNormal(), random.NextNormal()], f);
    }

    /// <summary>The values at four standard normal numbers.</summary>
    internal static void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> normal, Span<double> f)
    {
        var (x1, x2, x3, x4, x5, x6, x7) = (x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
        var (x8, x9) = (0.006 * normal[0] + 0.345, 0.006 * normal[1] + 0.192); // materials
        var (x10, x11) = (10 * normal[2], 10 * normal[3]); // height of the barrier and where it hits
        f[0] = 1.98 + 4.9 * x1 + 6.67 * x2 + 6.98 * x3 + 4.01 * x4 + 1.75 * x5 + 0.00001 * x6 + 2.73 * x7;
        f[1] = 1.16 - 0.3717 * x2 * x4 - 0.00931 * x2 * x10 - 0.484 * x3 * x9 + 0.01343 * x6 * x10;
        f[2] = (0.261 - 0.0159 * x1 * x2 - 0.188 * x1 * x8 - 0.019 * x2 * x7 + 0.0144 * x3 * x5 + 0.87570001 * x5 * x10
            + 0.08045 * x6 * x9 + 0.00139 * x8 * x11 + 0.00001575 * x10 * x11) / 0.32;
        f[3] = (0.214 + 0.00817 * x5 - 0.131 * x1 * x8 - 0.0704 * x1 * x9 + 0.03099 * x2 * x6 - 0.018 * x2 * x7
            + 0.0208 * x3 * x8 + 0.121 * x3 * x9 - 0.00364 * x5 * x6 + 0.0007715 * x5 * x10 - 0.0005354 * x6 * x10
            + 0.00121 * x8 * x11 + 0.00184 * x9 * x10 - 0.018 * x2 * x2) / 0.32;
        f[4] = (0.74 - 0.61 * x2 - 0.163 * x3 * x8 + 0.001232 * x3 * x10 - 0.166 * x7 * x9 + 0.227 * x2 * x2) / 0.32;

        var lower = 28.98 + 3.818 * x3 - 4.2 * x1 * x2 + 0.0207 * x5 * x10 + 6.63 * x6 * x9 - 7.77 * x7 * x8 + 0.32 * x9 * x10;
        var middle = 33.86 + 2.95 * x3 + 0.1792 * x10 - 5.057 * x1 * x2 - 11 * x2 * x8 - 0.0215 * x5 * x10 - 9.98 * x7 * x8 + 22 * x8 * x9;
        var upper = 46.36 - 9.9 * x2 - 12.9 * x1 * x8 + 0.1107 * x3 * x10;
        f[5] = (lower + middle + upper) / 3 / 32;
        f[6] = (4.72 - 0.5 * x4 - 0.19 * x2 * x3 - 0.0122 * x4 * x10 + 0.009325 * x6 * x10 + 0.000191 * x11 * x11) / 4;
        f[7] = (10.58 - 0.674 * x1 * x2 - 1.95 * x2 * x8 + 0.02054 * x3 * x10 - 0.0198 * x4 * x10 + 0.028 * x6 * x10) / 9.9;
        f[8] = (16.45 - 0.489 * x3 * x7 - 0.843 * x5 * x6 + 0.0432 * x9 * x10 - 0.0556 * x9 * x11 - 0.000786 * x11 * x11) / 15.7;
        foreach (ref var value in f[1..]) value = Math.Max(0, value);
    }
}
