namespace Vilfredo;

/// <summary>
/// The table new-joe-kuo-6 of primitive polynomials and initial direction numbers: S. Joe and F. Y. Kuo, "Constructing
/// Sobol' sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30(5), 2008.
/// </summary>
/// <remarks>
/// The embedded file is one bit stream, most significant bit first. Each dimension from the second on is: the degree s
/// of its polynomial (5 bits), the inner coefficients a of the polynomial (s - 1 bits), then for i = 1..s the odd
/// number m_i &lt; 2^i without its last bit (i - 1 bits). The first dimension is van der Corput's and needs no entry.
/// </remarks>
internal ref struct JoeKuoDirectionNumbers
{
    /// <summary>The number of dimensions of the table: all primitive polynomials up to degree 18.</summary>
    public const int Dimensions = 21_201;

    private const int MaximumDegree = 18;
    private readonly ReadOnlySpan<byte> stream;
    private readonly uint[] initial = new uint[MaximumDegree];
    private int position;

    public JoeKuoDirectionNumbers()
    {
        using var resource = typeof(JoeKuoDirectionNumbers).Assembly.GetManifestResourceStream("JoeKuoDirectionNumbers.bin")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        stream = bytes;
    }

    /// <summary>The degree s of the current dimension's polynomial.</summary>
    public int Degree { get; private set; }

    /// <summary>The polynomial's inner coefficients a_1 .. a_(s-1), a_1 in the most significant of s - 1 bits.</summary>
    public uint Coefficients { get; private set; }

    /// <summary>The numbers m_1 .. m_s of the current dimension.</summary>
    public readonly ReadOnlySpan<uint> Initial => initial.AsSpan(0, Degree);

    /// <summary>Moves to the next dimension; the first call gives the sequence's second dimension.</summary>
    public void MoveNext()
    {
        Degree = (int)Read(5);
        Coefficients = Read(Degree - 1);
        for (var i = 0; i < Degree; i++) initial[i] = Read(i) << 1 | 1;
    }

    private uint Read(int bits)
    {
        uint value = 0;
        for (; bits > 0; bits--, position++)
            value = value << 1 | (uint)(stream[position >> 3] >> (7 - (position & 7))) & 1;
        return value;
    }
}
