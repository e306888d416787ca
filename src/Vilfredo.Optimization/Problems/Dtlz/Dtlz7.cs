namespace Vilfredo.Optimization.Problems;

/// <summary>DTLZ7: a front of 2^(M-1) separate parts. Variables in [0, 1].</summary>
/// <remarks>On the front all distance variables are 0, and the position variables are where f (1 + sin(3 pi f)) is above all its values further left. Source: Deb, Thiele, Laumanns and Zitzler 2005.</remarks>
public sealed class Dtlz7 : DtlzProblem
{
    // Where f (1 + sin(3 pi f)) rises above all its values further left: from 0 to its first local maximum, and from where
    // it is as high again to its last local maximum.
    private const double FirstEnd = 0.25141183608891715, SecondStart = 0.6316265307000613, SecondEnd = 0.859400856644724;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for the paper's, 19 more than objectives.</param>
    public Dtlz7(int objectives = 3, int? variables = null)
        : base(7, objectives, variables ?? objectives + 19)
    {
        IdealPoint = [.. new double[objectives - 1], Last(Enumerable.Repeat(SecondEnd, objectives - 1).ToArray())];
        NadirPoint = [.. Enumerable.Repeat(SecondEnd, objectives - 1), 2.0 * objectives];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var distance = DistanceVariables(x);
        var scale = 2 + 9 * RowSums.Sum<RowSums.Identity>(distance) / distance.Length; // 1 + g
        var last = scale * f.Length;
        for (var i = 0; i < f.Length - 1; i++)
        {
            f[i] = x[i];
            last -= x[i] * (1 + Math.Sin(3 * Math.PI * x[i]));
        }

        f[^1] = last; // (1 + g) (M - sum of f / (1 + g) (1 + sin(3 pi f)))
    }

    private protected override double[] Front(int count)
    {
        var positions = ObjectiveCount - 1;
        var sequence = new HaltonSequence(positions);
        var length = FirstEnd + (SecondEnd - SecondStart);
        var front = new double[count * ObjectiveCount];
        for (var i = 0; i < count; i++)
        {
            var point = front.AsSpan(i * ObjectiveCount, ObjectiveCount);
            if (positions == 1) point[0] = (double)i / (count - 1);
            else sequence.At(i, point[..positions]);

            foreach (ref var value in point[..positions])
            {
                var along = value * length;
                value = along <= FirstEnd ? along : SecondStart + (along - FirstEnd);
            }

            point[^1] = Last(point[..positions]);
        }

        return front;
    }

    private static double Last(ReadOnlySpan<double> first)
    {
        var last = 2.0 * (first.Length + 1);
        foreach (var value in first) last -= value * (1 + Math.Sin(3 * Math.PI * value));
        return last;
    }
}
