namespace Vilfredo.Optimization.Problems;

/// <summary>MaF4: DTLZ3 turned round, with objectives of different scales.</summary>
/// <remarks>f is 1 + g less that of DTLZ3, times 2^m. Source: Cheng et al. 2017.</remarks>
public sealed class Maf4 : MafProblem
{
    private readonly Dtlz3 original;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf4(int objectives = 3)
        : base(4, objectives, UnitSpace(objectives, 9))
    {
        original = new Dtlz3(objectives);
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Range(1, objectives).Select(m => Math.Pow(2, m))];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        original.Evaluate(x, 1, f, []);
        Invert(f);
    }

    private protected override double[] Front(int count)
    {
        var front = original.SampleFront(count);
        for (var i = 0; i < front.Length; i += ObjectiveCount) Invert(front.AsSpan(i, ObjectiveCount));
        return front;
    }

    private static void Invert(Span<double> f)
    {
        var square = 0.0;
        foreach (var value in f) square += value * value;
        var scale = 1.0;
        foreach (ref var value in f) value = (scale *= 2) * (Math.Sqrt(square) - value); // the root is 1 + g
    }
}
