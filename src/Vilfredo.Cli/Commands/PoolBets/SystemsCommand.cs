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

/// <summary>The command <c>vilfredo pool-bets systems</c>.</summary>
internal static class SystemsCommand
{
    private const long LargestBudget = 1_000_000;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("systems", "The best system of each budget on a coupon: safety and expected profit against the fee.")
        {
            Details = "COUPON is a CSV file with one match per line: decimal odds in odds_home, odds_draw, odds_away, or chances in p_home, p_draw, "
                + "p_away. A system ticks one, two or three outcomes of each match and buys all columns that combine them; shown is the one, of all that "
                + "the budget buys, whose best column has the highest chance of at least K hits.",
            Examples =
            [
                new("vilfredo pool-bets systems coupon.csv", "Budgets of 1, 12, 50 and 200 columns, at least 10 hits"),
                new("vilfredo pool-bets systems coupon.csv --min-hits 11 --budgets 96 --crowd 1.2 --json", "One budget against a crowd that loves favourites"),
            ],
        };
        var file = new Argument<string>("coupon") { HelpName = "COUPON", Description = "The matches; - is standard input." };
        var minHits = new Option<int>("--min-hits") { HelpName = "K", Description = "Hits to reach.", DefaultValueFactory = _ => 10 };
        var budgets = new Option<string>("--budgets") { HelpName = "N1,N2,...", Description = "The most columns to buy.", DefaultValueFactory = _ => "1,12,50,200" };
        var samples = new Option<int>("--samples") { HelpName = "N", Description = "Rounds sampled for the expected profit.", DefaultValueFactory = _ => 20_000 };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the sampled rounds.", DefaultValueFactory = _ => 1 };
        command.Add(file);
        foreach (var option in new Option[] { minHits, budgets, samples, seed }) command.Add(option);
        var prizes = new PrizeOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle((parse, cancellation) =>
        {
            var columns = NumberList.ParseIntegers("--budgets", parse.GetRequiredValue(budgets));
            foreach (var budget in columns.Where(budget => budget is < 1 or > LargestBudget))
                throw new UserErrorException($"--budgets: {budget} is outside 1 to {LargestBudget}", "Give the most columns to buy.");
            if (parse.GetRequiredValue(samples) < 2) throw new UserErrorException("--samples: at least 2 are needed", "Prizes are rare: take tens of thousands.");
            var coupon = InputFile.Open(parse.GetRequiredValue(file), path =>
            {
                using var reader = CsvReader.Open(path);
                return MatchFile.ReadCoupon(reader, prizes.Devig(parse));
            });
            var k = parse.GetRequiredValue(minHits);
            if (k < 0 || k > coupon.Count) throw new UserErrorException($"--min-hits: {k} is outside 0 to {coupon.Count}, the matches of the coupon");
            var points = PoolBetFrontier.Evaluate(
                coupon, k, columns, FeeSchedule.Toto, prizes.Prizes(parse), parse.GetRequiredValue(samples), parse.GetRequiredValue(seed), cancellation);
            if (parse.GetValue(json)) WriteJson(terminal, k, points);
            else WriteTable(terminal, coupon, k, points);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    /// <summary>The ticks of a system, match by match: 1, X, 2 and what is combined of them.</summary>
    private static IEnumerable<string> Ticks(SystemBet system) =>
        system.Sizes.Select((_, match) => string.Concat(system.Chosen(match).Order().Select(outcome => "1X2"[outcome])));

    private static void WriteTable(Terminal terminal, Coupon coupon, int minHits, IReadOnlyList<PoolBetPoint> points)
    {
        var table = new TextTable(
            new("budget", true), new("columns", true), new("fee [EUR]", true), new("safety", true), new("profit [EUR]", true), new("± [EUR]", true),
            new("spread [EUR]", true), new("ticks"))
        {
            Title = $"{coupon.Count} matches, at least {minHits} hits; profit is expected, ± its sampling error, spread that of one round",
        };
        foreach (var point in points)
        {
            table.Add(
            [
                Number(point.Budget, "N0"), Number(point.System.Columns, "N0"), Number(point.Fee, "N2"), Number(point.Safety, "0.0000"),
                Number(point.ExpectedProfit, "N2"), Number(point.StandardError, "N2"), Number(point.StandardDeviation, "N1"), string.Join(' ', Ticks(point.System)),
            ]);
        }

        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal, int minHits, IReadOnlyList<PoolBetPoint> points) => terminal.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var point in points)
        {
            json.WriteStartObject();
            json.WriteNumber("budget", point.Budget);
            json.WriteNumber("columns", point.System.Columns);
            json.WriteNumber("min_hits", minHits);
            json.WriteNumber("fee_eur", point.Fee);
            json.WriteNumber("safety", point.Safety);
            json.WriteNumber("expected_profit_eur", point.ExpectedProfit);
            json.WriteNumber("standard_error_eur", point.StandardError);
            json.WriteNumber("standard_deviation_eur", point.StandardDeviation);
            json.WriteStartArray("ticks");
            foreach (var tick in Ticks(point.System)) json.WriteStringValue(tick);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
