namespace Vilfredo.Measurement.PoolBets;

/// <summary>The chances of a match's outcomes: three in soccer (home win, draw, away win), any number elsewhere.</summary>
public sealed class OutcomeProbabilities
{
    private const double SumSlack = 1e-9;

    private readonly double[] values;
    private readonly int[] ranked;

    /// <summary>Creates the chances.</summary>
    /// <param name="probabilities">One per outcome, each in [0, 1], summing to 1 within 1e-9; at least one.</param>
    /// <exception cref="ArgumentException">A number is not a probability, or they do not sum to 1.</exception>
    public OutcomeProbabilities(params ReadOnlySpan<double> probabilities)
    {
        if (probabilities.IsEmpty) throw new ArgumentException("A match has at least one outcome; pass a chance for each.", nameof(probabilities));
        var sum = 0.0;
        foreach (var p in probabilities)
        {
            if (!(p is >= 0 and <= 1)) throw new ArgumentException($"{p} is not a probability; each lies in [0, 1].", nameof(probabilities));
            sum += p;
        }

        if (Math.Abs(sum - 1) > SumSlack)
        {
            throw new ArgumentException(
                $"The chances sum to {sum:R}, not to 1. Divide each by their sum; from odds, use {nameof(DecimalOdds)}.{nameof(DecimalOdds.ToProbabilities)}.", nameof(probabilities));
        }

        values = probabilities.ToArray();
        ranked = Enumerable.Range(0, values.Length).OrderByDescending(j => values[j]).ToArray();
    }

    /// <summary>The number of outcomes.</summary>
    public int Count => values.Length;

    /// <summary>The chances, in the order in which they were given.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The chance of an outcome.</summary>
    /// <param name="outcome">Its index, from 0.</param>
    public double this[int outcome] => values[outcome];

    /// <summary>The outcome with the highest chance; the first of several.</summary>
    public int Favourite => ranked[0];

    /// <summary>The outcome that is so many places behind the favourite; equal chances keep the given order.</summary>
    /// <param name="rank">From 0, the favourite.</param>
    public int AtRank(int rank) => ranked[rank];

    /// <summary>The chance of the outcome at a rank.</summary>
    public double ChanceAtRank(int rank) => values[ranked[rank]];

    /// <summary>The chance that one of the likeliest outcomes comes.</summary>
    /// <param name="size">How many of them, in [1, <see cref="Count"/>]; all of them are certain.</param>
    public double ChanceOfBest(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Count);
        if (size == Count) return 1;
        var sum = 0.0;
        for (var rank = 0; rank < size; rank++) sum += ChanceAtRank(rank);
        return Math.Min(1, sum);
    }

    /// <summary>An outcome drawn by its chance.</summary>
    public int Sample(RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var u = random.NextDouble();
        for (var rank = 0; rank < Count - 1; rank++)
        {
            u -= ChanceAtRank(rank);
            if (u < 0) return ranked[rank];
        }

        // Rounding may leave a little over; it goes to the last outcome that can come.
        var last = Count - 1;
        while (last > 0 && ChanceAtRank(last) == 0) last--;
        return ranked[last];
    }
}
