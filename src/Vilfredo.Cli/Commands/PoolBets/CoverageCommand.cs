using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Rounds;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The command <c>vilfredo pool-bets coverage</c>.</summary>
internal static class CoverageCommand
{
    private const long LargestBudget = 10_000;
    private const int LongestRound = 14; // matches; the bound looks at all outcomes of a round

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("coverage", "What n real columns reach in rounds that were played, and what none can exceed.")
        {
            Details = "MATCHES is a CSV file as for backtest; only the odds matter. For each N:K the chance that one of N columns has K hits or more, round by "
                + "round: of the best system (exact), of columns far apart (10,000 sampled rounds, +- 0.01), of the better of the two, and the bound that no "
                + "N columns exceed. The largest of many sampled chances is flattered by its sampling error.",
            Examples = [new("vilfredo pool-bets coverage matches.csv", "The recipes that an urn at hit rate 1/2 calls 90 % safe")],
        };
        var rounds = new RoundOptions(command);
        var recipes = new Option<string>("--columns")
        {
            HelpName = "N:K,...",
            Description = "How many columns, and the hits that one of them shall reach.",
            DefaultValueFactory = _ => "50:10,203:11,1243:12",
        };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the sampled rounds.", DefaultValueFactory = _ => 1 };
        command.Add(recipes);
        command.Add(seed);
        var devig = new DevigOption(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle((parse, cancellation) =>
        {
            var matches = rounds.Matches(parse);
            if (matches > LongestRound) throw new UserErrorException($"--rounds: {matches} matches in a round are too many; at most {LongestRound}");
            var wanted = Recipes(parse.GetRequiredValue(recipes), matches);
            var made = rounds.Read(parse, devig.Read(parse));
            var first = parse.GetRequiredValue(seed);
            Row[] rows = [.. wanted.Select(recipe => Evaluate(made, recipe, first, cancellation))];
            if (parse.GetValue(json)) WriteJson(terminal, made, rows);
            else WriteTable(terminal, made, matches, rows);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private sealed record Row(long Columns, int MinHits, ReachedCoverage[] Reached, double[] Bounds)
    {
        public double LargestReached => Reached.Max(reached => reached.Best);
    }

    private static List<(long Columns, int MinHits)> Recipes(string text, int matches)
    {
        var recipes = new List<(long Columns, int MinHits)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split(':');
            if (pair.Length != 2 || !long.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
                || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var hits))
            {
                throw new UserErrorException($"--columns: \"{part}\" is not COLUMNS:HITS", "Such as 50:10,203:11.");
            }

            if (columns is < 1 or > LargestBudget) throw new UserErrorException($"--columns: {columns} columns are outside 1 to {LargestBudget}");
            if (hits < 1 || hits > matches) throw new UserErrorException($"--columns: {hits} hits are outside 1 to {matches}, the matches of a round");
            recipes.Add((columns, hits));
        }

        return recipes;
    }

    private static Row Evaluate(IReadOnlyList<PoolRound> rounds, (long Columns, int MinHits) recipe, ulong seed, CancellationToken cancellation)
    {
        var (reached, bounds) = (new ReachedCoverage[rounds.Count], new double[rounds.Count]);
        Parallel.For(0, rounds.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            reached[i] = ReachedCoverage.Of(rounds[i].Coupon, recipe.MinHits, recipe.Columns, seed + (ulong)i, cancellation);
            bounds[i] = Coverage.UpperBound(rounds[i].Coupon, recipe.MinHits, recipe.Columns);
        });
        return new Row(recipe.Columns, recipe.MinHits, reached, bounds);
    }

    private static void WriteTable(Terminal terminal, IReadOnlyList<PoolRound> rounds, int matches, Row[] rows)
    {
        var table = new TextTable(
            new("columns", true), new("min hits", true), new("system", true), new("largest", true), new("far apart", true), new("largest", true),
            new("better", true), new("largest", true), new("at most", true), new("largest", true))
        {
            Title = FormattableString.Invariant(
                $"{rounds.Count} rounds of {matches} matches, {rounds[0].Start:yyyy-MM-dd} to {rounds[^1].Start:yyyy-MM-dd}; means over rounds, and the largest of a round"),
        };
        foreach (var row in rows)
        {
            table.Add(
            [
                row.Columns.ToString("N0", CultureInfo.InvariantCulture), $"{row.MinHits}",
                .. Pair(row.Reached.Select(reached => reached.System)), .. Pair(row.Reached.Select(reached => reached.Columns)),
                .. Pair(row.Reached.Select(reached => reached.Best)), .. Pair(row.Bounds),
            ]);
        }

        table.Write(terminal);
    }

    private static string[] Pair(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return [all.Average().ToString("0.000", CultureInfo.InvariantCulture), all.Max().ToString("0.000", CultureInfo.InvariantCulture)];
    }

    private static void WriteJson(Terminal terminal, IReadOnlyList<PoolRound> rounds, Row[] rows) => terminal.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("columns", row.Columns);
            json.WriteNumber("min_hits", row.MinHits);
            json.WriteNumber("largest_reached", row.LargestReached);
            json.WriteNumber("largest_bound", row.Bounds.Max());
            json.WriteStartArray("rounds");
            for (var i = 0; i < rounds.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("start", rounds[i].Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteNumber("system", row.Reached[i].System);
                json.WriteNumber("far_apart", row.Reached[i].Columns);
                json.WriteNumber("at_most", row.Bounds[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
