using System.Globalization;

namespace Vilfredo.Cli.Tests;

public sealed class PoolBetTests : IDisposable
{
    private const string Header = "division,date,result,odds_home,odds_draw,odds_away\n";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_published_columns_and_fees_are_printed()
    {
        var lines = _cli.Run("pool-bets", "urn", "--hit-rate", "1/2", "--safety", "0.9").Succeeded().Lines;
        Assert.Equal("13 matches, hit rate 0.5: an urn of 8,192 columns", lines[0]);
        Assert.Equal(["10", "0.9", "50", "49", "27.50", "21.50"], Cells(lines[2])[..6]);
        Assert.Equal(["11", "0.9", "203", "202", "110.00", "324.00"], Cells(lines[3])[..6]);
        Assert.Equal(["12", "0.9", "1,243", "1,242", "673.50", "5,775.50"], Cells(lines[4])[..6]);
        Assert.Equal(["13", "0.9", "7,373", "7,373", "3,994.00", "103,819.00", "0.082", "0.082"], Cells(lines[5]));
    }

    [Fact]
    public void What_real_columns_reach_lies_between_their_system_and_the_bound()
    {
        var row = _cli.Run("pool-bets", "urn", "--min-hits", "10", "--safety", "0.9", "--json").Succeeded().Json.GetProperty("rows")[0];
        Assert.InRange(row.GetProperty("reached_safety").GetDouble(), 0.1835, row.GetProperty("safety_at_most").GetDouble());
        Assert.Equal(0.436, row.GetProperty("safety_at_most").GetDouble(), 0.001);
        Assert.Equal(49, row.GetProperty("exact_columns").GetInt64());
    }

    [Fact]
    public void A_rate_between_whole_quotients_has_no_exact_number_and_few_matches_no_published_prize()
    {
        var row = _cli.Run("pool-bets", "urn", "--hit-rate", "0.43", "--matches", "4", "--safety", "0.5", "--min-hits", "4", "--json").Succeeded().Json.GetProperty("rows")[0];
        Assert.False(row.TryGetProperty("exact_columns", out _));
        Assert.False(row.TryGetProperty("prize_minus_fee_eur", out _));
        Assert.Equal(15, row.GetProperty("columns").GetInt64());
    }

    [Theory]
    [InlineData("--hit-rate: \"x\" is not a finite number", "--hit-rate", "x")]
    [InlineData("--hit-rate: \"1/0\" is not a finite number", "--hit-rate", "1/0")]
    [InlineData("--hit-rate: The chance to hit a match lies in (0, 1]", "--hit-rate", "1.5")]
    [InlineData("--hit-rate: 2 numbers given", "--hit-rate", "0.4,0.5")]
    [InlineData("--safety: 1 is not between 0 and 1", "--safety", "0.9,1")]
    [InlineData("--safety: 0 is not between 0 and 1", "--safety", "0")]
    [InlineData("--min-hits: 14 is outside 1 to 13", "--min-hits", "14")]
    [InlineData("--min-hits: \"a\" is not a whole number", "--min-hits", "a")]
    [InlineData("--matches: 0 is outside 1 to 20", "--matches", "0")]
    [InlineData("--outcomes: 1 is outside 2 to 8", "--outcomes", "1")]
    public void Urns_that_do_not_exist_are_refused(string message, params string[] options) => _cli.Run(["pool-bets", "urn", .. options]).Refused(message);

    [Fact]
    public void Systems_of_a_coupon_have_ticks_and_lose_to_a_crowd_that_knows_the_odds()
    {
        var rows = _cli.With("c", Coupon(13)).Run("pool-bets", "systems", "c", "--budgets", "1,12", "--samples", "4000", "--json").Succeeded().Json;
        Assert.Equal([1, 12], rows.EnumerateArray().Select(row => row.GetProperty("columns").GetInt32()));
        Assert.Equal([1, 6.5], rows.EnumerateArray().Select(row => row.GetProperty("fee_eur").GetDouble()));
        Assert.All(rows.EnumerateArray(), row => Assert.True(row.GetProperty("expected_profit_eur").GetDouble() < 0));
        var ticks = rows[1].GetProperty("ticks").EnumerateArray().Select(tick => tick.GetString()!).ToArray();
        Assert.Equal(13, ticks.Length);
        Assert.Equal(12, ticks.Aggregate(1, (product, tick) => product * tick.Length));
        Assert.All(ticks, tick => Assert.Contains(tick, (string[])["1", "1X", "12", "1X2"]));
        var wins = _cli.Run("pool-bets", "systems", "c", "--budgets", "1", "--prizes", "fixed", "--samples", "4000", "--json").Succeeded().Json[0];
        Assert.True(wins.GetProperty("expected_profit_eur").GetDouble() > 10);
    }

    [Fact]
    public void The_table_of_systems_has_units_and_the_same_seed_the_same_numbers()
    {
        _cli.With("c", Coupon(11));
        var table = _cli.Run("pool-bets", "systems", "c", "--samples", "500").Succeeded();
        Assert.StartsWith("11 matches, at least 10 hits", table.Lines[0], StringComparison.Ordinal);
        Assert.Contains("fee [EUR]", table.Lines[1], StringComparison.Ordinal);
        Assert.Equal(table.Output, _cli.Run("pool-bets", "systems", "c", "--samples", "500").Output);
    }

    [Theory]
    [InlineData("no: no such file", "no")]
    [InlineData("bad:1: there is no column \"odds_home\"", "bad")]
    [InlineData("vig:2: 1 are no decimal odds", "vig")]
    [InlineData("sum:2: The chances sum to 0.875", "sum")]
    [InlineData("--min-hits: 14 is outside 0 to 13", "c", "--min-hits", "14")]
    [InlineData("--budgets: 0 is outside 1 to 1000000", "c", "--budgets", "5,0")]
    [InlineData("--samples: at least 2", "c", "--samples", "1")]
    [InlineData("--crowd: The crowd's exponent", "c", "--crowd", "-1")]
    [InlineData("--crowd-columns: The crowd buys", "c", "--crowd-columns", "0")]
    [InlineData("argument 'x' not recognized", "c", "--prizes", "x")]
    public void Coupons_and_options_that_make_no_sense_are_refused(string message, params string[] arguments)
    {
        _cli.With("c", Coupon(13)).With("bad", "a,b\n1,2\n").With("vig", "odds_home,odds_draw,odds_away\n1,2,3\n").With("sum", "p_home,p_draw,p_away\n0.5,0.25,0.125\n");

        _cli.Run(["pool-bets", "systems", .. arguments]).Refused(message);
    }

    [Fact]
    public void A_backtest_counts_rounds_fees_and_payouts()
    {
        // Two weeks of three favourites that all win: every round is won, at fixed prizes of tiers that three matches do not have.
        var csv = Header + string.Concat(Enumerable.Range(0, 6).Select(i => $"D1,2026-01-{(i < 3 ? "02" : "09")},H,1.5,4.5,7\n"));
        var json = _cli.With("m", csv).Run("pool-bets", "backtest", "m", "--rounds", "D1:3", "--min-hits", "3", "--budget", "2", "--json").Succeeded().Json;
        Assert.Equal(2, json.GetProperty("rounds").GetInt32());
        Assert.Equal(3, json.GetProperty("mean_hits").GetDouble());
        Assert.Equal(2, json.GetProperty("rounds_with_min_hits").GetInt32());
        Assert.Equal(3, json.GetProperty("fees_eur").GetDouble());
        Assert.Equal(0, json.GetProperty("payouts_eur").GetDouble());
        Assert.Equal(-1.5, json.GetProperty("profit_per_round_eur").GetProperty("estimate").GetDouble());
        var table = _cli.Run("pool-bets", "backtest", "m", "--rounds", "D1:3", "--min-hits", "3", "--budget", "2").Succeeded();
        Assert.Equal("2 rounds of 3 matches, 2026-01-02 to 2026-01-09", table.Lines[0]);
        Assert.Contains("profit per round [EUR]", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m: no week has 2 matches of D9", "--rounds", "D9:2")]
    [InlineData("--rounds: \"D1\" is not DIVISION:N", "--rounds", "D1")]
    [InlineData("--rounds: \"D1:0\" is not DIVISION:N", "--rounds", "D1:0")]
    [InlineData("--min-hits: 5 is outside 0 to 1", "--rounds", "D1:1", "--min-hits", "5")]
    [InlineData("--budget: 0 is outside 1 to 10000", "--rounds", "D1:1", "--min-hits", "1", "--budget", "0")]
    [InlineData("m: the reciprocals of odds of 2026-01-02 sum to 0.75", "--rounds", "D1:1", "--min-hits", "1", "--devig", "shin")]
    public void Backtests_without_rounds_are_refused(string message, params string[] options)
    {
        if (!options.Contains("--min-hits")) options = [.. options, "--min-hits", "1"];
        _cli.With("m", Header + "D1,2026-01-02,H,4,4,4\n").Run(["pool-bets", "backtest", "m", .. options]).Refused(message);
    }

    [Fact]
    public void Coverage_of_played_rounds_lies_between_the_system_and_the_bound()
    {
        // Two weeks of four alike matches: (2/3, 2/9, 1/9) in the one, (1/2, 1/4, 1/4) in the other.
        var csv = Header + string.Concat(Enumerable.Range(0, 8).Select(i => i < 4 ? "D1,2026-01-02,H,1.5,4.5,9\n" : "D1,2026-01-09,A,2,4,4\n"));
        var rows = _cli.With("m", csv).Run("pool-bets", "coverage", "m", "--rounds", "D1:4", "--columns", "2:3,3:4", "--json").Succeeded().Json;
        Assert.Equal([2, 3], rows.EnumerateArray().Select(row => row.GetProperty("columns").GetInt32()));
        Assert.All(rows.EnumerateArray().SelectMany(row => row.GetProperty("rounds").EnumerateArray()), round => Assert.InRange(
            Math.Max(round.GetProperty("system").GetDouble(), round.GetProperty("far_apart").GetDouble()),
            round.GetProperty("system").GetDouble(), round.GetProperty("at_most").GetDouble() + 0.02));

        // For all hits the likeliest columns are best and the bound is attained: at (1/2, 1/4, 1/4) 1/16 and two of 1/32.
        var second = rows[1].GetProperty("rounds")[1];
        Assert.Equal(0.125, second.GetProperty("far_apart").GetDouble(), 1e-12);
        Assert.Equal(0.125, second.GetProperty("at_most").GetDouble(), 1e-12);
        Assert.Equal("2026-01-09", second.GetProperty("start").GetString());
        var table = _cli.Run("pool-bets", "coverage", "m", "--rounds", "D1:4", "--columns", "3:4").Succeeded();
        Assert.StartsWith("2 rounds of 4 matches, 2026-01-02 to 2026-01-09", table.Lines[0], StringComparison.Ordinal);
        Assert.Equal(table.Output, _cli.Run("pool-bets", "coverage", "m", "--rounds", "D1:4", "--columns", "3:4").Output);
    }

    [Theory]
    [InlineData("--columns: \"5\" is not COLUMNS:HITS", "--rounds", "D1:1", "--columns", "5")]
    [InlineData("--columns: 0 columns are outside 1 to 10000", "--rounds", "D1:1", "--columns", "0:1")]
    [InlineData("--columns: 2 hits are outside 1 to 1", "--rounds", "D1:1", "--columns", "1:2")]
    [InlineData("--rounds: 15 matches in a round are too many", "--rounds", "D1:15")]
    public void Coverages_that_make_no_sense_are_refused(string message, params string[] options) =>
        _cli.With("m", Header + "D1,2026-01-02,H,4,4,4\n").Run(["pool-bets", "coverage", "m", .. options]).Refused(message);

    private static string Coupon(int matches) => "odds_home,odds_draw,odds_away\n" + string.Concat(
        Enumerable.Range(0, matches).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1.5 + 0.05 * i},{4 - 0.05 * i},{6 - 0.2 * i}\n")));

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
