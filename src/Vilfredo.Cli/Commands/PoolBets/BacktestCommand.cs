using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
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
        var file = new Argument<string>("matches") { HelpName = "MATCHES", Description = "The played matches; - is standard input." };
        var rounds = new Option<string>("--rounds")
        {
            HelpName = "DIVISION:N,...",
            Description = "How many matches of which division make a round; N alone without divisions.",
            DefaultValueFactory = _ => "D1:9,D2:4",
        };
        var minHits = new Option<int>("--min-hits") { HelpName = "K", Description = "Hits to reach.", DefaultValueFactory = _ => 10 };
        var budget = new Option<long>("--budget") { HelpName = "N", Description = "The most columns to buy in a round.", DefaultValueFactory = _ => 50 };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the bootstrap.", DefaultValueFactory = _ => 1 };
        command.Add(file);
        foreach (var option in new Option[] { rounds, minHits, budget, seed }) command.Add(option);
        var prizes = new PrizeOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle((parse, cancellation) =>
        {
            var composition = Composition(parse.GetRequiredValue(rounds));
            var matches = composition.Sum(part => part.Matches);
            var k = parse.GetRequiredValue(minHits);
            if (k < 0 || k > matches) throw new UserErrorException($"--min-hits: {k} is outside 0 to {matches}, the matches of a round");
            var columns = parse.GetRequiredValue(budget);
            if (columns is < 1 or > LargestBudget) throw new UserErrorException($"--budget: {columns} is outside 1 to {LargestBudget}", "Give the most columns to buy in a round.");
            var path = parse.GetRequiredValue(file);
            var played = InputFile.Open(path, p =>
            {
                using var reader = CsvReader.Open(p);
                return MatchFile.ReadPlayed(reader);
            });
            var made = Rounds(path, played, composition, prizes.Devig(parse));
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

    private static IReadOnlyList<PoolRound> Rounds(
        string path, IReadOnlyList<PlayedMatch> played, List<(string Division, int Matches)> composition, DevigMethod method)
    {
        if (method == DevigMethod.Shin && played.FirstOrDefault(match => match.Odds.Overround < 1) is { } fair)
        {
            throw new UserErrorException(
                FormattableString.Invariant($"{path}: the reciprocals of odds of {fair.Date:yyyy-MM-dd} sum to {fair.Odds.Overround:G6}, below 1: there is no margin for Shin's model"),
                "Take --devig proportional or power.");
        }

        var rounds = PoolRound.Weekly(played, composition, DayOfWeek.Friday, method);
        if (rounds.Count > 0) return rounds;
        var wanted = string.Join(" and ", composition.Select(part => $"{part.Matches} matches of {(part.Division.Length > 0 ? part.Division : "no division")}"));
        var divisions = string.Join(", ", played.Select(match => match.Division).Distinct().Select(name => name.Length > 0 ? name : "none").Order());
        throw new UserErrorException($"{path}: no week has {wanted}", $"The divisions in the file: {divisions}.");
    }

    private static List<(string Division, int Matches)> Composition(string text)
    {
        var parts = new List<(string Division, int Matches)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = part.LastIndexOf(':');
            if (!int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 20)
                throw new UserErrorException($"--rounds: \"{part}\" is not DIVISION:N with N from 1 to 20", "Such as D1:9,D2:4, or 9 for a file without divisions.");
            parts.Add((colon < 0 ? "" : part[..colon], count));
        }

        return parts;
    }
}
