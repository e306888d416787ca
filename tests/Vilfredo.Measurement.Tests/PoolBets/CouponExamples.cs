using CsCheck;
using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Measurement.Tests.PoolBets;

/// <summary>Coupons the tests share.</summary>
internal static class CouponExamples
{
    /// <summary>Thirteen matches of (1/2, 1/4, 1/4).</summary>
    public static readonly Coupon Halves = Repeat(13, 0.5, 0.25, 0.25);

    public static Coupon Repeat(int matches, params double[] chances) =>
        new([.. Enumerable.Repeat(new OutcomeProbabilities(chances), matches)]);

    public static Gen<Coupon> Any(int fewest, int most, int outcomes = 3) =>
        Gen.Double[0.01, 1].Array[outcomes].Array[fewest, most].Select(matches => new Coupon([.. matches.Select(Normalised)]));

    /// <summary>Every column of a small coupon.</summary>
    public static IEnumerable<int[]> AllColumns(Coupon coupon)
    {
        IEnumerable<int[]> columns = [[]];
        foreach (var match in coupon.Matches) columns = columns.SelectMany(_ => Enumerable.Range(0, match.Count), (column, o) => (int[])[.. column, o]);
        return columns;
    }

    private static OutcomeProbabilities Normalised(double[] weights) => new(Array.ConvertAll(weights, w => w / weights.Sum()));
}
