using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>Files of matches: played ones with odds and result, and coupons to bet on.</summary>
public static class MatchFile
{
    private static readonly string[] Odds = ["odds_home", "odds_draw", "odds_away"];
    private static readonly string[] Chances = ["p_home", "p_draw", "p_away"];

    /// <summary>
    /// Reads played matches: a CSV file with the columns date (yyyy-MM-dd), result (H, D or A), odds_home, odds_draw and odds_away,
    /// and, if wanted, division; others are ignored.
    /// </summary>
    /// <param name="reader">The file; it is not disposed.</param>
    /// <exception cref="InputFormatException">A column is missing or a record is malformed.</exception>
    public static IReadOnlyList<PlayedMatch> ReadPlayed(CsvReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        csv.Require(["date", "result", .. Odds]);
        var matches = new List<PlayedMatch>();
        while (csv.Read())
        {
            var outcome = csv.Text("result") switch
            {
                "H" => 0,
                "D" => 1,
                "A" => 2,
                var other => throw csv.Problem($"result: \"{other}\" is none of H, D and A"),
            };
            matches.Add(new PlayedMatch(csv.Has("division") ? csv.Text("division") : "", csv.Date("date"), ReadOdds(csv), outcome));
        }

        return matches;
    }

    /// <summary>
    /// Reads a coupon, one match per line: a CSV file with decimal odds in odds_home, odds_draw and odds_away, or with chances in
    /// p_home, p_draw and p_away; others are ignored.
    /// </summary>
    /// <param name="reader">The file; it is not disposed.</param>
    /// <param name="method">How the margin is taken out of odds.</param>
    /// <exception cref="InputFormatException">A column is missing, a record is malformed, or there is no match.</exception>
    public static Coupon ReadCoupon(CsvReader reader, DevigMethod method = DevigMethod.Proportional)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new HeaderedCsv(reader);
        var hasChances = csv.Has(Chances);
        if (!hasChances) csv.Require(Odds);
        var matches = new List<OutcomeProbabilities>();
        while (csv.Read())
        {
            matches.Add(hasChances
                ? csv.Checked(() => new OutcomeProbabilities([.. Chances.Select(csv.Number)]))
                : ToProbabilities(csv, method));
        }

        return matches.Count > 0 ? new Coupon(matches) : throw csv.Problem("there is no match", "Write one match per line below the header.");
    }

    private static DecimalOdds ReadOdds(HeaderedCsv csv) => csv.Checked(() => new DecimalOdds([.. Odds.Select(csv.Number)]));

    private static OutcomeProbabilities ToProbabilities(HeaderedCsv csv, DevigMethod method)
    {
        var odds = ReadOdds(csv);
        if (method == DevigMethod.Shin && odds.Overround < 1 - 1e-12)
            throw csv.Problem($"the reciprocals of the odds sum to {odds.Overround:G6}, below 1: there is no margin for Shin's model", "Take the proportional or the power method.");
        return odds.ToProbabilities(method);
    }
}
