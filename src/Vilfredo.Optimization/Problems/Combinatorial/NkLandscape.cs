namespace Vilfredo.Optimization.Problems;

/// <summary>Multi-objective NK landscapes: what a bit contributes to an objective depends on K other bits, more ruggedly with larger K.</summary>
/// <remarks>
/// Objectives are the means of the contributions of all bits, negated; each contribution is a random number in [0, 1] for every setting of the bit and of its K
/// neighbours, which are drawn for each bit and objective. Source: Aguirre and Tanaka 2007.
/// </remarks>
public sealed class NkLandscape : CombinatorialProblem
{
    private const int SmallCount = 16, MostNeighbors = 16;

    private readonly int neighborCount;
    private readonly int[] neighbors; // per objective and bit
    private readonly double[] contributions; // per objective and bit, and setting of the bit (lowest) and its neighbours

    /// <summary>Creates an instance.</summary>
    /// <param name="bits">N, the number of bits, at least 1; the front is known up to 16.</param>
    /// <param name="neighbors">K, the number of neighbours of a bit, from 0 to 16 and less than N.</param>
    /// <param name="objectives">The number of objectives, at least 1.</param>
    /// <param name="seed">The same seed gives the same instance.</param>
    public NkLandscape(int bits = 30, int neighbors = 4, int objectives = 2, ulong seed = 1)
        : base(
            "NK",
            "H. E. Aguirre, K. Tanaka, \"Working principles, behavior, and performance of MOEAs on MNK-landscapes\", European Journal of Operational Research 181(3), 2007",
            Bits(CheckedBits(bits, neighbors)),
            objectives,
            0,
            bits <= SmallCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        neighborCount = neighbors;
        this.neighbors = new int[objectives * bits * neighbors];
        contributions = new double[objectives * bits << (neighbors + 1)];
        var random = new RandomGenerator(seed);
        for (var row = 0; row < objectives * bits; row++)
        {
            int[] others = [.. Enumerable.Range(0, bits).Where(i => i != row % bits)];
            random.Shuffle(others.AsSpan());
            others.AsSpan(0, neighbors).CopyTo(this.neighbors.AsSpan(row * neighbors));
        }

        foreach (ref var value in contributions.AsSpan()) value = random.NextDouble();
        if ((bits, neighbors, objectives, seed) == (30, 4, 2, 1)) (IdealPoint, NadirPoint) = ([-0.7944796674239564, -0.7967545145261304], [-0.46129389537066595, -0.4842725677616579]);
    }

    /// <summary>The bits that a bit's contribution to an objective depends on beside itself.</summary>
    public ReadOnlySpan<int> NeighborsOf(int objective, int bit) => neighbors.AsSpan((objective * Space.Count + bit) * neighborCount, neighborCount);

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        for (var m = 0; m < f.Length; m++)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var setting = (int)x[i];
                var shift = 1;
                foreach (var neighbor in NeighborsOf(m, i)) setting |= (int)x[neighbor] << shift++;
                sum += contributions[((m * x.Length + i) << (neighborCount + 1)) + setting];
            }

            f[m] = -sum / x.Length;
        }
    }

    private protected override IEnumerable<double[]> Decisions() => AllBits(Space.Count);

    private static int CheckedBits(int bits, int neighbors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbors, Math.Min(MostNeighbors, bits - 1));
        return bits;
    }
}
