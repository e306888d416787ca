namespace Vilfredo.Optimization.Problems;

/// <summary>MW14: a front of separate parts that is feasible as a whole.</summary>
/// <remarks>On the front each of the first objectives is where 6 - e^f - 1.5 sin(1.1 pi f^2) is below all its values further left. Source: Ma and Wang 2019.</remarks>
public sealed class Mw14 : MwProblem
{
    // Where 6 - e^f - 1.5 sin(1.1 pi f^2) is below all its values further left: up to its first local minimum, and from where it is as low again.
    private const double FirstEnd = 0.7313522974897324, SecondStart = 1.329633908740226, SecondEnd = 1.5;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2; 3 in the paper.</param>
    /// <param name="variables">The number of variables, more than objectives; <see langword="null"/> for 12 more.</param>
    public Mw14(int objectives = 3, int? variables = null)
        : base(14, objectives, variables ?? objectives + 12, constraints: 1, upper: 1.5)
    {
        IdealPoint = [.. new double[objectives - 1], Last(Enumerable.Repeat(SecondEnd, objectives - 1).ToArray())];
        NadirPoint = [.. Enumerable.Repeat(SecondEnd, objectives - 1), 5];
    }

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        x[..(f.Length - 1)].CopyTo(f);
        f[^1] = LinkedDistance(x) * Last(f[..^1]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var sum = 0.0;
        foreach (var value in f[..^1]) sum += 5.1 - value - 0.5 * value * value - Wave(value);
        g[0] = f[^1] - sum / (f.Length - 1);
    }

    private protected override double[] Front(int count)
    {
        var positions = ObjectiveCount - 1;
        var sequence = new HaltonSequence(positions);
        var front = new double[count * ObjectiveCount];
        for (var i = 0; i < count; i++)
        {
            var point = front.AsSpan(i * ObjectiveCount, ObjectiveCount);
            if (i == 0) point[..positions].Clear();
            else if (i == 1) point[..positions].Fill(1);
            else if (positions == 1) point[0] = (double)(i - 1) / (count - 1);
            else sequence.At(i, point[..positions]);
            foreach (ref var value in point[..positions]) value = Along(value);
            point[^1] = Last(point[..positions]);
        }

        return front;
    }

    // The mean of 6 - e^f - 1.5 sin(1.1 pi f^2).
    private static double Last(ReadOnlySpan<double> first)
    {
        var sum = 0.0;
        foreach (var value in first) sum += 6 - Math.Exp(value) - Wave(value);
        return sum / first.Length;
    }

    private static double Wave(double value) => 1.5 * Math.Sin(1.1 * Math.PI * value * value);

    // From [0, 1] to the two intervals.
    private static double Along(double share)
    {
        var along = share * (FirstEnd + SecondEnd - SecondStart);
        return along <= FirstEnd ? along : SecondStart + (along - FirstEnd);
    }
}
