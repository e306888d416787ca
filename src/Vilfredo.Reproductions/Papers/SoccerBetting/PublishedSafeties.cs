using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The tables of Stömmer (arXiv 2303.16648) as facts, with what the library computes.</summary>
internal static class PublishedSafeties
{
    private static readonly double[] Safeties = [0.9, 0.99, 0.999, 0.9999];
    private static readonly int[] LowerTiers = [10, 11, 12];
    private static readonly UrnModel Guess = new(13, 1.0 / 3);
    private static readonly UrnModel Half = new(13, 0.5);

    /// <summary>Columns for a safety; those for 13 hits are rounded to the nearest, the others up.</summary>
    public static ExactValue[] Columns() =>
    [
        .. Row(Guess, "1/3", 10, 1397, 2793, 4187, 5580),
        .. Row(Guess, "1/3", 13, 1_434_891, 1_578_380, 1_592_729, 1_594_164),
        .. Row(Half, "1/2", 10, 50, 100, 149, 198),
        .. Row(Half, "1/2", 11, 203, 400, 593, 781),
        .. Row(Half, "1/2", 12, 1243, 2297, 3191, 3949),
        .. Row(Half, "1/2", 13, 7373, 8110, 8184, 8191),
    ];

    /// <summary>The urns of hit rates 1/3 and 1/2.</summary>
    public static ExactValue[] Urns() =>
    [
        new("N at 1/3", 1_594_323, Guess.Combinations, 0),
        new("N at 1/2", 8192, Half.Combinations, 0),
        .. Counts(Guess, "1/3", 2288, 312, 26, 1),
        .. Counts(Half, "1/2", 286, 78, 13, 1),
    ];

    /// <summary>Prize minus fee at hit rate 1/2.</summary>
    public static ExactValue[] Profits() =>
    [
        Profit(10, 0, 21), Profit(11, 0, 324), Profit(11, 1, 217), Profit(11, 2, 112), Profit(11, 3, 10),
        Profit(12, 0, 5775), Profit(12, 1, 5204), Profit(12, 2, 4720), Profit(12, 3, 4309), Profit(13, 0, 103_819), Profit(13, 3, 103_376),
        new("fee of all columns", 863_592, FeeSchedule.Toto.Fee((long)Guess.Combinations), 0.5),
    ];

    /// <summary>The paper's fee of four rounds for at least 12 hits.</summary>
    public static ExactValue[] FourRounds() => [new("fee of four rounds", 2696, 4 * FeeSchedule.Toto.Fee(1243), 0.5)];

    /// <summary>Its chance to fail four times in a row, in percent.</summary>
    public static ExactValue[] FourFailures() => [new("percent", 0.01, 100 * UrnModel.AllFail(0.9, 4), 0.005)];

    /// <summary>How many of the tiers below 13 hits pay more than they cost at a hit rate of 0.43 and a safety of at least 99 %.</summary>
    public static ExactValue[] TipstersTiers()
    {
        var urn = new UrnModel(13, 0.43);
        var paying = LowerTiers.SelectMany(_ => Safeties[1..], (hits, safety) =>
            FixedPrizes.Toto.PaperProfit(hits, urn.ColumnsFor(hits, safety), FeeSchedule.Toto)).Count(profit => profit > 0);
        return [new("tiers and safeties with a profit", 0, paying, 0)];
    }

    /// <summary>Columns by the urn's exact distribution at hit rate 1/2, recomputed outside this library, and that the approximation never asks for fewer.</summary>
    public static ExactValue[] ExactUrn()
    {
        int[][] columns = [[49, 97, 145, 193], [202, 398, 590, 777], [1242, 2295, 3188, 3946]];
        return [.. LowerTiers.SelectMany((hits, row) => Safeties.SelectMany((safety, i) =>
        {
            var exact = Half.ColumnsFor(hits, safety, SafetyForm.Exact);
            return new ExactValue[]
            {
                new(FormattableString.Invariant($"exact columns for {hits} hits at {safety}"), columns[row][i], exact, 0),
                new(FormattableString.Invariant($"columns saved by the approximation for {hits} hits at {safety}"), 0, Math.Max(0, exact - Half.ColumnsFor(hits, safety)), 0),
            };
        }))];
    }

    /// <summary>What real columns at chances (1/2, 1/4, 1/4) cover where the urn promises nine in ten, and with as many as the urn holds.</summary>
    public static ExactValue[] LiteralColumns()
    {
        var coupon = new Coupon([.. Enumerable.Repeat(new OutcomeProbabilities(0.5, 0.25, 0.25), 13)]);
        return
        [
            new("the urn's safety of 7,373 columns", 0.9, Half.Safety(7373, 13), 0.0005),
            new("their true coverage", 0.0824, BestColumns.TrueCoverage(coupon, 7373), 0.00005),
            new("that of 8,192 columns", 0.0886, BestColumns.TrueCoverage(coupon, 8192), 0.00005),
        ];
    }

    private static IEnumerable<ExactValue> Row(UrnModel urn, string rate, int hits, params double[] columns) => columns.Zip(Safeties, (expected, safety) =>
        new ExactValue(
            FormattableString.Invariant($"columns for {hits} hits at {rate} and {safety}"), expected,
            hits == 13 ? Math.Round(urn.FractionalColumnsFor(hits, safety)) : urn.ColumnsFor(hits, safety), 0));

    private static IEnumerable<ExactValue> Counts(UrnModel urn, string rate, params double[] counts) =>
        counts.Select((count, i) => new ExactValue($"columns with {10 + i} hits at {rate}", count, urn.CountWithHits(10 + i), 0));

    // The paper drops the cents, or rounds them.
    private static ExactValue Profit(int hits, int safety, double printed)
    {
        var columns = hits == 13 ? (long)Math.Round(Half.FractionalColumnsFor(hits, Safeties[safety])) : Half.ColumnsFor(hits, Safeties[safety]);
        return new(
            FormattableString.Invariant($"profit for {hits} hits at {Safeties[safety]}"), printed,
            FixedPrizes.Toto.PaperProfit(hits, columns, FeeSchedule.Toto), 0.9999);
    }
}
