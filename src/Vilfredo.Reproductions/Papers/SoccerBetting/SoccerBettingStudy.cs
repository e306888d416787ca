using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Stömmer, "Beating the average: how to generate profit by exploiting the inefficiencies of soccer betting": the tables of the urn,
/// and what columns that can be bought reach and earn in rounds that were played.
/// </summary>
public sealed class SoccerBettingStudy : Reproduction
{
    private const string Urn = "urn", Best = "best system", Greedy = "greedy system", Doubles = "random doubles";
    private const string Spread = "spread columns", Likeliest = "likeliest columns", Random = "random columns", Ceiling = "upper bound";
    private const string Fee = "fee", Ten = "chance of 10 hits", Tier = "chance of the tier";
    private const string Hits = "hits of the favourites", HomeWins = "home wins", BreakEven = "crowd exponent at break-even of the favourite column";
    private const string One = "n=1", Fifty = "n=50", Largest = "n=1243";
    private const string Odds =
        "it needs bookmakers' odds, which no source states a licence for; `vilfredo pool-bets backtest FILE` and `vilfredo pool-bets coverage FILE` judge it on a file of one's own";

    // Columns, and the hits that the paper buys so many for.
    private static readonly (string Setting, int Columns, int Tier)[] Recipes = [(One, 1, 10), (Fifty, 50, 10), ("n=203", 203, 11), (Largest, 1243, 12)];
    private static readonly double[] Crowds = [0.5, 1, 1.5];

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "soccer-betting", "Beating the average: how to generate profit by exploiting the inefficiencies of soccer betting", "Stömmer", 2023, "arXiv 2303.16648");

    /// <inheritdoc/>
    public override string Setting =>
        "253 rounds that were played: 13 consecutive matches of the German first division, 23 rounds a season from 2015/16 to 2025/26, in shuffled order; a seed is a "
        + "round. The chances before each match come from earlier results alone (ratings after Elo, and a logistic model fitted to the five seasons "
        + "before), since bookmakers' odds may not be shipped; they are nearly as sharp: favourites at 0.52 on average. n columns at 0.50 EUR each and per voucher of "
        + "12. The tier aimed at is the paper's: 10 hits with 50 columns, 11 with 203, 12 with 1,243, which its urn calls 90 % safe. Shared prizes are modelled, "
        + "not data: 400,000 columns of others who choose each outcome in proportion to chance^exponent, half of the stakes paid out in four equal tiers.";

    /// <inheritdoc/>
    public override string Use =>
        "`SystemOptimizer.Maximize(coupon, minHits, maxColumns)` and `SpreadColumns.Greedy` choose columns for a coupon of one's own, `Coverage` rates and bounds them, "
        + "`Payouts` turns them into money; `vilfredo pool-bets systems COUPON` does it on the command line. The same counts size any set of entries of which one needs at least k of m right.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Urn, "what the paper's urn promises at a hit rate of 1/2"),
        new(Ceiling, "what no n columns exceed: n times as many of the likeliest outcomes of the round as one column covers", IsBaseline: true),
        new(Spread, "columns far apart, chosen greedily on 2,000 sampled rounds and rated on others"),
        new(Likeliest, "the n columns that are likeliest to be right in all matches", IsBaseline: true),
        new(Best, "the best of all systems of at most n columns (exact)"),
        new(Greedy, "a system built by the highest gain per log of the price", IsBaseline: true),
        new(Doubles, "doubles of matches chosen at random", IsBaseline: true),
        new(Random, "n columns drawn at random, in expectation: the urn at a hit rate of 1/3", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Fee, "EUR"), Objective.Maximize(Ten)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(new("urns", "The urns hold the printed numbers of columns, and of those with 10 to 13 hits.", "N = 1,594,323 and 8,192"), PublishedSafeties.Urns()),
        Claim.Exact(new("columns", "The urn asks for the printed numbers of columns.", "24 printed numbers"), PublishedSafeties.Columns()),
        Claim.Exact(new("prize-minus-fee", "The mean prize of a tier minus the fee is as printed, to less than one euro.", "21 to 103,819 EUR"), PublishedSafeties.Profits()),
        Claim.Exact(
            new("approximation", "The urn's exact distribution asks for 49 to 3,946 columns at a hit rate of 1/2, and the approximation for no fewer anywhere."),
            PublishedSafeties.ExactUrn()),
        Claim.Exact(new("tipsters", "At a hit rate of 0.43 nothing below 13 hits pays at a safety of at least 99 %."), PublishedSafeties.TipstersTiers()),
        Claim.Exact(new("four-failures", "Failing four times in a row at 90 % has a chance of 0.01 %.", "0.01 %"), PublishedSafeties.FourFailures()),
        Claim.Exact(new("four-rounds", "Four rounds for at least 12 hits cost 2,696 EUR.", "2,696 EUR"), PublishedSafeties.FourRounds()),
        Claim.Exact(
            new("better-team", "The better team, read as the one that stood higher in the final table, won 50.98 % of the matches of 2021/22.", "50.98 %"),
            [new("share", 0.5098, LeagueResults.WinsOfTheHigherPlaced(2021), 0.00005)]),
        Claim.NotMeasurable(new("always-home", "A bet on the home team hits 50.36 % of the matches from 1963/64 to 2021/22.", "50.36 %"), "the results at hand begin in 1993/94"),
        Claim.NotMeasurable(new("markets", "Prediction markets hit 52.69 % and betting odds 52.93 %.", "52.69 % and 52.93 %"), Odds),
        Claim.Exact(
            new("home-wins", "Home teams won 46.06 % of the matches since 1993 and 38.6 % in 2024/25."),
            [
                new("share since 1993/94", 0.4606, LeagueResults.HomeWins(1993, 2025), 0.00005),
                new("share in 2024/25", 0.386, LeagueResults.HomeWins(2024, 2024), 0.0005),
            ]),
        Claim.Mean(
            new("home-below-half", "A bet on the home team hits less than half of the matches since 2015/16.", "50.36 % since 1963"), new(Best, One, HomeWins),
            Bound.Below(0.5)),
        Claim.Difference(
            new("calibration", "The favourites' hits per round differ from what their chances expect by less than half a match."),
            new(Best, One, Hits), new(Best, One, "expected hits"), Bound.Between(-0.5, 0.5)),
        Claim.NotMeasurable(new("odds-calibration", "Bookmakers' odds are calibrated: a chi-squared test of the favourites' hits does not reject them at 1 %."), Odds),
        Claim.Exact(
            new("literal-columns", "Where the urn promises 90 % for 13 hits, real columns at chances (1/2, 1/4, 1/4) reach 8.2 %.", "90 %"), PublishedSafeties.LiteralColumns()),
        Claim.EverySeed(
            new("ninety-percent", "No columns whatsoever reach the paper's 90 % for their tier, by proof, in any round (the largest bound of the three recipes).", "90 %"),
            (results, seed) => Paid.Max(recipe => results.Value(Ceiling, recipe.Setting, seed, Tier)), Bound.Below(0.9)),
        Claim.EverySeed(
            new("sixty-percent", "The best columns that were found stay below 60 % for their tier in every round.", "90 %"),
            (results, seed) => Paid.Max(recipe => Found(results, recipe.Setting, seed)), Bound.Below(0.6)),
        Claim.NotMeasurable(
            new("sixty-percent-odds", "They do so too in rounds of the first and second division at bookmakers' odds.", "90 %"),
            Odds + " (docs/pool-bets.md says what came of one such file: it fails)"),
        .. Paid.Select(recipe => Claim.Computed(
            new($"found-{recipe.Columns}", $"The best of {recipe.Columns:N0} columns found reach {recipe.Tier} hits less than half as often as the urn promises.", "90 %"),
            (results, seed) => Found(results, recipe.Setting, seed), Bound.Below(0.45))),
        Claim.Difference(
            new("spread", "50 spread columns reach 10 hits more often than the best system of at most as many."),
            new(Spread, Fifty, Ten), new(Best, Fifty, Ten), Bound.Above(0)),
        Claim.EverySeed(
            new("order", "The best system is at least as good as the greedy one and as random doubles, at every budget."),
            (results, seed) => Recipes.Min(recipe => Math.Round(
                results.Value(Best, recipe.Setting, seed, Ten)
                    - Math.Max(results.Value(Greedy, recipe.Setting, seed, Ten), results.Value(Doubles, recipe.Setting, seed, Ten)),
                12)),
            Bound.AtLeast(0)),
        Claim.EverySeed(
            new("greedy-gap", "With at most 50 columns the greedy system is within one percentage point of the best one."),
            (results, seed) => results.Value(Best, Fifty, seed, Ten) - results.Value(Greedy, Fifty, seed, Ten), Bound.AtMost(0.01)),
        Profit("fixed-prizes", "At fixed mean prizes the favourite column has an expected profit above 10 EUR, an artefact.", One, "profit at mean prizes", Bound.Above(10)),
        Profit("shared-prizes", "At shared prizes and a crowd that follows the chances it has an expected loss.", One, Crowd(1), Bound.Below(0)),
        Profit("contrary-crowd", "With a crowd of exponent 0.5 it has an expected profit.", One, Crowd(0.5), Bound.Above(0)),
        Profit("favourite-lovers", "With a crowd of exponent 1.5 it has an expected loss.", One, Crowd(1.5), Bound.Below(0)),
        Claim.Mean(
            new("break-even", "The favourite column breaks even at a crowd exponent below 1."), new(Best, One, BreakEven), Bound.Below(1)),
        Profit(
            "moderate-profit-fixed", "The paper's 1,243 columns for 12 hits, as the best system, have an expected profit at its fixed mean prizes.", Largest,
            "profit at mean prizes", Bound.Above(0), "5,775 EUR when the tier is reached"),
        Profit(
            "moderate-profit", "They have an expected profit at shared prizes.", Largest, Crowd(1), Bound.Above(0),
            "moderate, consistent profit"),
        Claim.NotMeasurable(
            new("real-prizes", "Mean weekly prizes are 49, 434, 6,449 and 107,813 EUR for 10 to 13 hits.", "49 to 107,813 EUR"),
            "the pool's prize history is not public data; a user would load it into `FixedPrizes` or an `IPrizeModel` of their own"),
    ];

    private static IEnumerable<(string Setting, int Columns, int Tier)> Paid => Recipes.Skip(1);

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 3, Scale.Quick => 30, _ => LeagueRounds.Count };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => [.. Recipes.Select(recipe => recipe.Setting)];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (_, n, tier) = Recipes.Single(recipe => recipe.Setting == context.Unit.Setting);
        var coupon = LeagueRounds.Of(context.Unit.Seed).Coupon;
        return context.Unit.Method switch
        {
            Urn => Chances(hits => new UrnModel(LeagueRounds.Matches, 0.5).Safety(n, hits)),
            Random => Chances(hits => new UrnModel(LeagueRounds.Matches, 1.0 / 3).Safety(n, hits, SafetyForm.Exact)),
            Ceiling => Chances(hits => Coverage.UpperBound(coupon, hits, n)),
            Likeliest => Chances(hits => Rated(BestColumns.Enumerate(coupon).Take(n).Select(best => best.Column), hits)),
            Spread => Chances(hits => Rated(SpreadColumns.Greedy(coupon, hits, n, Scaled(2000), context.Own($"columns for {hits}")), hits)),
            Greedy => Systems(hits => SystemOptimizer.Greedy(coupon, hits, n)),
            Doubles => Systems(_ => SystemOptimizer.RandomDoubles(coupon, n, context.Own("doubles"))),
            _ => Money(context, tier, Systems(hits => SystemOptimizer.Maximize(coupon, hits, n, context.Cancellation)), n),
        };

        int Scaled(int samples) => context.Scale == Scale.Smoke ? samples / 10 : samples;

        double Rated(IEnumerable<int[]> columns, int hits) =>
            Coverage.Estimate(coupon, columns, hits, Scaled(10_000), context.SharedBySetting("sampled rounds"));

        Dictionary<string, double> Chances(Func<int, double> of) => Values(FeeSchedule.Toto.Fee(n), of(10), tier == 10 ? null : of(tier));

        Dictionary<string, double> Systems(Func<int, SystemBet> of)
        {
            var ten = of(10);
            return Values(
                FeeSchedule.Toto.Fee(ten.Columns), ten.BestColumn.Tail(10), tier == 10 ? null : of(tier).BestColumn.Tail(tier));
        }
    }

    private static Dictionary<string, double> Values(double fee, double ten, double? tier) =>
        new() { [Fee] = fee, [Ten] = ten, [Tier] = tier ?? ten };

    private static Dictionary<string, double> Money(UnitContext context, int tier, Dictionary<string, double> values, int n)
    {
        var round = LeagueRounds.Of(context.Unit.Seed);
        var system = SystemOptimizer.Maximize(round.Coupon, tier, n, context.Cancellation);
        var favourites = round.Coupon.FavouriteColumn();
        var fee = FeeSchedule.Toto.Fee(system.Columns);
        values[Hits] = Coupon.Hits(favourites, [.. round.Outcomes]);
        values["expected hits"] = round.Coupon.HitsOf(favourites).Mean;
        values[HomeWins] = round.Outcomes.Count(outcome => outcome == 0) / (double)LeagueRounds.Matches;
        values["profit at mean prizes"] = FixedPrizes.Toto.ExpectedPayout(system) - fee;
        foreach (var exponent in Crowds) values[Crowd(exponent)] = Payout(system, exponent, context.Scale == Scale.Smoke ? 1000 : 20_000) - fee;
        var favourite = SystemBet.Favourites(round.Coupon);
        values[BreakEven] = BreakEvenExponent(exponent => Payout(favourite, exponent, context.Scale == Scale.Smoke ? 1000 : 4000) - FeeSchedule.Toto.Fee(1));
        return values;

        // All exponents see the same outcomes.
        double Payout(SystemBet bet, double exponent, int samples) => Payouts.Estimate(
            round.Coupon, bet, new PariMutuelPrizes { CrowdExponent = exponent }, samples, context.SharedBySetting("outcomes")).Mean;
    }

    // The more the crowd loves favourites, the less the favourite column earns (a system need not); 0 and 3 stand for beyond.
    private static double BreakEvenExponent(Func<double, double> profit)
    {
        double low = 0, high = 3;
        if (profit(low) <= 0) return low;
        if (profit(high) >= 0) return high;
        while (high - low > 1e-3)
        {
            var middle = (low + high) / 2;
            if (profit(middle) > 0) low = middle;
            else high = middle;
        }

        return low;
    }

    private static string Crowd(double exponent) => FormattableString.Invariant($"profit, crowd {exponent}");

    private static double Found(RunResults results, string setting, int seed) =>
        new[] { Spread, Likeliest, Best }.Max(method => results.Value(method, setting, seed, Tier));

    private static Claim Profit(string id, string statement, string setting, string metric, Bound bound, string? printed = null) =>
        Claim.Mean(new(id, statement, printed), new(Best, setting, metric), bound);
}
