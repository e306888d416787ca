namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>A coupon whose outcomes are known.</summary>
public sealed class PoolRound
{
    private readonly int[] outcomes;

    /// <summary>Creates a round.</summary>
    /// <param name="start">The first day of its week.</param>
    /// <param name="coupon">Its matches.</param>
    /// <param name="outcomes">What came, one outcome per match.</param>
    /// <exception cref="ArgumentException">The outcomes do not fit the coupon.</exception>
    public PoolRound(DateOnly start, Coupon coupon, ReadOnlySpan<int> outcomes)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        coupon.Check(outcomes, nameof(outcomes));
        (Start, Coupon, this.outcomes) = (start, coupon, outcomes.ToArray());
    }

    /// <summary>The first day of its week.</summary>
    public DateOnly Start { get; }

    /// <summary>Its matches.</summary>
    public Coupon Coupon { get; }

    /// <summary>What came, match by match.</summary>
    public IReadOnlyList<int> Outcomes => outcomes;

    internal ReadOnlySpan<int> OutcomeSpan => outcomes;

    /// <summary>
    /// Makes rounds of played matches: of every week the first so many matches of each division, in the order given; weeks that have
    /// fewer in a division make no round.
    /// </summary>
    /// <param name="matches">The matches.</param>
    /// <param name="composition">How many matches of which division, each at least 1; a division of "" takes those of no division.</param>
    /// <param name="firstDay">The day on which a week begins.</param>
    /// <param name="method">How the margin is taken out of the odds.</param>
    /// <returns>Rounds in the order of time.</returns>
    public static IReadOnlyList<PoolRound> Weekly(
        IEnumerable<PlayedMatch> matches, IReadOnlyList<(string Division, int Matches)> composition,
        DayOfWeek firstDay = DayOfWeek.Friday, DevigMethod method = DevigMethod.Proportional)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(composition);
        if (composition.Count == 0) throw new ArgumentException("A round takes matches of at least one division.", nameof(composition));
        foreach (var (division, count) in composition)
            if (count < 1) throw new ArgumentException($"A round takes at least one match of division \"{division}\", not {count}.", nameof(composition));

        var rounds = new List<PoolRound>();
        foreach (var week in matches.GroupBy(match => match.Date.AddDays(-(((int)match.Date.DayOfWeek - (int)firstDay + 7) % 7))).OrderBy(week => week.Key))
        {
            var byDivision = week.ToLookup(match => match.Division);
            if (composition.Any(part => byDivision[part.Division].Count() < part.Matches)) continue;
            PlayedMatch[] taken = [.. composition.SelectMany(part => byDivision[part.Division].Take(part.Matches))];
            rounds.Add(new PoolRound(
                week.Key, new Coupon([.. taken.Select(match => match.Odds.ToProbabilities(method))]), [.. taken.Select(match => match.Outcome)]));
        }

        return rounds;
    }
}
