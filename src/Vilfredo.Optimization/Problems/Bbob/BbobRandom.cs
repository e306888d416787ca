namespace Vilfredo.Optimization.Problems;

/// <summary>The seeded numbers that make an instance of a BBOB function: a Lehmer generator with a shuffled table, and what is drawn from it.</summary>
/// <remarks>Not for searching: instances are those of the published suite only with these very numbers.</remarks>
internal static class BbobRandom
{
    private const int TableSize = 32, WarmUp = 40;

    /// <summary>Uniform numbers in (0, 1).</summary>
    public static double[] Uniform(int count, long seed)
    {
        var state = Math.Max(1, Math.Abs(seed));
        long Next()
        {
            // Schrage's form of 16807 * state mod (2^31 - 1); a seed beyond the modulus must take the same way.
            var quotient = (int)Math.Floor(state / 127773.0);
            state = 16807 * (state - quotient * 127773L) - 2836L * quotient;
            if (state < 0) state += int.MaxValue;
            return state;
        }

        var table = new long[TableSize];
        for (var i = WarmUp - 1; i >= 0; i--)
        {
            var value = Next();
            if (i < TableSize) table[i] = value;
        }

        var drawn = table[0];
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            var value = Next();
            var place = (int)Math.Floor(drawn / 67108865.0);
            drawn = table[place];
            table[place] = value;
            numbers[i] = drawn == 0 ? 1e-99 : drawn / (double)int.MaxValue;
        }

        return numbers;
    }

    /// <summary>Standard normal numbers (Box and Muller).</summary>
    public static double[] Normal(int count, long seed)
    {
        var uniform = Uniform(2 * count, seed);
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Math.Sqrt(-2 * Math.Log(uniform[i])) * Math.Cos(2 * Math.PI * uniform[count + i]);
            if (numbers[i] == 0) numbers[i] = 1e-99;
        }

        return numbers;
    }

    /// <summary>A random rotation, row-major: normal columns made orthonormal one after the other (Gram and Schmidt).</summary>
    public static double[] Rotation(int n, long seed)
    {
        var normal = Normal(n * n, seed); // column after column
        for (var i = 0; i < n; i++)
        {
            var column = normal.AsSpan(i * n, n);
            for (var j = 0; j < i; j++)
            {
                var earlier = normal.AsSpan(j * n, n);
                var product = Dot(column, earlier);
                for (var k = 0; k < n; k++) column[k] -= product * earlier[k];
            }

            var length = Math.Sqrt(Dot(column, column));
            foreach (ref var value in column) value /= length;
        }

        var rotation = new double[n * n];
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < n; column++) rotation[row * n + column] = normal[column * n + row];
        }

        return rotation;
    }

    /// <summary>A place for the optimum in [-4, 4], on a lattice of 0.0008.</summary>
    public static double[] Optimum(int n, long seed)
    {
        var x = Uniform(n, seed);
        foreach (ref var value in x.AsSpan())
        {
            value = 8 * Math.Floor(1e4 * value) / 1e4 - 4;
            if (value == 0) value = -1e-5;
        }

        return x;
    }

    /// <summary>The value at the optimum: a Cauchy number, rounded to hundredths and cut off at 1000.</summary>
    public static double Offset(int number, int instance)
    {
        // Two pairs of functions share their optima.
        var seed = SeedOf(number, instance);
        var (first, second) = (Normal(1, seed)[0], Normal(1, seed + 1)[0]);
        return Math.Clamp(Math.Floor(100 * 100 * first / second + 0.5) / 100, -1000, 1000);
    }

    /// <summary>The seed of a function's instance.</summary>
    public static long SeedOf(int number, int instance) => (number switch { 4 => 3, 18 => 17, _ => number }) + 10_000L * instance;

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
