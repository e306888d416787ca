using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class SoccerBettingTests
{
    [Fact]
    public void The_results_have_the_known_shares_of_home_wins()
    {
        Assert.Equal(10_098, LeagueResults.All.Count);
        Assert.Equal(306, LeagueResults.All.Count(match => match.Season == 2021));
        Assert.Equal(0.4606, LeagueResults.HomeWins(1993, 2025), 0.00005);
        Assert.Equal(143.0 / 306, LeagueResults.HomeWins(2021, 2021), 1e-12);
        Assert.True(LeagueResults.All.Zip(LeagueResults.All.Skip(1)).All(pair => pair.First.Date <= pair.Second.Date));
    }

    [Fact]
    public void A_forecast_knows_nothing_of_its_own_season()
    {
        // Reversing the results of the last season leaves the chances of its first matches as they were.
        var changed = LeagueResults.All.Select(match => match.Season == 2025 ? match with { HomeGoals = match.AwayGoals, AwayGoals = match.HomeGoals } : match);
        var chances = new EloForecast(LeagueResults.All).Season(2025)[0].Chances;
        Assert.Equal(chances.Values, new EloForecast(changed).Season(2025)[0].Chances.Values);
        Assert.NotEqual(new EloForecast(LeagueResults.All).Season(2025)[300].Chances.Values, new EloForecast(changed).Season(2025)[300].Chances.Values);
    }

    [Fact]
    public void Forecasts_beat_the_shares_of_earlier_seasons()
    {
        var forecast = new EloForecast(LeagueResults.All);
        var matches = Enumerable.Range(LeagueRounds.FirstSeason, 11).SelectMany(forecast.Season).ToArray();
        var shares = Enumerable.Range(0, 3).Select(outcome =>
            LeagueResults.All.Count(match => match.Season < LeagueRounds.FirstSeason && match.Outcome == outcome) / (22.0 * 306)).ToArray();
        var ours = matches.Average(entry => -Math.Log(entry.Chances[entry.Match.Outcome]));
        var theirs = matches.Average(entry => -Math.Log(shares[entry.Match.Outcome]));
        Assert.InRange(ours, 0.99, theirs - 0.05);
        Assert.Equal(0.52, matches.Average(entry => entry.Chances.Values.Max()), 0.005);
    }

    [Fact]
    public void There_are_253_rounds_of_13_matches() =>
        Assert.Equal(LeagueRounds.Count, Enumerable.Range(1, LeagueRounds.Count).Select(LeagueRounds.Of).Count(round => round.Coupon.Count == 13));

    [Fact]
    public void A_round_that_does_not_exist_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => LeagueRounds.Of(LeagueRounds.Count + 1));

    [Fact]
    public void The_tables_of_the_paper_come_out()
    {
        Assert.All(PublishedSafeties.Columns(), value => Assert.True(value.Agrees, value.ToString()));
        Assert.All(PublishedSafeties.Profits(), value => Assert.True(value.Agrees, value.ToString()));
        Assert.All(PublishedSafeties.ExactUrn(), value => Assert.True(value.Agrees, value.ToString()));
        Assert.All(PublishedSafeties.LiteralColumns(), value => Assert.True(value.Agrees, value.ToString()));
    }
}
