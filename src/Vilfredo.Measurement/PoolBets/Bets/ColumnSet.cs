namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>Columns that were chosen one by one.</summary>
public sealed class ColumnSet : IPoolBet
{
    private readonly int[][] columns;

    /// <summary>Creates the set.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="columns">Each with one outcome per match; different from each other.</param>
    /// <exception cref="ArgumentException">A column does not fit the coupon.</exception>
    public ColumnSet(Coupon coupon, IEnumerable<int[]> columns)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentNullException.ThrowIfNull(columns);
        this.columns = columns.Select(column => (int[])column.Clone()).ToArray();
        foreach (var column in this.columns) coupon.Check(column, nameof(columns));
        if (this.columns.Select(column => string.Join(',', column)).Distinct().Count() < this.columns.Length)
            throw new ArgumentException("A column is in the set twice; it would win no further prize tier. Give each once.", nameof(columns));
    }

    /// <inheritdoc/>
    public long Columns => columns.Length;

    /// <summary>Different columns drawn at random, every one with the same chance: the baseline that knows nothing.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="count">How many, at most half of all columns, so that drawing new ones stays quick.</param>
    /// <param name="random">Draws them.</param>
    public static ColumnSet Random(Coupon coupon, int count, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentNullException.ThrowIfNull(random);
        if (count < 0 || count > Math.Max(1, coupon.Combinations / 2))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Of {coupon.Combinations:G10} columns at most half are drawn at random.");
        var seen = new HashSet<string>();
        var drawn = new List<int[]>(count);
        while (drawn.Count < count)
        {
            int[] column = [.. coupon.Matches.Select(match => random.NextInt32(match.Count))];
            if (seen.Add(string.Join(',', column))) drawn.Add(column);
        }

        return new ColumnSet(coupon, drawn);
    }

    /// <inheritdoc/>
    public void CountByHits(ReadOnlySpan<int> outcomes, Span<double> counts)
    {
        counts[..(outcomes.Length + 1)].Clear();
        foreach (var column in columns) counts[Coupon.Hits(column, outcomes)]++;
    }
}
