namespace Vilfredo.Optimization.Problems;

/// <summary>BNH: two variables, two objectives, two constraints of which none cuts the front off.</summary>
/// <remarks>The front is where x = y from 0 to 3, then y = 3 with x from 3 to 5.</remarks>
public sealed class Bnh : TestProblem
{
    /// <summary>Creates the problem.</summary>
    public Bnh()
        : base(
            "BNH",
            "T. Binh, U. Korn, \"MOBES: a multiobjective evolution strategy for constrained optimization problems\", MENDEL 1997",
            new([Variable.Real("x", 0, 5), Variable.Real("y", 0, 3)]),
            objectives: 2,
            constraints: 2)
    {
        IdealPoint = [0, 4];
        NadirPoint = [136, 50];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = 4 * (x[0] * x[0] + x[1] * x[1]);
        f[1] = (x[0] - 5) * (x[0] - 5) + (x[1] - 5) * (x[1] - 5);
        g[0] = (x[0] - 5) * (x[0] - 5) + x[1] * x[1] - 25;
        g[1] = 7.7 - (x[0] - 8) * (x[0] - 8) - (x[1] + 3) * (x[1] + 3);
    }

    private protected override double[] Front(int count)
    {
        var front = new double[2 * count];
        Span<double> unused = stackalloc double[2];
        for (var i = 0; i < count; i++)
        {
            var x = 5.0 * i / (count - 1);
            EvaluatePoint([x, Math.Min(x, 3)], front.AsSpan(2 * i, 2), unused);
        }

        return front;
    }
}
