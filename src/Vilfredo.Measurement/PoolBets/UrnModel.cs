using Vilfredo.Statistics;

namespace Vilfredo.Measurement.PoolBets;

/// <summary>
/// A pool bet seen as an urn of columns, of which the better buys some without replacement: R. Stömmer, "Beating the average:
/// how to generate profit by exploiting the inefficiencies of soccer betting" (arXiv 2303.16648).
/// </summary>
/// <remarks>
/// <para>N = (1/p)^m columns, of which M_x = C(m, x) ((1 − p)/p)^(m − x) hit exactly x of m matches. N and M_x are whole numbers
/// only when 1/p is.</para>
/// <para>The urn supposes n different columns that each hit every match with probability p. Above p = 1/(number of outcomes)
/// no such set exists: only one outcome of a match can have the top probability, and each further column must take worse ones.
/// The urn therefore overstates what literal columns reach.</para>
/// </remarks>
public sealed class UrnModel
{
    // Integer arithmetic in doubles is exact up to here.
    private const double LargestExactCount = 1L << 53;
    private const double RoundingSlack = 1e-9;

    private readonly double[] withHits;

    /// <summary>Creates the urn.</summary>
    /// <param name="matches">m, at least 1.</param>
    /// <param name="hitRate">p, the chance that a column hits a match, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or N is not a finite number.</exception>
    public UrnModel(int matches, double hitRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(matches, 1);
        if (!(hitRate is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(hitRate), hitRate, "The chance to hit a match lies in (0, 1].");
        (Matches, HitRate) = (matches, hitRate);
        var outcomes = 1 / hitRate;
        IsIntegral = Math.Abs(outcomes - Math.Round(outcomes)) <= 1e-12 * outcomes;
        if (IsIntegral) outcomes = Math.Round(outcomes);
        Combinations = Math.Pow(outcomes, matches);
        if (!double.IsFinite(Combinations))
            throw new ArgumentOutOfRangeException(nameof(hitRate), hitRate, $"(1/p)^{matches} is beyond the range of a double; raise the hit rate or take fewer matches.");
        IsIntegral &= Combinations <= LargestExactCount;
        withHits = new double[matches + 1];
        var binomial = 1.0;
        for (var misses = 0; misses <= matches; misses++)
        {
            withHits[matches - misses] = binomial * Math.Pow(outcomes - 1, misses);
            binomial = binomial * (matches - misses) / (misses + 1);
        }
    }

    /// <summary>m, the matches of a column.</summary>
    public int Matches { get; }

    /// <summary>p, the chance that a column hits a match.</summary>
    public double HitRate { get; }

    /// <summary>N, the columns in the urn; not a whole number for every hit rate.</summary>
    public double Combinations { get; }

    /// <summary>Whether N and all M_x are whole numbers, which <see cref="SafetyForm.Exact"/> needs.</summary>
    public bool IsIntegral { get; }

    /// <summary>M_x, the columns with exactly so many hits.</summary>
    /// <param name="hits">x, in [0, m].</param>
    public double CountWithHits(int hits)
    {
        CheckHits(hits);
        return withHits[hits];
    }

    /// <summary>S, the columns with at least so many hits.</summary>
    /// <param name="minHits">In [0, m].</param>
    public double CountWithAtLeast(int minHits)
    {
        CheckHits(minHits);
        var sum = 0.0;
        for (var x = Matches; x >= minHits; x--) sum += withHits[x];
        return Math.Min(sum, Combinations);
    }

    /// <summary>Q, the chance that at least one of n columns has at least so many hits.</summary>
    /// <param name="columns">n, in [0, N].</param>
    /// <param name="minHits">In [0, m].</param>
    /// <param name="form">How it is computed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="InvalidOperationException"><see cref="SafetyForm.Exact"/> was asked of an urn with fractions of columns.</exception>
    public double Safety(long columns, int minHits, SafetyForm form = SafetyForm.LargeUrn)
    {
        var marked = CountWithAtLeast(minHits);
        CheckColumns(columns);
        if (columns == 0) return 0;
        return form switch
        {
            SafetyForm.LargeUrn => -Hypergeometric.ExpMinusOne(marked * LogRest(columns)),
            SafetyForm.WithReplacement => -Hypergeometric.ExpMinusOne(columns * LogRest(marked)),
            SafetyForm.Exact => Hypergeometric.AtLeastOne(Whole(Combinations), Whole(marked), columns),
            SafetyForm.GammaFunction => GammaSafety(columns, marked),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "This form is not known."),
        };
    }

    /// <summary>The chance that n columns hold exactly these numbers of winners in these tiers (equation 7).</summary>
    /// <param name="columns">n, in [0, N].</param>
    /// <param name="tiers">Different numbers of hits.</param>
    /// <param name="winners">How many of the n columns have them, tier by tier.</param>
    /// <exception cref="InvalidOperationException">The urn holds fractions of columns.</exception>
    public double Probability(long columns, ReadOnlySpan<int> tiers, ReadOnlySpan<long> winners)
    {
        CheckColumns(columns);
        var marked = new long[tiers.Length];
        for (var i = 0; i < tiers.Length; i++)
        {
            if (tiers[..i].Contains(tiers[i])) throw new ArgumentException($"The tier {tiers[i]} is given twice; give each once.", nameof(tiers));
            marked[i] = Whole(CountWithHits(tiers[i]));
        }

        return Hypergeometric.Joint(Whole(Combinations), marked, winners, columns);
    }

    /// <summary>The columns at which an approximation reaches a safety, before rounding: n = N (1 − (1 − Q)^(1/S)) for the large urn.</summary>
    /// <param name="minHits">In [0, m].</param>
    /// <param name="safety">Q, in (0, 1).</param>
    /// <param name="form"><see cref="SafetyForm.LargeUrn"/> or <see cref="SafetyForm.WithReplacement"/>.</param>
    public double FractionalColumnsFor(int minHits, double safety, SafetyForm form = SafetyForm.LargeUrn)
    {
        var marked = CountWithAtLeast(minHits);
        CheckSafety(safety);
        var log = Hypergeometric.LogOnePlus(-safety);
        return form switch
        {
            SafetyForm.LargeUrn => -Combinations * Hypergeometric.ExpMinusOne(log / marked),
            SafetyForm.WithReplacement => log / LogRest(marked),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Only the approximations take fractions of columns; see ColumnsFor."),
        };
    }

    /// <summary>The fewest columns that reach a safety.</summary>
    /// <param name="minHits">In [0, m].</param>
    /// <param name="safety">Q, in (0, 1).</param>
    /// <param name="form">How the safety is computed.</param>
    /// <exception cref="InvalidOperationException"><see cref="SafetyForm.Exact"/> was asked of an urn with fractions of columns.</exception>
    public long ColumnsFor(int minHits, double safety, SafetyForm form = SafetyForm.LargeUrn)
    {
        if (form is SafetyForm.LargeUrn or SafetyForm.WithReplacement)
        {
            var real = FractionalColumnsFor(minHits, safety, form);
            return Math.Max(1, (long)Math.Ceiling(real - RoundingSlack * Math.Max(1, real)));
        }

        CheckHits(minHits);
        CheckSafety(safety);
        long low = 0, high = (long)Math.Floor(Combinations);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Safety(middle, minHits, form) >= safety - 1e-12) high = middle;
            else low = middle;
        }

        return high;
    }

    /// <summary>The chance to fail in each of so many independent rounds: (1 − Q)^r (equation 17).</summary>
    /// <param name="safety">Q of one round, in [0, 1].</param>
    /// <param name="rounds">r, at least 0.</param>
    public static double AllFail(double safety, int rounds)
    {
        if (!(safety is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(safety), safety, "A safety is a probability in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        return Math.Pow(1 - safety, rounds);
    }

    // C(N−S, n) / C(N, n) with Γ(x + 1) for x!.
    private double GammaSafety(long columns, double marked)
    {
        var rest = Combinations - columns - marked;
        if (rest < 0) return 1;
        return -Hypergeometric.ExpMinusOne(Math.Min(
            0,
            SpecialFunctions.LogGamma(Combinations - marked + 1) - SpecialFunctions.LogGamma(rest + 1)
                + SpecialFunctions.LogGamma(Combinations - columns + 1) - SpecialFunctions.LogGamma(Combinations + 1)));
    }

    private double LogRest(double part) => part >= Combinations ? double.NegativeInfinity : Hypergeometric.LogOnePlus(-part / Combinations);

    private long Whole(double count) => IsIntegral ? (long)count : throw new InvalidOperationException(
        $"A hit rate of {HitRate:G6} makes an urn of {Combinations:G6} columns, which is no whole number. Take 1/2, 1/3, 1/4, … or the form GammaFunction.");

    private void CheckHits(int hits)
    {
        if (hits < 0 || hits > Matches) throw new ArgumentOutOfRangeException(nameof(hits), hits, $"A column of {Matches} matches has between 0 and {Matches} hits.");
    }

    private void CheckColumns(long columns)
    {
        if (columns < 0 || columns > Combinations)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, $"The urn holds {Combinations:G10} columns; no more can be bought.");
    }

    private static void CheckSafety(double safety)
    {
        if (!(safety is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(safety), safety, "A safety to reach lies in (0, 1).");
    }
}
