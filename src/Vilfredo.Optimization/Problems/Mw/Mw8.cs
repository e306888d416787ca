namespace Vilfredo.Optimization.Problems;

/// <summary>MW8: belts of a sphere.</summary>
/// <remarks>The front is the part of the unit sphere where the sine of six times the latitude of the last objective is at most the root of a half. Source: Ma and Wang 2019.</remarks>
public sealed class Mw8 : MwProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2; 3 in the paper.</param>
    /// <param name="variables">The number of variables, more than objectives; <see langword="null"/> for 12 more.</param>
    public Mw8(int objectives = 3, int? variables = null)
        : base(8, objectives, variables ?? objectives + 12, constraints: 1)
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var product = MultimodalDistance(x);
        for (var i = 0; i < f.Length - 1; i++)
        {
            var (sine, cosine) = Math.SinCos(x[i] * (Math.PI / 2));
            f[^(i + 1)] = product * sine;
            product *= cosine;
        }

        f[0] = product;
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var square = 0.0;
        foreach (var value in f) square += value * value;
        var sine = Math.Sin(6 * Math.Asin(Math.Min(1, f[^1] / Math.Sqrt(square))));
        g[0] = square - Square(1.25 - 0.5 * sine * sine);
    }

    private protected override double[] Front(int count)
    {
        var front = new List<double>();
        var sphere = new Dtlz2(ObjectiveCount).SampleFront(count);
        Span<double> g = stackalloc double[1];
        for (var i = 0; i < sphere.Length; i += ObjectiveCount)
        {
            var point = sphere.AsSpan(i, ObjectiveCount);
            Constrain(point, g);
            if (g[0] <= 0) front.AddRange(point);
        }

        return [.. front];
    }
}
