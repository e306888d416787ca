using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The command <c>vilfredo pool-bets urn</c>.</summary>
internal static class UrnCommand
{
    private const int MostMatches = 20;
    private const int MostOutcomes = 8;

    // More outcomes of a round than this are not enumerated for a bound.
    private const double MostCombinations = 4_000_000;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("urn", "How many columns the urn model wants for a safety, and what real columns reach.")
        {
            Details = "The urn holds (1/p)^m columns that each hit a match with chance p (Stömmer, arXiv 2303.16648). Above p = 1/outcomes no "
                + "such columns exist. The last two columns are about real ones, for matches of which one outcome has chance p and the others share the "
                + "rest. Reached is the chance of the best that was found: for all hits of the likeliest columns (exact), for fewer of the best system "
                + "(exact) or of up to 50,000 columns far apart (10,000 sampled rounds, +- 0.01). At most is what no columns exceed. Prize - fee is what is "
                + "won at fixed prizes when the tier is reached, not an expectation.",
            Examples =
            [
                new("vilfredo pool-bets urn --hit-rate 1/2", "13 matches, at least 10 to 13 right, safety 90 % to 99.99 %"),
                new("vilfredo pool-bets urn --hit-rate 0.43 --min-hits 13 --safety 0.5,0.9 --json", "One tier, for machines"),
            ],
        };
        var matches = new Option<int>("--matches") { HelpName = "M", Description = "Matches of a column.", DefaultValueFactory = _ => 13 };
        var outcomes = new Option<int>("--outcomes") { HelpName = "N", Description = "Outcomes of a match.", DefaultValueFactory = _ => 3 };
        var hitRate = new Option<string>("--hit-rate") { HelpName = "P", Description = "Chance that a column hits a match, such as 0.43 or 1/3.", DefaultValueFactory = _ => "1/2" };
        var minHits = new Option<string?>("--min-hits") { HelpName = "K1,K2,...", Description = "Hits to reach; the four highest unless given." };
        var safety = new Option<string>("--safety") { HelpName = "Q1,Q2,...", Description = "Chances to reach them.", DefaultValueFactory = _ => "0.9,0.99,0.999,0.9999" };
        var json = OutputOptions.Json();
        foreach (var option in new Option[] { matches, outcomes, hitRate, minHits, safety, json }) command.Add(option);
        command.Handle(parse =>
        {
            var m = Within("--matches", parse.GetRequiredValue(matches), 1, MostMatches);
            var rates = NumberList.Parse("--hit-rate", parse.GetRequiredValue(hitRate));
            if (rates.Length != 1) throw new UserErrorException($"--hit-rate: {rates.Length} numbers given", "Give one, such as 0.43 or 1/3.");
            var urn = UserInput.Checked("--hit-rate", () => new UrnModel(m, rates[0]));
            var coupon = LiteralCoupon(m, Within("--outcomes", parse.GetRequiredValue(outcomes), 2, MostOutcomes), rates[0]);
            int[] tiers = parse.GetValue(minHits) is { } given
                ? Array.ConvertAll(NumberList.ParseIntegers("--min-hits", given), k => Within("--min-hits", k, 1, m))
                : [.. Enumerable.Range(Math.Max(1, m - 3), Math.Min(4, m))];
            var safeties = NumberList.Parse("--safety", parse.GetRequiredValue(safety));
            foreach (var q in safeties.Where(q => q is <= 0 or >= 1))
                throw new UserErrorException(FormattableString.Invariant($"--safety: {q} is not between 0 and 1"), "Give chances such as 0.9.");
            var rows = tiers.SelectMany(_ => safeties, (k, q) => Evaluate(urn, coupon, k, q)).ToList();
            if (parse.GetValue(json)) WriteJson(terminal, urn, rows);
            else WriteTable(terminal, urn, rows);
            return ExitCode.Success;
        });
        return command;
    }

    private sealed record Row(int MinHits, double Safety, long Columns, long? ExactColumns, double Fee, double? Profit, double? Reached, double? Bound);

    private static int Within(string option, long value, int least, int most) => value >= least && value <= most
        ? (int)value
        : throw new UserErrorException($"{option}: {value} is outside {least} to {most}");

    private static Coupon LiteralCoupon(int matches, int outcomes, double hitRate)
    {
        double[] chances = [hitRate, .. Enumerable.Repeat((1 - hitRate) / (outcomes - 1), outcomes - 1)];
        return new Coupon([.. Enumerable.Repeat(new OutcomeProbabilities(chances), matches)]);
    }

    private static Row Evaluate(UrnModel urn, Coupon coupon, int minHits, double safety)
    {
        var columns = urn.ColumnsFor(minHits, safety);
        var canEnumerate = coupon.Combinations <= MostCombinations;
        return new Row(
            minHits, safety, columns, urn.IsIntegral ? urn.ColumnsFor(minHits, safety, SafetyForm.Exact) : null, FeeSchedule.Toto.Fee(columns),
            urn.Matches == 13 && minHits >= 10 ? FixedPrizes.Toto.PaperProfit(minHits, columns, FeeSchedule.Toto) : null,
            canEnumerate ? ReachedCoverage.Of(coupon, minHits, columns, seed: 1).Best : null, canEnumerate ? Coverage.UpperBound(coupon, minHits, columns) : null);
    }

    private static void WriteTable(Terminal terminal, UrnModel urn, List<Row> rows)
    {
        var table = new TextTable(
            new("min hits", true), new("urn safety", true), new("columns", true), new("exact", true), new("fee [EUR]", true), new("prize - fee [EUR]", true),
            new("reached", true), new("at most", true))
        {
            Title = FormattableString.Invariant($"{urn.Matches} matches, hit rate {urn.HitRate:0.####}: an urn of {urn.Combinations:N0} columns"),
        };
        foreach (var row in rows)
        {
            table.Add(
            [
                $"{row.MinHits}", Number(row.Safety, "0.######"), Number(row.Columns, "N0"), Number(row.ExactColumns, "N0"), Number(row.Fee, "N2"),
                Number(row.Profit, "N2"), Number(row.Reached, "0.000"), Number(row.Bound, "0.000"),
            ]);
        }

        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal, UrnModel urn, List<Row> rows) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("matches", urn.Matches);
        json.WriteNumber("hit_rate", urn.HitRate);
        json.WriteNumber("urn_columns", urn.Combinations);
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("min_hits", row.MinHits);
            json.WriteNumber("urn_safety", row.Safety);
            json.WriteNumber("columns", row.Columns);
            if (row.ExactColumns is { } exact) json.WriteNumber("exact_columns", exact);
            json.WriteNumber("fee_eur", row.Fee);
            if (row.Profit is { } profit) json.WriteNumber("prize_minus_fee_eur", profit);
            if (row.Reached is { } reached) json.WriteNumber("reached_safety", reached);
            if (row.Bound is { } bound) json.WriteNumber("safety_at_most", bound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
