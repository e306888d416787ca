namespace Vilfredo;

/// <summary>
/// Halton's low-discrepancy sequence: coordinate j of point i is the radical inverse of i in the j-th prime base
/// (J. H. Halton, Numerische Mathematik 2, 1960); with a generator, its digits are permuted at random.
/// </summary>
/// <remarks>
/// <para>Any number of points is a good number, where <see cref="SobolSequence"/> prefers powers of two; but without
/// scrambling, pairs of coordinates with large bases are strongly correlated in the first points, so scramble beyond
/// about six dimensions.</para>
/// <para>Scrambling draws an independent uniform permutation for each digit of each base (A. B. Owen, "A randomized
/// Halton algorithm in R", arXiv:1706.02808, 2017). Each point is then uniformly distributed up to the resolution.</para>
/// <para>A point costs O(d log index); scrambled, O(sum over bases b of 53 / log2 b). Coordinates are exact quotients
/// rounded once, with as many digits as fit 2^53.</para>
/// </remarks>
public sealed class HaltonSequence : ILowDiscrepancySequence
{
    /// <summary>The largest number of dimensions: the primes below 65,536.</summary>
    public const int MaximumDimension = 6_542;

    private readonly Axis[] axes;

    /// <summary>Creates the sequence, at its first point.</summary>
    /// <param name="dimension">The number of coordinates, 1 to <see cref="MaximumDimension"/>.</param>
    /// <param name="scramble">
    /// Permutes the digits when given; nothing is drawn later. The permutations take about 100 bytes for the first
    /// dimension, and 0.2 MB for a hundred dimensions.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is outside its range.</exception>
    public HaltonSequence(int dimension, RandomGenerator? scramble = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MaximumDimension);
        axes = new Axis[dimension];
        var candidate = 1;
        for (var j = 0; j < dimension; j++)
        {
            do candidate++; while (!IsPrime(candidate, axes.AsSpan(0, j)));
            axes[j] = new Axis(candidate, scramble);
        }
    }

    /// <inheritdoc/>
    public int Dimension => axes.Length;

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public void Next(Span<double> point)
    {
        At(Position, point);
        Position++;
    }

    /// <inheritdoc/>
    public void Skip(long count) => Position = LowDiscrepancy.Advance(Position, count, long.MaxValue);

    /// <inheritdoc/>
    public void At(long index, Span<double> point)
    {
        LowDiscrepancy.ValidateLength(point, Dimension);
        LowDiscrepancy.ValidateIndex(index, long.MaxValue);
        for (var j = 0; j < axes.Length; j++) point[j] = axes[j].RadicalInverse(index);
    }

    private static bool IsPrime(int candidate, ReadOnlySpan<Axis> smaller)
    {
        foreach (var axis in smaller)
        {
            if (axis.Base * axis.Base > candidate) break;
            if (candidate % axis.Base == 0) return false;
        }

        return true;
    }

    /// <summary>One coordinate: its base, its number of digits, and the permutation of each digit when scrambled.</summary>
    private readonly struct Axis
    {
        private readonly int digits;
        private readonly ulong scale;
        private readonly ushort[]? permutations;

        public Axis(int primeBase, RandomGenerator? scramble)
        {
            Base = primeBase;
            scale = 1;
            while (scale <= (1UL << 53) / (ulong)primeBase)
            {
                scale *= (ulong)primeBase;
                digits++;
            }

            if (scramble is null) return;
            permutations = new ushort[digits * primeBase];
            for (var digit = 0; digit < digits; digit++)
            {
                var permutation = permutations.AsSpan(digit * primeBase, primeBase);
                for (var value = 0; value < primeBase; value++) permutation[value] = (ushort)value;
                scramble.Shuffle(permutation);
            }
        }

        public int Base { get; }

        public double RadicalInverse(long index)
        {
            // The digits of the index in reverse order are those of numerator / scale.
            ulong numerator = 0, rest = (ulong)index, radix = (ulong)Base, place = scale;
            if (permutations is null)
            {
                while (rest != 0 && place > 1)
                {
                    place /= radix;
                    var quotient = rest / radix;
                    numerator += (rest - quotient * radix) * place;
                    rest = quotient;
                }
            }
            else
            {
                for (var offset = 0; offset < permutations.Length; offset += Base)
                {
                    var quotient = rest / radix;
                    numerator = numerator * radix + permutations[offset + (int)(rest - quotient * radix)];
                    rest = quotient;
                }
            }

            return (double)numerator / scale;
        }
    }
}
