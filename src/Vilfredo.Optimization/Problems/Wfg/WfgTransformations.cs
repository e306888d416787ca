namespace Vilfredo.Optimization.Problems;

/// <summary>The transformations of the WFG toolkit, from [0, 1] to [0, 1] (Huband et al. 2006, table XI).</summary>
internal static class WfgTransformations
{
    // A decision divided by its range misses 0.35 by an ulp, and WFG1 makes 0.4 of 1e-17.
    private const double Rounding = 4e-16;

    /// <summary>s_linear: 0 at <paramref name="zero"/> (and two ulps around it), 1 at 0 and 1, straight between.</summary>
    public static double Linear(double y, double zero)
    {
        if (Math.Abs(y - zero) <= Rounding) return 0;
        return y <= zero ? (zero - y) / zero : (y - zero) / (1 - zero);
    }

    /// <summary>
    /// s_decept: the global minimum 0 at <paramref name="zero"/> has a basin of half width <paramref name="aperture"/>; outside of it
    /// the value falls from 1 to <paramref name="deceptive"/> at 0 and 1.
    /// </summary>
    public static double Deceptive(double y, double zero, double aperture, double deceptive)
    {
        if (y < zero - aperture) return Unit(1 - (zero - aperture - y) * (1 - deceptive) / (zero - aperture));
        if (y > zero + aperture) return Unit(1 - (y - zero - aperture) * (1 - deceptive) / (1 - zero - aperture));
        return Unit(Math.Abs(y - zero) / aperture);
    }

    /// <summary>
    /// s_multi: <paramref name="minima"/> local minima on each side of the global one, 0 at <paramref name="zero"/>;
    /// <paramref name="hill"/> is the size of the bowl that they stand in.
    /// </summary>
    public static double Multimodal(double y, int minima, double hill, double zero)
    {
        var away = y <= zero ? (zero - y) / (2 * zero) : (y - zero) / (2 * (1 - zero));
        return Unit((1 + Math.Cos((4 * minima + 2) * Math.PI * (0.5 - away)) + 4 * hill * away * away) / (hill + 2));
    }

    /// <summary>b_flat: <paramref name="level"/> on the whole of [<paramref name="start"/>, <paramref name="end"/>], straight to 0 and 1 outside.</summary>
    public static double Flat(double y, double level, double start, double end)
    {
        if (y < start) return level * y / start;
        return y > end ? Unit(level + (1 - level) * (y - end) / (1 - end)) : level;
    }

    /// <summary>b_poly: a power.</summary>
    public static double Power(double y, double exponent) => Math.Pow(y, exponent);

    /// <summary>
    /// b_param with A = 0.98/49.98, B = 0.02 and C = 50, as all problems use it: a power that lies between 0.02 and 50, depending
    /// on the mean of other values.
    /// </summary>
    public static double Dependent(double y, double mean) => Math.Pow(y, DependentExponent(mean));

    /// <summary>The exponent of <see cref="Dependent"/>.</summary>
    public static double DependentExponent(double mean)
    {
        const double A = 0.98 / 49.98, B = 0.02, C = 50;
        return B + (C - B) * (A - (1 - 2 * mean) * Math.Abs(Math.Floor(0.5 - mean) + A));
    }

    /// <summary>r_sum with equal weights.</summary>
    public static double Mean(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        foreach (var value in y) sum += value;
        return Unit(sum / y.Length);
    }

    /// <summary>r_nonsep with the degree of the number of values: their sum and all differences between them.</summary>
    public static double NonSeparable(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            sum += y[i];
            for (var j = i + 1; j < y.Length; j++) sum += 2 * Math.Abs(y[i] - y[j]); // once from either side
        }

        var half = (y.Length + 1) / 2;
        return Unit(sum / (half * (1.0 + 2 * y.Length - 2 * half)));
    }

    // Rounding may leave the interval by an ulp or two.
    private static double Unit(double value) => Math.Clamp(value, 0, 1);
}
