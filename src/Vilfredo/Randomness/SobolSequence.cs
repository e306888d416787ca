using System.Numerics;

namespace Vilfredo;

/// <summary>
/// Sobol's low-discrepancy sequence in up to 21,201 dimensions, with the direction numbers new-joe-kuo-6 of Joe and Kuo
/// (2008) and, when a generator is given, scrambled at random.
/// </summary>
/// <remarks>
/// <para>The first 2^m points are evenly spread over all elementary boxes of a (t, m, d)-net in base 2, so prefer powers
/// of two for the number of points. Points come in the order of the Gray code (Antonov and Saleev, 1979), which permutes
/// each block of 2^m points. Coordinates are multiples of 2^-53.</para>
/// <para>Scrambling is the affine form of Owen's (J. Matousek, "On the L2-discrepancy for anchored boxes", J. Complexity
/// 14, 1998): a random lower triangular bit matrix per dimension, then a random digital shift. Each point is then
/// uniformly distributed, means over the points are unbiased, and the net properties stay. Without scrambling the first
/// point is the origin.</para>
/// <para><see cref="Next"/> costs O(d); <see cref="At"/> and <see cref="Skip"/> cost O(d log index).</para>
/// </remarks>
public sealed class SobolSequence : ILowDiscrepancySequence
{
    /// <summary>The largest number of dimensions of the table of direction numbers.</summary>
    public const int MaximumDimension = JoeKuoDirectionNumbers.Dimensions;

    /// <summary>The number of points of the sequence, 2^53.</summary>
    public const long Length = 1L << Bits;

    private const int Bits = 53;
    private const double Unit = 1.0 / Length;

    // directions[bit * dimension + coordinate], so that one step of the Gray code reads contiguous memory.
    private readonly ulong[] directions;
    private readonly ulong[] shift;
    private readonly ulong[] current;

    /// <summary>Creates the sequence, at its first point.</summary>
    /// <param name="dimension">The number of coordinates, 1 to <see cref="MaximumDimension"/>.</param>
    /// <param name="scramble">Scrambles the sequence when given; 54 numbers are drawn per dimension, none later.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is outside its range.</exception>
    public SobolSequence(int dimension, RandomGenerator? scramble = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MaximumDimension);
        Dimension = dimension;
        directions = new ulong[Bits * dimension];
        shift = new ulong[dimension];

        var table = new JoeKuoDirectionNumbers();
        Span<ulong> columns = stackalloc ulong[Bits];
        for (var coordinate = 0; coordinate < dimension; coordinate++)
        {
            if (coordinate == 0)
            {
                for (var bit = 0; bit < Bits; bit++) columns[bit] = 1UL << (Bits - 1 - bit);
            }
            else
            {
                table.MoveNext();
                ExpandDirections(table, columns);
            }

            if (scramble is not null)
            {
                ScrambleDirections(columns, scramble);
                shift[coordinate] = scramble.NextUInt64() >> (64 - Bits);
            }

            for (var bit = 0; bit < Bits; bit++) directions[bit * dimension + coordinate] = columns[bit];
        }

        current = (ulong[])shift.Clone();
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">All 2^53 points have been given.</exception>
    public void Next(Span<double> point)
    {
        LowDiscrepancy.ValidateLength(point, Dimension);
        if (Position == Length) throw new InvalidOperationException("The sequence has given all of its 2^53 points.");
        ToUnitCube(current, point);

        // The Gray codes of i and i + 1 differ in the lowest zero bit of i.
        Position++;
        if (Position < Length) AddDirection(current, BitOperations.TrailingZeroCount(Position));
    }

    /// <inheritdoc/>
    public void Skip(long count)
    {
        Position = LowDiscrepancy.Advance(Position, count, Length);
        if (Position < Length) Locate(Position, current);
    }

    /// <inheritdoc/>
    public void At(long index, Span<double> point)
    {
        LowDiscrepancy.ValidateLength(point, Dimension);
        LowDiscrepancy.ValidateIndex(index, Length);
        var digits = Dimension <= 64 ? stackalloc ulong[64] : new ulong[Dimension];
        digits = digits[..Dimension];
        Locate(index, digits);
        ToUnitCube(digits, point);
    }

    // m_k = XOR over i = 1..s of 2^i a_i m_(k-i), XOR m_(k-s), with a_s = 1 (Joe and Kuo, equation 2).
    private static void ExpandDirections(in JoeKuoDirectionNumbers table, Span<ulong> columns)
    {
        var degree = table.Degree;
        for (var k = 0; k < degree; k++) columns[k] = (ulong)table.Initial[k] << (Bits - 1 - k);
        for (var k = degree; k < Bits; k++)
        {
            // A column is m_k * 2^(Bits - k): the factor 2^i of the recurrence is already in the older column.
            var value = columns[k - degree] ^ columns[k - degree] >> degree;
            for (var i = 1; i < degree; i++)
            {
                if ((table.Coefficients >> (degree - 1 - i) & 1) != 0) value ^= columns[k - i];
            }

            columns[k] = value;
        }
    }

    private static void ScrambleDirections(Span<ulong> columns, RandomGenerator random)
    {
        Span<ulong> rows = stackalloc ulong[Bits];
        for (var digit = 0; digit < Bits; digit++)
        {
            // Digit 0 is the most significant bit. The row's own bit is one, those of less significant digits are zero.
            var diagonal = 1UL << (Bits - 1 - digit);
            rows[digit] = (random.NextUInt64() & ~((diagonal << 1) - 1) | diagonal) & (Length - 1);
        }

        foreach (ref var column in columns)
        {
            ulong scrambled = 0;
            foreach (var row in rows) scrambled = scrambled << 1 | (uint)BitOperations.PopCount(row & column) & 1;
            column = scrambled;
        }
    }

    private void Locate(long index, Span<ulong> digits)
    {
        shift.CopyTo(digits);
        for (var gray = index ^ index >> 1; gray != 0; gray &= gray - 1)
            AddDirection(digits, BitOperations.TrailingZeroCount(gray));
    }

    private void AddDirection(Span<ulong> digits, int bit)
    {
        var direction = directions.AsSpan(bit * Dimension, Dimension);
        for (var i = 0; i < digits.Length; i++) digits[i] ^= direction[i];
    }

    private static void ToUnitCube(ReadOnlySpan<ulong> digits, Span<double> point)
    {
        for (var i = 0; i < digits.Length; i++) point[i] = digits[i] * Unit;
    }
}
