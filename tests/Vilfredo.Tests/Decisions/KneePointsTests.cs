using Vilfredo.Decisions;

namespace Vilfredo.Tests.Decisions;

public class KneePointsTests
{
    // The point (1, 1) between the ends (0, 10) and (10, 0) is a knee by any definition.
    private static readonly double[] Front = [0, 10, 0.5, 6, 1, 1, 6, 0.5, 10, 0];

    [Fact]
    public void Every_definition_finds_an_obvious_knee()
    {
        Assert.Equal(2, KneePoints.ByHyperplaneDistance(Front, 2).Index);
        Assert.Equal(2, KneePoints.ByBendAngle(Front).Index);
        Assert.Equal(2, KneePoints.ByTradeOff(Front, 2).Index);
        Assert.Equal(2, KneePoints.ByMarginalUtility(Front, 2).Index);
    }

    [Fact]
    public void Scores_and_runner_up_are_those_of_the_definition()
    {
        var knee = KneePoints.ByHyperplaneDistance(Front, 2);
        Assert.Equal(0.8 / Math.Sqrt(2), knee.Score, 1e-14);
        Assert.Equal(1, knee.RunnerUp!.Index);
        Assert.Equal(0.35 / Math.Sqrt(2), knee.RunnerUp.Score, 1e-14);
        Assert.Equal([-0.5, 5], knee.RunnerUp.Change);

        var bend = KneePoints.ByBendAngle(Front);
        Assert.Equal(Math.Atan(10) - Math.Atan(0.1), bend.Score, 1e-14);

        // The cheapest exchange at the knee is with an end: it costs 9 to gain 1; with a neighbour, 5 to gain 0.5.
        Assert.Equal(9, KneePoints.TradeOffWorths(Front, 2, radius: 2)[2], 1e-12);
    }

    [Fact]
    public void Points_on_the_line_between_the_ends_are_at_no_distance_and_dents_are_negative()
    {
        Assert.All(KneePoints.HyperplaneDistances([0, 4, 1, 3, 2, 2, 4, 0], 2), d => Assert.Equal(0, d, 1e-15));
        var dent = KneePoints.HyperplaneDistances([0, 4, 3, 3, 4, 0], 2);
        Assert.Equal(-0.5 / Math.Sqrt(2), dent[1], 1e-14);
    }

    [Fact]
    public void The_marginal_utility_of_two_ends_is_the_mean_loss_over_their_half_of_the_weights()
    {
        // Without one end, weights (w, 1 - w) on its side lose |2 w - 1|: a quarter on average over all weights.
        var utilities = KneePoints.MarginalUtilities([0, 1, 1, 0], 2);
        Assert.Equal(0.25, utilities[0], 1e-3);
        Assert.Equal(0.25, utilities[1], 1e-3);
    }

    [Fact]
    public void Three_objectives_have_their_knee_at_the_corner_of_the_bulge()
    {
        double[] points = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.4, 0.4, 0.3, 0.2, 0.1, 0.2, 0.3, 0.3, 0.4];
        var knee = KneePoints.ByHyperplaneDistance(points, 3);
        Assert.Equal(4, knee.Index);
        Assert.Equal(0.5 / Math.Sqrt(3), knee.Score, 1e-14);
        Assert.Equal(4, KneePoints.ByTradeOff(points, 3).Index);
    }

    [Fact]
    public void Units_and_order_do_not_change_the_knee()
    {
        var random = new RandomGenerator(51);
        for (var i = 0; i < 50; i++)
        {
            var front = Enumerable.Range(0, 12).Select(_ => random.NextDouble(0.05, 1)).Order()
                .SelectMany(x => new[] { x, 1 / x * random.NextDouble(1, 1.02) }).ToArray();
            var order = Enumerable.Range(0, 12).ToArray();
            random.Shuffle(order.AsSpan());
            var moved = order.SelectMany(k => new[] { 1000 * front[2 * k] + 7, 0.001 * front[2 * k + 1] - 3 }).ToArray();
            Assert.Equal(KneePoints.ByHyperplaneDistance(front, 2).Index, order[KneePoints.ByHyperplaneDistance(moved, 2).Index]);
            Assert.Equal(KneePoints.ByBendAngle(front).Index, order[KneePoints.ByBendAngle(moved).Index]);
            Assert.Equal(KneePoints.ByTradeOff(front, 2).Score, KneePoints.ByTradeOff(moved, 2).Score, 1e-8);
            Assert.Equal(KneePoints.ByMarginalUtility(front, 2).Score, KneePoints.ByMarginalUtility(moved, 2).Score, 1e-10);
        }
    }

    [Fact]
    public void Dominated_points_and_duplicates_are_defined()
    {
        double[] points = [.. Front, 9, 9, 1, 1];
        var angles = KneePoints.BendAngles(points);
        Assert.Equal(double.NegativeInfinity, angles[5]);
        Assert.Equal(angles[2], angles[6]);
        Assert.Equal(0, angles[0]);
        Assert.Equal(0, KneePoints.TradeOffWorths(points, 2, radius: 2)[5]);
        Assert.Equal(0, KneePoints.MarginalUtilities(points, 2)[2]);
        Assert.Equal(2, KneePoints.ByHyperplaneDistance(points, 2).Index);
        Assert.Equal(1, KneePoints.ByHyperplaneDistance(points, 2).RunnerUp!.Index);
    }

    [Theory]
    [InlineData(new[] { 3.0, 4 })]
    [InlineData(new[] { 3.0, 4, 3, 4, 3, 4 })]
    public void One_point_or_equal_points_choose_the_first_without_a_runner_up(double[] points)
    {
        foreach (var knee in new[]
        {
            KneePoints.ByHyperplaneDistance(points, 2), KneePoints.ByBendAngle(points),
            KneePoints.ByTradeOff(points, 2), KneePoints.ByMarginalUtility(points, 2),
        })
        {
            Assert.Equal(0, knee.Index);
            Assert.Null(knee.RunnerUp);
        }
    }

    [Fact]
    public void A_constant_objective_has_no_part()
    {
        double[] padded = [.. Front.Chunk(2).SelectMany(p => new[] { p[0], 5, p[1] })];
        Assert.Equal(KneePoints.HyperplaneDistances(Front, 2), KneePoints.HyperplaneDistances(padded, 3));
        Assert.Equal(KneePoints.MarginalUtilities(Front, 2), KneePoints.MarginalUtilities(padded, 3));
        Assert.Equal([0, 0], KneePoints.HyperplaneDistances([1, 5, 2, 5], 2));
        Assert.Equal(0, KneePoints.ByHyperplaneDistance([1, 5, 2, 5], 2).Index);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KneePoints.ByHyperplaneDistance([], 2));
        Assert.Throws<ArgumentException>(() => KneePoints.ByBendAngle([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => KneePoints.ByTradeOff([1, double.NaN], 2));
        Assert.Throws<ArgumentException>(() => KneePoints.ByMarginalUtility([1, double.PositiveInfinity], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => KneePoints.ByTradeOff(Front, 2, -1));
    }
}
