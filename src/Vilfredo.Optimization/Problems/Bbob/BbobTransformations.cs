namespace Vilfredo.Optimization.Problems;

/// <summary>What the BBOB functions do to a point before they measure it (Hansen, Finck, Ros and Auger 2009, section 0.2).</summary>
internal static class BbobTransformations
{
    /// <summary>i / (n - 1), from 0 at the first variable to 1 at the last.</summary>
    public static double Place(int i, int n) => (double)i / (n - 1);

    /// <summary>x - optimum.</summary>
    public static double[] From(ReadOnlySpan<double> x, double[] optimum)
    {
        var z = new double[x.Length];
        for (var i = 0; i < z.Length; i++) z[i] = x[i] - optimum[i];
        return z;
    }

    /// <summary>Matrix times vector.</summary>
    public static double[] Times(double[] matrix, ReadOnlySpan<double> x)
    {
        var result = new double[x.Length];
        for (var row = 0; row < result.Length; row++)
        {
            for (var column = 0; column < x.Length; column++) result[row] += matrix[row * x.Length + column] * x[column];
        }

        return result;
    }

    /// <summary>Left matrix times the diagonal matrix of condition number <paramref name="condition"/> (in variances) times right matrix.</summary>
    public static double[] Conditioned(double[] left, double condition, double[] right, int n)
    {
        var product = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                var factor = left[i * n + k] * Math.Pow(Math.Sqrt(condition), Place(k, n));
                for (var j = 0; j < n; j++) product[i * n + j] += factor * right[k * n + j];
            }
        }

        return product;
    }

    /// <summary>Lambda^alpha: stretches variables by up to sqrt(<paramref name="condition"/>), in place.</summary>
    public static double[] Stretch(double[] x, double condition)
    {
        for (var i = 0; i < x.Length; i++) x[i] *= Math.Pow(Math.Sqrt(condition), Place(i, x.Length));
        return x;
    }

    /// <summary>T_osz of a number: makes it wave.</summary>
    public static double Oscillate(double value)
    {
        if (value == 0) return 0;
        var logarithm = Math.Log(Math.Abs(value)) / 0.1;
        return value > 0
            ? Math.Pow(Math.Exp(logarithm + 0.49 * (Math.Sin(logarithm) + Math.Sin(0.79 * logarithm))), 0.1)
            : -Math.Pow(Math.Exp(logarithm + 0.49 * (Math.Sin(0.55 * logarithm) + Math.Sin(0.31 * logarithm))), 0.1);
    }

    /// <summary>T_osz of each variable, in place.</summary>
    public static double[] Oscillate(double[] x)
    {
        foreach (ref var value in x.AsSpan()) value = Oscillate(value);
        return x;
    }

    /// <summary>T_asy: bends the positive side, the more the later the variable, in place.</summary>
    public static double[] Bend(double[] x, double beta)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) x[i] = Math.Pow(x[i], 1 + beta * Place(i, x.Length) * Math.Sqrt(x[i]));
        }

        return x;
    }

    /// <summary>f_pen: the squared distance from the box [-5, 5].</summary>
    public static double Outside(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x)
        {
            var beyond = Math.Max(0, Math.Abs(value) - 5);
            sum += beyond * beyond;
        }

        return sum;
    }
}
