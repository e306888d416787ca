namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>
/// A system: one, two or more of the likeliest outcomes of each match, and all columns that combine them. Its best column hits a
/// match whenever one of the chosen outcomes comes, so that its hits follow a Poisson-binomial distribution.
/// </summary>
public sealed class SystemBet : IPoolBet
{
    private readonly Coupon coupon;
    private readonly int[] sizes;
    private readonly int[][] rankOf;

    /// <summary>Creates a system.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="sizes">How many outcomes are chosen in each match: 1 a single, 2 a double, 3 a triple.</param>
    /// <exception cref="ArgumentException">The sizes do not fit the matches, or the columns exceed a long integer.</exception>
    public SystemBet(Coupon coupon, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        if (sizes.Length != coupon.Count)
            throw new ArgumentException($"{sizes.Length} sizes were given for {coupon.Count} matches; pass one per match.", nameof(sizes));
        this.coupon = coupon;
        this.sizes = sizes.ToArray();
        var chances = new double[sizes.Length];
        rankOf = new int[sizes.Length][];
        Columns = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            var match = coupon.Matches[i];
            if (sizes[i] < 1 || sizes[i] > match.Count)
                throw new ArgumentException($"Match {i} has {match.Count} outcomes; {sizes[i]} of them cannot be chosen.", nameof(sizes));
            if (Columns > long.MaxValue / sizes[i]) throw new ArgumentException("The system has more columns than can be counted; choose fewer outcomes.", nameof(sizes));
            Columns *= sizes[i];
            chances[i] = match.ChanceOfBest(sizes[i]);
            rankOf[i] = new int[match.Count];
            for (var rank = 0; rank < match.Count; rank++) rankOf[i][match.AtRank(rank)] = rank;
        }

        BestColumn = new PoissonBinomial(chances);
    }

    /// <summary>The favourite column alone.</summary>
    public static SystemBet Favourites(Coupon coupon)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        return new SystemBet(coupon, [.. Enumerable.Repeat(1, coupon.Count)]);
    }

    /// <inheritdoc/>
    public long Columns { get; }

    /// <summary>How many outcomes are chosen in each match.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>The number of hits of the system's best column; its tail is the safety.</summary>
    public PoissonBinomial BestColumn { get; }

    /// <summary>The chosen outcomes of a match, likeliest first.</summary>
    public IReadOnlyList<int> Chosen(int match) => [.. Enumerable.Range(0, sizes[match]).Select(coupon.Matches[match].AtRank)];

    /// <summary>The mean number of columns with 0, 1, … m hits.</summary>
    public double[] ExpectedColumnsByHits()
    {
        // Matches are independent, so that the generating polynomial of the mean is the product of the mean polynomials:
        // a match that is covered contributes (s − 1) + z, one that is not contributes s.
        var counts = new double[sizes.Length + 1];
        counts[0] = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            var covered = coupon.Matches[i].ChanceOfBest(sizes[i]);
            Multiply(counts, i, sizes[i] - covered, covered);
        }

        return counts;
    }

    /// <inheritdoc/>
    public void CountByHits(ReadOnlySpan<int> outcomes, Span<double> counts)
    {
        coupon.Check(outcomes, nameof(outcomes));
        counts[..(sizes.Length + 1)].Clear();
        counts[0] = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            var covered = rankOf[i][outcomes[i]] < sizes[i] ? 1 : 0;
            Multiply(counts, i, sizes[i] - covered, covered);
        }
    }

    private static void Multiply(Span<double> counts, int degree, double constant, double linear)
    {
        counts[degree + 1] = counts[degree] * linear;
        for (var k = degree; k > 0; k--) counts[k] = counts[k] * constant + counts[k - 1] * linear;
        counts[0] *= constant;
    }
}
