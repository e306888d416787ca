namespace Vilfredo.Optimization.Problems;

/// <summary>WFG2: a convex front of six separate parts, and distance variables that act in pairs.</summary>
/// <remarks>On the front f = 2m h with the convex shape and, last, the disconnected one, where that is below all its values further left. Source: Huband, Hingston, Barone and While 2006.</remarks>
public sealed class Wfg2 : WfgProblem
{
    // Where x cos^2(5 pi x), which the last objective falls by, is above all its values further left.
    private static readonly (double Low, double High)[] Parts = RisingParts();

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="positions">k, a multiple of one less than objectives; <see langword="null"/> for the paper's: 4 for two objectives, 2 (M - 1) beyond.</param>
    /// <param name="distances">l, the number of distance variables, at least 1, even; 20 in the paper.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Wfg2(int objectives = 3, int? positions = null, int distances = 20)
        : base(2, objectives, positions, distances, pairedDistances: true)
    {
    }

    private protected override void Transform(Span<double> y, Span<double> t)
    {
        ShiftDistances(y);
        Means(y, ReducePairs(y[PositionCount..]), t);
    }

    private protected override void Shape(ReadOnlySpan<double> x, Span<double> h)
    {
        WfgShapes.Convex(x, h);
        h[^1] = WfgShapes.Disconnected(x[0]);
    }

    private protected override double OptimalPosition(double share)
    {
        var rest = share * Parts.Sum(part => part.High - part.Low);
        foreach (var (low, high) in Parts)
        {
            if (rest <= high - low) return low + rest;
            rest -= high - low;
        }

        return 1;
    }

    /// <summary>Puts the non-separable reduction of each pair of values to the front and returns these.</summary>
    internal static Span<double> ReducePairs(Span<double> distances)
    {
        for (var i = 0; i < distances.Length / 2; i++) distances[i] = WfgTransformations.NonSeparable(distances.Slice(2 * i, 2));
        return distances[..(distances.Length / 2)];
    }

    private static (double Low, double High)[] RisingParts()
    {
        const int Humps = 6; // around 0, 0.2, .., 1
        static double Fall(double x) => 1 - WfgShapes.Disconnected(x);

        var parts = new (double Low, double High)[Humps];
        for (var hump = 0; hump < Humps; hump++)
        {
            // The top is where tan(5 pi x) = 1 / (10 pi x), a little right of the hump's middle, or the end.
            var middle = 0.2 * hump;
            var top = hump == Humps - 1 ? 1 : Root(x => Math.Sin(5 * Math.PI * (x - middle)) * 10 * Math.PI * x - Math.Cos(5 * Math.PI * (x - middle)), middle, middle + 0.1);
            var start = hump == 0 ? 0 : Root(x => Fall(x) - Fall(parts[hump - 1].High), middle - 0.1, top);
            parts[hump] = (start, top);
        }

        return parts;
    }

    // By bisection; the function rises from below 0 to above 0.
    private static double Root(Func<double, double> function, double low, double high)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            if (function(middle) < 0) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
