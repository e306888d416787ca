namespace Vilfredo.Optimization.Problems;

/// <summary>The shapes of WFG fronts: h1..hM of M - 1 positions in [0, 1] (Huband et al. 2006, table X).</summary>
internal static class WfgShapes
{
    /// <summary>The unit sphere.</summary>
    public static void Concave(ReadOnlySpan<double> x, Span<double> h)
    {
        var product = 1.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(x[i] * (Math.PI / 2));
            h[^(i + 1)] = product * cosine;
            product *= sine;
        }

        h[0] = product;
    }

    /// <summary>The sphere turned inside out.</summary>
    public static void Convex(ReadOnlySpan<double> x, Span<double> h)
    {
        var product = 1.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(x[i] * (Math.PI / 2));
            h[^(i + 1)] = product * (1 - sine);
            product *= 1 - cosine;
        }

        h[0] = product;
    }

    /// <summary>The simplex.</summary>
    public static void Linear(ReadOnlySpan<double> x, Span<double> h)
    {
        var product = 1.0;
        for (var i = 0; i < x.Length; i++)
        {
            h[^(i + 1)] = product * (1 - x[i]);
            product *= x[i];
        }

        h[0] = product;
    }

    /// <summary>A last objective with five convex and five concave segments.</summary>
    public static double Mixed(double x) => 1 - x + Math.Sin(10 * Math.PI * x) / (10 * Math.PI);

    /// <summary>A last objective that makes a front of six separate parts.</summary>
    public static double Disconnected(double x)
    {
        var cosine = Math.Cos(5 * Math.PI * x);
        return 1 - x * cosine * cosine;
    }

    /// <summary>
    /// The positions at which the concave shape points into a direction of non-negative values: the inverse of <see cref="Concave"/>
    /// up to length. Corners of the simplex are extremes of every shape.
    /// </summary>
    public static void PositionsOf(ReadOnlySpan<double> direction, Span<double> x)
    {
        var square = direction[0] * direction[0];
        for (var i = x.Length - 1; i >= 0; i--)
        {
            var value = direction[^(i + 1)];
            x[i] = Math.Atan2(Math.Sqrt(square), value) / (Math.PI / 2);
            square += value * value;
        }
    }
}
