using static Vilfredo.Optimization.Problems.BbobTransformations;

namespace Vilfredo.Optimization.Problems;

/// <summary>The BBOB functions 1, 2, and 5 to 14: separable, moderate and ill-conditioned ones with a single valley (8 and 9 may have two).</summary>
internal static class BbobUnimodal
{
    public static (double[] Optimum, BbobLandscape Value) Create(int number, int n, long seed)
    {
        var optimum = BbobRandom.Optimum(n, number == 12 ? seed + 1_000_000 : seed);
        var rotation = number is 1 or 2 or 5 or 8 ? [] : BbobRandom.Rotation(n, number == 9 ? seed : seed + 1_000_000);
        return number switch
        {
            1 => (optimum, x => Sphere(From(x, optimum))),
            2 => (optimum, x => Ellipsoid(Oscillate(From(x, optimum)), 1e6)),
            5 => LinearSlope(optimum),
            6 => AttractiveSector(optimum, Conditioned(rotation, 10, BbobRandom.Rotation(n, seed), n)),
            7 => StepEllipsoid(optimum, rotation, BbobRandom.Rotation(n, seed)),
            8 => Rosenbrock(Array.ConvertAll(optimum, value => 0.75 * value)),
            9 => RotatedRosenbrock(rotation, n),
            10 => (optimum, x => Ellipsoid(Oscillate(Times(rotation, From(x, optimum))), 1e6)),
            11 => (optimum, x => Discus(Oscillate(Times(rotation, From(x, optimum))))),
            12 => (optimum, x => BentCigar(Times(rotation, Bend(Times(rotation, From(x, optimum)), 0.5)))),
            13 => SharpRidge(optimum, Conditioned(rotation, 10, BbobRandom.Rotation(n, seed), n)),
            14 => (optimum, x => DifferentPowers(Times(rotation, From(x, optimum)))),
            _ => throw new ArgumentOutOfRangeException(nameof(number)),
        };
    }

    /// <summary>The Rosenbrock function, best at (1, ..., 1).</summary>
    public static double Rosenbrock(ReadOnlySpan<double> z)
    {
        var sum = 0.0;
        for (var i = 0; i < z.Length - 1; i++)
        {
            var (valley, side) = (z[i] * z[i] - z[i + 1], z[i] - 1);
            sum += 100 * valley * valley + side * side;
        }

        return sum;
    }

    /// <summary>The factor of the variables of functions 8, 9 and 19.</summary>
    public static double Factor(int n) => Math.Max(1, Math.Sqrt(n) / 8);

    /// <summary>Where a rotated valley, scaled and moved by 1/2, has its best point.</summary>
    public static double[] RotatedOptimum(double[] rotation, int n)
    {
        var optimum = new double[n];
        for (var column = 0; column < n; column++)
        {
            for (var row = 0; row < n; row++) optimum[column] += rotation[row * n + column];
            optimum[column] /= 2 * Factor(n);
        }

        return optimum;
    }

    private static double Sphere(double[] z) => z.Sum(value => value * value);

    private static double Ellipsoid(double[] z, double condition)
    {
        var sum = 0.0;
        for (var i = 0; i < z.Length; i++) sum += Math.Pow(condition, Place(i, z.Length)) * z[i] * z[i];
        return sum;
    }

    private static double Discus(double[] z) => Sphere(z) + (1e6 - 1) * z[0] * z[0];

    private static double BentCigar(double[] z) => 1e6 * Sphere(z) - (1e6 - 1) * z[0] * z[0];

    private static double DifferentPowers(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i < z.Length; i++) sum += Math.Pow(Math.Abs(z[i]), 2 + 4 * Place(i, z.Length));
        return Math.Sqrt(sum);
    }

    private static (double[] Optimum, BbobLandscape Value) LinearSlope(double[] side)
    {
        var corner = Array.ConvertAll(side, value => value > 0 ? 5.0 : -5);
        return (corner, x =>
        {
            var sum = 0.0;
            for (var i = 0; i < corner.Length; i++)
            {
                var slope = Math.Sign(corner[i]) * Math.Pow(10, Place(i, corner.Length));
                sum += 5 * Math.Abs(slope) - slope * (x[i] * corner[i] < 25 ? x[i] : corner[i]);
            }

            return sum;
        }
        );
    }

    private static (double[] Optimum, BbobLandscape Value) AttractiveSector(double[] optimum, double[] matrix) => (optimum, x =>
    {
        var z = Times(matrix, From(x, optimum));
        var sum = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            var factor = z[i] * optimum[i] > 0 ? 100 : 1;
            sum += factor * z[i] * (factor * z[i]);
        }

        return Math.Pow(Oscillate(sum), 0.9);
    }
    );

    private static (double[] Optimum, BbobLandscape Value) StepEllipsoid(double[] optimum, double[] outer, double[] inner) => (optimum, x =>
    {
        var z = Stretch(Times(inner, From(x, optimum)), 10);
        var first = Math.Abs(z[0]);
        foreach (ref var value in z.AsSpan()) value = Math.Abs(value) > 0.5 ? Math.Floor(value + 0.5) : Math.Floor(10 * value + 0.5) / 10;
        return 0.1 * Math.Max(first * 1e-4, Ellipsoid(Times(outer, z), 100)) + Outside(x);
    }
    );

    private static (double[] Optimum, BbobLandscape Value) Rosenbrock(double[] optimum) => (optimum, x =>
    {
        var z = From(x, optimum);
        foreach (ref var value in z.AsSpan()) value = Factor(z.Length) * value + 1;
        return Rosenbrock(z.AsSpan());
    }
    );

    private static (double[] Optimum, BbobLandscape Value) RotatedRosenbrock(double[] rotation, int n) => (RotatedOptimum(rotation, n), x =>
    {
        var z = Times(rotation, x);
        foreach (ref var value in z.AsSpan()) value = Factor(n) * value + 0.5;
        return Rosenbrock(z.AsSpan());
    }
    );

    private static (double[] Optimum, BbobLandscape Value) SharpRidge(double[] optimum, double[] matrix) => (optimum, x =>
    {
        var z = Times(matrix, From(x, optimum));
        return z[0] * z[0] + 100 * Math.Sqrt(Sphere(z[1..]));
    }
    );
}
