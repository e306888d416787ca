namespace Vilfredo.Optimization.Problems;

/// <summary>MaF8: the distances of a point in the plane from the corners of a regular polygon.</summary>
/// <remarks>Two variables in [-10000, 10000]. Optimal are the points of the polygon. Source: Cheng et al. 2017.</remarks>
public sealed class Maf8 : MafProblem
{
    private readonly (double X, double Y)[] corners;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 3.</param>
    public Maf8(int objectives = 3)
        : base(8, AtLeastThree(objectives), DecisionSpace.Continuous(2, -10_000, 10_000))
    {
        corners = new (double X, double Y)[objectives];
        for (var m = 0; m < objectives; m++)
        {
            var (sine, cosine) = Math.SinCos(Math.PI / 2 - (m + 1) * 2 * Math.PI / objectives);
            corners[m] = (cosine, sine);
        }

        IdealPoint = new double[objectives];
        NadirPoint = Constant(objectives, objectives % 2 == 0 ? 2 : 2 * Math.Cos(Math.PI / (2 * objectives))); // to the corner opposite
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        for (var m = 0; m < f.Length; m++)
        {
            var (across, up) = (x[0] - corners[m].X, x[1] - corners[m].Y);
            f[m] = Math.Sqrt(across * across + up * up);
        }
    }

    // The corners, then uniform points of the triangles between the middle and two neighbouring corners.
    private protected override double[] Front(int count)
    {
        var front = new double[count * ObjectiveCount];
        var sequence = new HaltonSequence(3);
        Span<double> u = stackalloc double[3];
        for (var i = 0; i < count; i++)
        {
            var point = corners[i % corners.Length];
            if (i >= corners.Length)
            {
                sequence.At(i, u);
                var first = Math.Min((int)(u[2] * corners.Length), corners.Length - 1);
                var (a, b) = (corners[first], corners[(first + 1) % corners.Length]);
                var (share, other) = u[0] + u[1] <= 1 ? (u[0], u[1]) : (1 - u[0], 1 - u[1]);
                point = (share * a.X + other * b.X, share * a.Y + other * b.Y);
            }

            EvaluatePoint([point.X, point.Y], front.AsSpan(i * ObjectiveCount, ObjectiveCount), []);
        }

        return front;
    }

    private static int AtLeastThree(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 3);
        return objectives;
    }
}
