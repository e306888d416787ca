namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The family DTLZ, for any number of objectives M: the first M - 1 variables give the position on the front, the others
/// the distance g from it.
/// </summary>
public abstract class DtlzProblem : TestProblem
{
    private protected DtlzProblem(int number, int objectives, int variables)
        : base(
            $"DTLZ{number}",
            "K. Deb, L. Thiele, M. Laumanns, E. Zitzler, \"Scalable test problems for evolutionary multiobjective optimization\", in Evolutionary Multiobjective Optimization, Springer, 2005",
            DecisionSpace.Continuous(CheckedVariables(objectives, variables), 0, 1),
            objectives)
    {
    }

    private protected ReadOnlySpan<double> DistanceVariables(ReadOnlySpan<double> x) => x[(ObjectiveCount - 1)..];

    /// <summary>
    /// Spherical coordinates: f1 = r cos(t1) .. cos(t[M-1]), f2 = r cos(t1) .. cos(t[M-2]) sin(t[M-1]), .., fM = r sin(t1).
    /// The angles are quarter turns times <paramref name="quarters"/>.
    /// </summary>
    internal static void OnSphere(double radius, ReadOnlySpan<double> quarters, Span<double> f)
    {
        var product = radius;
        for (var i = 0; i < quarters.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(quarters[i] * (Math.PI / 2));
            f[^(i + 1)] = product * sine;
            product *= cosine;
        }

        f[0] = product;
    }

    /// <summary>Points on the unit sphere's part with no negative coordinate.</summary>
    private protected double[] SphereFront(int count)
    {
        var front = SimplexPoints.Spread(count, ObjectiveCount);
        for (var i = 0; i < front.Length; i += ObjectiveCount)
        {
            var point = front.AsSpan(i, ObjectiveCount);
            var square = 0.0;
            foreach (var value in point) square += value * value;
            foreach (ref var value in point) value /= Math.Sqrt(square);
        }

        return front;
    }

    /// <summary>The front of DTLZ5 and DTLZ6: the first angle varies, all others are an eighth turn.</summary>
    private protected double[] QuarterCircle(int count)
    {
        var front = new double[count * ObjectiveCount];
        var quarters = new double[ObjectiveCount - 1];
        quarters.AsSpan().Fill(0.5);
        for (var i = 0; i < count; i++)
        {
            quarters[0] = (double)i / (count - 1);
            OnSphere(1, quarters, front.AsSpan(i * ObjectiveCount, ObjectiveCount));
        }

        return front;
    }

    private static int CheckedVariables(int objectives, int variables)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, objectives);
        return variables;
    }
}
