using static Vilfredo.Optimization.Problems.BbobTransformations;

namespace Vilfredo.Optimization.Problems;

/// <summary>The BBOB functions 3, 4 and 15 to 24: those with many valleys.</summary>
internal static class BbobMultimodal
{
    private const int Summands = 12; // of the Weierstrass function

    public static (double[] Optimum, BbobLandscape Value) Create(int number, int n, long seed)
    {
        if (number is 21 or 22) return BbobPeaks.Create(number, n, seed);
        if (number == 20) return Schwefel(n, seed);
        if (number == 24) return BiRastrigin(n, seed);
        var optimum = BbobRandom.Optimum(n, seed);
        if (number == 3) return (optimum, x => Rastrigin(Stretch(Bend(Oscillate(From(x, optimum)), 0.2), 10)));
        if (number == 4) return BuecheRastrigin(optimum);
        var (outer, inner) = (BbobRandom.Rotation(n, seed + 1_000_000), BbobRandom.Rotation(n, seed));
        switch (number)
        {
            case 15:
                var stretched = Conditioned(outer, 10, inner, n);
                return (optimum, x => Rastrigin(Times(stretched, Bend(Oscillate(Times(outer, From(x, optimum))), 0.2))));
            case 16:
                var squeezed = Conditioned(outer, 0.01, inner, n);
                return (optimum, x => Weierstrass(Times(squeezed, Oscillate(Times(outer, From(x, optimum))))) + 10.0 / n * Outside(x));
            case 17 or 18:
                return (optimum, x => Schaffer(Stretch(Times(inner, Bend(Times(outer, From(x, optimum)), 0.5)), number == 17 ? 10 : 1000)) + 10 * Outside(x));
            case 19:
                return GriewankRosenbrock(inner, n);
            default:
                var wide = Conditioned(outer, 100, inner, n);
                return (optimum, x => Katsuura(Times(wide, From(x, optimum))) + Outside(x));
        }
    }

    private static double Rastrigin(double[] z)
    {
        var (waves, squares) = (0.0, 0.0);
        foreach (var value in z)
        {
            waves += Math.Cos(2 * Math.PI * value);
            squares += value * value;
        }

        return 10 * (z.Length - waves) + squares;
    }

    private static (double[] Optimum, BbobLandscape Value) BuecheRastrigin(double[] place)
    {
        var optimum = Array.ConvertAll(place, value => value);
        for (var i = 0; i < optimum.Length; i += 2) optimum[i] = Math.Abs(optimum[i]);
        return (optimum, x =>
        {
            var z = Oscillate(From(x, optimum));
            for (var i = 0; i < z.Length; i++) z[i] *= Math.Pow(Math.Sqrt(10), Place(i, z.Length)) * (z[i] > 0 && i % 2 == 0 ? 10 : 1);
            return Rastrigin(z) + 100 * Outside(x);
        }
        );
    }

    private static double Weierstrass(double[] z)
    {
        var (sum, best) = (0.0, 0.0);
        for (var k = 0; k < Summands; k++)
        {
            var (amplitude, frequency) = (Math.Pow(0.5, k), Math.Pow(3, k));
            foreach (var value in z) sum += amplitude * Math.Cos(2 * Math.PI * (value + 0.5) * frequency);
            best += amplitude * Math.Cos(2 * Math.PI * 0.5 * frequency);
        }

        return 10 * Math.Pow(sum / z.Length - best, 3);
    }

    private static double Schaffer(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i < z.Length - 1; i++)
        {
            var square = z[i] * z[i] + z[i + 1] * z[i + 1];
            var wave = Math.Sin(50 * Math.Pow(square, 0.1));
            sum += Math.Pow(square, 0.25) * (1 + wave * wave);
        }

        return Math.Pow(sum / (z.Length - 1), 2);
    }

    private static (double[] Optimum, BbobLandscape Value) GriewankRosenbrock(double[] rotation, int n) => (BbobUnimodal.RotatedOptimum(rotation, n), x =>
    {
        var z = Times(rotation, x);
        foreach (ref var value in z.AsSpan()) value = BbobUnimodal.Factor(n) * value + 0.5;
        var sum = 0.0;
        for (var i = 0; i < n - 1; i++)
        {
            var s = BbobUnimodal.Rosenbrock(z.AsSpan(i, 2));
            sum += s / 4000 - Math.Cos(s);
        }

        return 10 + 10 * sum / (n - 1);
    }
    );

    private static (double[] Optimum, BbobLandscape Value) Schwefel(int n, long seed)
    {
        const double Best = 4.2096874637; // of one variable, a hundredth of it
        var optimum = Array.ConvertAll(BbobRandom.Uniform(n, seed), value => (value < 0.5 ? -1 : 1) * 0.5 * Best);
        return (optimum, x =>
        {
            var z = new double[n];
            for (var i = 0; i < n; i++) z[i] = 2 * Math.Sign(optimum[i]) * x[i];
            for (var i = n - 1; i > 0; i--) z[i] += 0.25 * (z[i - 1] - Best);
            for (var i = 0; i < n; i++) z[i] = 100 * (Math.Pow(Math.Sqrt(10), Place(i, n)) * (z[i] - Best) + Best);
            var (sum, penalty) = (0.0, 0.0);
            foreach (var value in z)
            {
                sum += value * Math.Sin(Math.Sqrt(Math.Abs(value)));
                var beyond = Math.Max(0, Math.Abs(value) - 500);
                penalty += beyond * beyond;
            }

            return 0.01 * (penalty + 418.9828872724339 - sum / n);
        }
        );
    }

    private static double Katsuura(double[] z)
    {
        var product = 1.0;
        for (var i = 0; i < z.Length; i++)
        {
            var sum = 0.0;
            for (var j = 1; j <= 32; j++)
            {
                var power = Math.Pow(2, j);
                sum += Math.Abs(power * z[i] - Math.Floor(power * z[i] + 0.5)) / power;
            }

            product *= Math.Pow(1 + (i + 1) * sum, 10 / Math.Pow(z.Length, 1.2));
        }

        return 10.0 / z.Length / z.Length * (product - 1);
    }

    private static (double[] Optimum, BbobLandscape Value) BiRastrigin(int n, long seed)
    {
        const double First = 2.5;
        var size = 1 - 0.5 / (Math.Sqrt(n + 20) - 4.1);
        var second = -Math.Sqrt((First * First - 1) / size);
        var optimum = Array.ConvertAll(BbobRandom.Normal(n, seed), value => (value < 0 ? -1 : 1) * 0.5 * First);
        var matrix = Conditioned(BbobRandom.Rotation(n, seed + 1_000_000), 100, BbobRandom.Rotation(n, seed), n);
        return (optimum, x =>
        {
            var (z, near, far, waves) = (new double[n], 0.0, 0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                var value = 2 * Math.Sign(optimum[i]) * x[i];
                z[i] = value - First;
                near += z[i] * z[i];
                far += (value - second) * (value - second);
            }

            foreach (var value in Times(matrix, z)) waves += Math.Cos(2 * Math.PI * value);
            return Math.Min(near, n + size * far) + 10 * (n - waves) + 1e4 * Outside(x);
        }
        );
    }
}
