namespace Vilfredo.Measurement.PoolBets;

/// <summary>The matches of one round with the chances of their outcomes, taken as independent.</summary>
public sealed class Coupon
{
    private readonly OutcomeProbabilities[] matches;

    /// <summary>Creates a coupon.</summary>
    /// <param name="matches">At least one match.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Coupon(params IReadOnlyList<OutcomeProbabilities> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        if (matches.Count == 0) throw new ArgumentException("The coupon is empty; pass at least one match.", nameof(matches));
        this.matches = [.. matches];
    }

    /// <summary>The chances, match by match.</summary>
    public IReadOnlyList<OutcomeProbabilities> Matches => matches;

    /// <summary>The number of matches.</summary>
    public int Count => matches.Length;

    /// <summary>The number of different columns, as a real number: it may exceed the range of integers.</summary>
    public double Combinations
    {
        get
        {
            var product = 1.0;
            foreach (var match in matches) product *= match.Count;
            return product;
        }
    }

    /// <summary>The column of the likeliest outcomes.</summary>
    public int[] FavouriteColumn() => Array.ConvertAll(matches, match => match.Favourite);

    /// <summary>The number of hits of a column of which each match is chosen by its index of outcome.</summary>
    /// <param name="column">One outcome per match.</param>
    /// <exception cref="ArgumentException">The column does not fit the coupon.</exception>
    public PoissonBinomial HitsOf(ReadOnlySpan<int> column)
    {
        Check(column, nameof(column));
        var chances = new double[Count];
        for (var i = 0; i < Count; i++) chances[i] = matches[i][column[i]];
        return new PoissonBinomial(chances);
    }

    /// <summary>The chance that every match ends as the column says.</summary>
    /// <inheritdoc cref="HitsOf"/>
    public double ChanceOf(ReadOnlySpan<int> column)
    {
        Check(column, nameof(column));
        var product = 1.0;
        for (var i = 0; i < Count; i++) product *= matches[i][column[i]];
        return product;
    }

    /// <summary>How many matches two columns agree in.</summary>
    public static int Hits(ReadOnlySpan<int> column, ReadOnlySpan<int> outcomes)
    {
        if (column.Length != outcomes.Length)
            throw new ArgumentException($"A column of {column.Length} matches cannot be held against {outcomes.Length} outcomes.", nameof(outcomes));
        var hits = 0;
        for (var i = 0; i < column.Length; i++)
            if (column[i] == outcomes[i]) hits++;
        return hits;
    }

    /// <summary>Outcomes of all matches drawn by their chances.</summary>
    public void Sample(RandomGenerator random, Span<int> outcomes)
    {
        for (var i = 0; i < Count; i++) outcomes[i] = matches[i].Sample(random);
    }

    internal void Check(ReadOnlySpan<int> column, string name)
    {
        if (column.Length != Count)
            throw new ArgumentException($"{column.Length} outcomes were given for {Count} matches; pass one per match.", name);
        for (var i = 0; i < Count; i++)
        {
            if ((uint)column[i] >= (uint)matches[i].Count)
                throw new ArgumentException($"Match {i} has outcomes 0 to {matches[i].Count - 1}, not {column[i]}.", name);
        }
    }
}
