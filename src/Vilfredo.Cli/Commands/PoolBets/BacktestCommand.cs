using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Rounds;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The command <c>vilfredo pool-bets backtest</c>.</summary>
internal static class BacktestCommand
{
    private const long LargestBudget = 10_000;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("backtest", "Hold odds, and systems bought by them, against matches that were played.")
        {
            Details = "MATCHES is a CSV file with the columns date, result (H, D, A), odds_home, odds_draw, odds_away and, if wanted, division. A week "
                + "begins on Friday; the first matches of each division make its round. Intervals are 95 % bootstrap intervals over rounds.",
            Examples =
            [
                new("vilfredo pool-bets backtest matches.csv --rounds D1:9,D2:4", "Rounds of 9 matches of D1 and 4 of D2"),
                new("vilfredo pool-bets backtest matches.csv --rounds 9 --min-hits 8 --budget 12", "A file without divisions"),
            ],
        };
        var minHits = new Option<int>("--min-hits") { HelpName = "K", Description = "Hits to reach.", DefaultValueFactory = _ => 10 };
        var budget = new Option<long>("--budget") { HelpName = "N", Description = "The most columns to buy in a round.", DefaultValueFactory = _ => 50 };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the bootstrap.", DefaultValueFactory = _ => 1 };
        var rounds = new RoundOptions(command);
        foreach (var option in new Option[] { minHits, budget, seed }) command.Add(option);
        var prizes = new PrizeOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle((parse, cancellation) =>
        {
            var matches = rounds.Matches(parse);
            var k = parse.GetRequiredValue(minHits);
            if (k < 0 || k > matches) throw new UserErrorException($"--min-hits: {k} is outside 0 to {matches}, the matches of a round");
            var columns = parse.GetRequiredValue(budget);
            if (columns is < 1 or > LargestBudget) throw new UserErrorException($"--budget: {columns} is outside 1 to {LargestBudget}", "Give the most columns to buy in a round.");
            var made = rounds.Read(parse, prizes.Devig(parse));
            var random = new RandomGenerator(parse.GetRequiredValue(seed));
            var calibration = PoolBacktest.Calibration(made, random);
            var expected = 0.0;
            var report = PoolBacktest.Run(
                made,
                coupon =>
                {
                    var system = SystemOptimizer.Maximize(coupon, k, columns, cancellation);
                    expected += system.BestColumn.Tail(k);
                    return system;
                },
                prizes.Prizes(parse), FeeSchedule.Toto, random);
            var output = new BacktestOutput(calibration, report, k, expected);
            if (parse.GetValue(json)) output.WriteJson(terminal);
            else output.WriteTable(terminal);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
