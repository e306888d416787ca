using Vilfredo.IO;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;
using Vilfredo.Measurement.PoolBets.Rounds;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.PoolBets;

/// <summary>Rounds of 9 first-division and 4 second-division matches, 2020 to 2026, from a file that is not part of the project.</summary>
public class GermanRoundsTests
{
    private static IReadOnlyList<PoolRound> Read()
    {
        using var reader = CsvReader.Open(SharedData.File("soccer/germany_odds_2020_2026.csv"));
        return PoolRound.Weekly(MatchFile.ReadPlayed(reader), [("D1", 9), ("D2", 4)]);
    }

    [Fact]
    public void The_favourites_of_185_real_rounds_come_as_often_as_the_odds_say()
    {
        var rounds = Read();
        var report = PoolBacktest.Calibration(rounds, new RandomGenerator(1), new BootstrapOptions { Resamples = 2000 });
        Assert.Equal(185, report.Rounds);
        Assert.Equal(0.5094, report.ExpectedHits / 13, 0.00005);
        Assert.Equal(6.71, report.MeanHits, 0.005);
        Assert.Equal(12, report.Histogram.Skip(10).Sum());
        Assert.Equal(9.5, report.ExpectedHistogram.Skip(10).Sum(), 0.05);
        Assert.True(report.Difference.Contains(0), report.Difference.ToString());
        Assert.True(report.PValue > 0.01, $"chi-squared {report.ChiSquared}, p {report.PValue}");
    }

    [Fact]
    public void Systems_of_the_papers_recipe_for_ninety_percent_reach_28_on_average()
    {
        var safety = Read().Select(round => SystemOptimizer.Maximize(round.Coupon, 10, 50).BestColumn.Tail(10)).ToArray();
        Assert.Equal(0.28, safety.Average(), 0.005);
        Assert.Equal(0.49, safety.Max(), 0.005);
    }

    [Fact]
    public void No_columns_whatever_reach_the_papers_ninety_percent_in_a_real_round()
    {
        // Every twentieth round: the likeliest 130,000 outcomes of each are sorted.
        foreach (var round in Read().Where((_, i) => i % 20 == 0))
        {
            foreach (var (columns, minHits) in new[] { (50, 10), (203, 11), (1243, 12) })
            {
                var bound = Coverage.UpperBound(round.Coupon, minHits, columns);
                Assert.InRange(SystemOptimizer.Maximize(round.Coupon, minHits, columns).BestColumn.Tail(minHits), 0, Math.Min(0.6, bound));
                Assert.True(bound < 0.9, $"{round.Start}, {minHits} hits: {bound}");
            }
        }
    }

    [Fact]
    public void The_sign_of_the_profit_hangs_on_the_prize_model()
    {
        var rounds = Read();
        Assert.Equal(33.5, rounds.Average(round => FixedPrizes.Toto.ExpectedPayout(SystemBet.Favourites(round.Coupon))), 0.5);

        double[] Shared(double exponent) => [.. rounds.Select((round, i) => Payouts.Estimate(
            round.Coupon, SystemBet.Favourites(round.Coupon), new PariMutuelPrizes { CrowdExponent = exponent }, 2000, new RandomGenerator(9, (ulong)i)).Mean)];
        var odds = Bootstrap.OneSample(Shared(1), Descriptive.Mean, new RandomGenerator(2), new BootstrapOptions { Resamples = 2000 });
        Assert.Equal(0.44, odds.Estimate, 0.03);
        Assert.True(odds.Upper < FeeSchedule.Toto.LeastPerColumn, odds.ToString());
        Assert.True(Shared(0.5).Average() > FeeSchedule.Toto.Fee(1));
    }

    [Fact]
    public void Greedy_systems_are_within_a_point_of_the_best_at_64_columns()
    {
        foreach (var round in Read().Where((_, i) => i % 5 == 0))
        {
            var exact = SystemOptimizer.Maximize(round.Coupon, 10, 64).BestColumn.Tail(10);
            Assert.InRange(SystemOptimizer.Greedy(round.Coupon, 10, 64).BestColumn.Tail(10), exact - 0.01, exact + 1e-12);
        }
    }
}
