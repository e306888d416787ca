using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo;

/// <summary>
/// The seeded random generator that everything here takes explicitly: xoshiro256++ (Blackman and Vigna, "Scrambled
/// linear pseudorandom number generators", ACM TOMS 47(4), 2021), seeded by SplitMix64.
/// </summary>
/// <remarks>
/// The same seed and stream give the same numbers on every machine. Streams of one seed are statistically independent:
/// give each worker, trial or repeat its own. Not thread-safe: one generator belongs to one thread at a time.
/// </remarks>
public sealed class RandomGenerator
{
    private ulong s0, s1, s2, s3;
    private double spareNormal = double.NaN;

    /// <summary>Creates the generator of a seed and stream.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Which of the seed's independent streams; any number.</param>
    public RandomGenerator(ulong seed, ulong stream = 0)
    {
        // The stream is hashed before it meets the seed, so (seed, stream) and (seed + 1, stream - 1) stay unrelated.
        var state = seed ^ Mix(stream + 0x9E3779B97F4A7C15UL);
        s0 = NextSplitMix(ref state);
        s1 = NextSplitMix(ref state);
        s2 = NextSplitMix(ref state);
        s3 = NextSplitMix(ref state);
    }

    /// <summary>A new generator whose numbers are independent of the ones this generator gives afterwards.</summary>
    public RandomGenerator Split() => new(NextUInt64(), NextUInt64());

    /// <summary>64 uniformly random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(s0 + s3, 23) + s0;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1), a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without bias (Lemire's multiply-and-reject).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt32(int bound)
    {
        if (bound < 1) ThrowBound(bound);
        return (int)NextBelow((ulong)bound);
    }

    /// <summary>A uniform integer in [<paramref name="low"/>, <paramref name="high"/>], both ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is below <paramref name="low"/>.</exception>
    public long NextInt64(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        var range = (ulong)(high - low) + 1;
        return range == 0 ? (long)NextUInt64() : low + (long)NextBelow(range);
    }

    /// <summary>True with probability <paramref name="probability"/>.</summary>
    public bool NextBoolean(double probability = 0.5) => NextDouble() < probability;

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(spareNormal))
        {
            var spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = 2 * NextDouble() - 1;
            v = 2 * NextDouble() - 1;
            s = u * u + v * v;
        }
        while (s is >= 1 or 0);

        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        spareNormal = v * scale;
        return u * scale;
    }

    /// <summary>A gamma number of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000; shapes below 1 by their boost).</summary>
    /// <param name="shape">Positive.</param>
    public double NextGamma(double shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1)
            return NextGamma(shape + 1) * Math.Pow(NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    /// <summary>A beta number, from two gamma numbers.</summary>
    /// <param name="alpha">Positive.</param>
    /// <param name="beta">Positive.</param>
    public double NextBeta(double alpha, double beta)
    {
        var a = NextGamma(alpha);
        var b = NextGamma(beta);
        return a + b > 0 ? a / (a + b) : NextBoolean(alpha / (alpha + beta)) ? 1 : 0;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong NextBelow(ulong bound)
    {
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            var threshold = (0 - bound) % bound;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }

        return high;
    }

    private static ulong NextSplitMix(ref ulong state) => Mix(state += 0x9E3779B97F4A7C15UL);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static void ThrowBound(int bound) =>
        throw new ArgumentOutOfRangeException(nameof(bound), bound, "The bound must be at least 1.");
}
