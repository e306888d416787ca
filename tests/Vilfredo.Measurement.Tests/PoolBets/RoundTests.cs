using Vilfredo.IO;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;
using Vilfredo.Measurement.PoolBets.Rounds;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class RoundTests
{
    private static readonly BootstrapOptions Few = new() { Resamples = 1000 };

    [Fact]
    public void A_week_begins_on_Friday_and_takes_the_first_matches_of_each_division()
    {
        const string Csv = """
            division,date,result,odds_home,odds_draw,odds_away
            D1,2026-01-02,H,2,4,4
            D1,2026-01-08,A,2,4,4
            D1,2026-01-03,D,2,4,4
            D2,2026-01-04,A,4,4,2
            D1,2026-01-09,H,2,4,4
            D1,2026-01-10,H,2,4,4
            """;
        using var reader = new CsvReader(new StringReader(Csv), "matches.csv");
        var round = Assert.Single(PoolRound.Weekly(MatchFile.ReadPlayed(reader), [("D1", 2), ("D2", 1)]));
        Assert.Equal(new DateOnly(2026, 1, 2), round.Start);
        Assert.Equal([0, 2, 2], round.Outcomes);
        Assert.Equal(0.5, round.Coupon.Matches[2][2]);
    }

    [Fact]
    public void A_coupon_has_odds_or_chances()
    {
        using var odds = new CsvReader(new StringReader("home,odds_home,odds_draw,odds_away\nA,2,4,4\n"), "c");
        using var chances = new CsvReader(new StringReader("p_home;p_draw;p_away\n0.5;0.25;0.25\n"), "c");
        Assert.Equal(MatchFile.ReadCoupon(odds).Matches[0].Values, MatchFile.ReadCoupon(chances).Matches[0].Values);
    }

    [Theory]
    [InlineData("", "m:1: the file is empty")]
    [InlineData("date,result\n", "m:1: there is no column \"odds_home\"")]
    [InlineData("date,result,odds_home,odds_draw,odds_away\n2026-01-02,X,2,4,4\n", "m:2: result: \"X\"")]
    [InlineData("date,result,odds_home,odds_draw,odds_away\n2.1.2026,H,2,4,4\n", "m:2: date: \"2.1.2026\" is not a date")]
    [InlineData("date,result,odds_home,odds_draw,odds_away\n2026-01-02,H,2,4,\n", "m:2: odds_away: no value")]
    [InlineData("date,result,odds_home,odds_draw,odds_away\n2026-01-02,H,0.5,4,4\n", "m:2: 0.5 are no decimal odds")]
    [InlineData("date,result,odds_home,odds_draw,odds_away\n2026-01-02,H,2,4\n", "m:2: read 4 fields")]
    public void Malformed_matches_are_refused_with_their_line(string csv, string message)
    {
        using var reader = new CsvReader(new StringReader(csv), "m");
        Assert.StartsWith(message, Assert.Throws<InputFormatException>(() => MatchFile.ReadPlayed(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulated_rounds_are_calibrated_and_wrong_chances_are_found_out()
    {
        var coupon = CouponExamples.Repeat(13, 0.5, 0.3, 0.2);
        var random = new RandomGenerator(77);
        var right = Simulated(coupon, coupon, 400, random);
        var report = PoolBacktest.Calibration(right, random, Few);
        Assert.True(report.Difference.Contains(0), report.Difference.ToString());
        Assert.InRange(report.PValue, 0.01, 1);
        Assert.Equal(400, report.Histogram.Sum());
        Assert.Equal(400, report.ExpectedHistogram.Sum(), 1e-9);
        Assert.Equal(6.5, report.ExpectedHits, 1e-12);

        var wrong = PoolBacktest.Calibration(Simulated(coupon, CouponExamples.Repeat(13, 0.6, 0.2, 0.2), 400, random), random, Few);
        Assert.False(wrong.Difference.Contains(0));
        Assert.True(wrong.PValue < 0.001);
    }

    [Fact]
    public void A_backtest_adds_up_its_rounds()
    {
        var coupon = CouponExamples.Repeat(3, 0.5, 0.3, 0.2);
        PoolRound[] rounds = [new(new DateOnly(2026, 1, 2), coupon, [0, 0, 0]), new(new DateOnly(2026, 1, 9), coupon, [0, 1, 2])];
        var report = PoolBacktest.Run(
            rounds, c => new SystemBet(c, 1, 2, 1), new FixedPrizes((3, 100), (2, 10)), new FeeSchedule(1, 0, 1), new RandomGenerator(1), Few);
        Assert.Equal([110, 10], report.Rounds.Select(round => round.Payout));
        Assert.Equal([3, 2], report.Rounds.Select(round => round.BestHits));
        Assert.Equal(4, report.TotalFee);
        Assert.Equal(58, report.MeanProfit.Estimate);
        Assert.Equal(1, report.RoundsWith(3));
        var nothing = PoolBacktest.Run(rounds, c => new ColumnSet(c, []), FixedPrizes.Toto, FeeSchedule.Toto, new RandomGenerator(1), Few);
        Assert.Equal(0, nothing.MeanProfit.Estimate);
        Assert.Equal(-1, nothing.Rounds[0].BestHits);
    }

    [Fact]
    public void Rounds_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PoolBacktest.Calibration([], new RandomGenerator(1)));
        var (short_, long_) = (CouponExamples.Repeat(1, 0.5, 0.5), CouponExamples.Repeat(2, 0.5, 0.5));
        Assert.Throws<ArgumentException>(() => PoolBacktest.Calibration([new(default, short_, [0]), new(default, long_, [0, 0])], new RandomGenerator(1)));
        Assert.Throws<ArgumentException>(() => new PoolRound(default, short_, [2]));
        Assert.Throws<ArgumentException>(() => PoolRound.Weekly([], [("D1", 0)]));
    }

    private static PoolRound[] Simulated(Coupon said, Coupon truth, int rounds, RandomGenerator random)
    {
        var outcomes = new int[truth.Count];
        return [.. Enumerable.Range(0, rounds).Select(i =>
        {
            truth.Sample(random, outcomes);
            return new PoolRound(new DateOnly(2020, 1, 3).AddDays(7 * i), said, outcomes);
        })];
    }
}
