using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Rounds;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Rounds of 13 consecutive first-division matches, 23 in a season, whose chances come from <see cref="EloForecast"/>.</summary>
internal static class LeagueRounds
{
    public const int Matches = 13;
    public const int FirstSeason = 2015;
    public const int LastSeason = 2025;

    private static readonly Lazy<PoolRound[]> Rounds = new(Make);

    /// <summary>The number of rounds.</summary>
    public const int Count = 23 * (LastSeason - FirstSeason + 1);

    /// <summary>A round, in an order that is shuffled once and for all, so that the first few are of all seasons.</summary>
    /// <param name="number">From 1 on.</param>
    public static PoolRound Of(int number) => number <= Rounds.Value.Length
        ? Rounds.Value[number - 1]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"There are {Rounds.Value.Length} rounds; run at most as many seeds.");

    private static PoolRound[] Make()
    {
        var forecast = new EloForecast(LeagueResults.All);
        PoolRound[] rounds = [.. Enumerable.Range(FirstSeason, LastSeason - FirstSeason + 1).SelectMany(season => forecast.Season(season)
            .Chunk(Matches).Where(round => round.Length == Matches)
            .Select(round => new PoolRound(
                round[0].Match.Date, new Coupon([.. round.Select(entry => entry.Chances)]), [.. round.Select(entry => entry.Match.Outcome)])))];
        new RandomGenerator(1).Shuffle<PoolRound>(rounds);
        return rounds;
    }
}
