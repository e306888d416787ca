using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class SmsEmoaSurvivalTests
{
    [Fact]
    public void The_least_contributor_of_a_single_front_goes()
    {
        // Inner boxes: (1,3) 1 x 1, (2,2) 0.5 x 1, (2.5,1.5) 1.5 x 0.5.
        double[] front = [0, 4, 1, 3, 2, 2, 2.5, 1.5, 4, 0];
        Assert.Equal([0, 1, 3, 4], Select(2, front, 4).Order());
    }

    [Fact]
    public void The_least_contributor_of_three_objectives_goes()
    {
        var random = new RandomGenerator(2);
        for (var round = 0; round < 20; round++)
        {
            // A simplex of range 1 with its corners: normalised as it is, reference 2.
            var front = new double[3 * 12];
            for (var i = 0; i < 3; i++) front[3 * i + i] = 1;
            for (var i = 3; i < 12; i++)
            {
                var (a, b) = (random.NextDouble(), random.NextDouble());
                if (a + b > 1) (a, b) = (1 - a, 1 - b);
                (front[3 * i], front[3 * i + 1], front[3 * i + 2]) = (a, b, 1 - a - b);
            }

            var least = Hypervolume.LeastContributor(front, 3, [2, 2, 2]);
            Assert.DoesNotContain(least, Select(3, front, 11));
        }
    }

    [Fact]
    public void Of_dominated_points_the_least_contributor_or_the_most_dominated_goes()
    {
        // The worst front is (0.5, 7), (0.6, 6.9), (3, 4), (7, 0.5); inner boxes: (0.6, 6.9) 2.4 x 0.1, (3, 4) 4 x 2.9. (3, 4) has two dominators, the others one.
        double[] points = [0, 5, 1, 1, 2, 0.9, 5, 0, 0.5, 7, 0.6, 6.9, 3, 4, 7, 0.5];
        Assert.Equal([0, 1, 2, 3, 4, 6, 7], Select(2, points, 7).Order());
        Assert.Equal([0, 1, 2, 3, 4, 5, 7], Select(2, points, 7, reduction: SmsEmoaReduction.DominatingPoints).Order());
    }

    [Fact]
    public void The_most_dominated_point_of_the_worst_front_goes_in_the_variant()
    {
        // (4, 4) has three dominators, (0.5, 9) and (9, 0.5) one each.
        double[] points = [0, 5, 1, 1, 5, 0, 2, 2, 3, 3, 4, 4, 0.5, 9];
        Assert.DoesNotContain(5, Select(2, points, 6, reduction: SmsEmoaReduction.DominatingPoints));
        double[] sameFront = [0, 3, 1, 1, 3, 0, 1.5, 3.5, 3.5, 0.5];
        Assert.Equal([0, 1, 2, 4], Select(2, sameFront, 4, reduction: SmsEmoaReduction.DominatingPoints).Order());
    }

    [Fact]
    public void A_farther_reference_point_keeps_more_of_the_rim()
    {
        // What the corner (1, 0, 0) adds reaches as far as the reference point, and is least when that is near; what (0.9, 0.02, 0.02) adds ends at other points.
        double[] front = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.9, 0.02, 0.02, 0.3, 0.3, 0.3];
        var near = Hypervolume.LeastContributor(front, 3, [2, 2, 2]);
        var far = Hypervolume.LeastContributor(front, 3, [11, 11, 11]);
        Assert.NotEqual(near, far);
        Assert.DoesNotContain(near, Select(3, front, 4));
        Assert.DoesNotContain(far, Select(3, front, 4, referenceOffset: 10));
    }

    [Fact]
    public void Extremes_of_two_objectives_stay_and_repeats_go_first()
    {
        double[] front = [0, 1, 0, 1, 0.5, 0.5, 0.5, 0.5, 1, 0];
        var selected = Select(2, front, 3);
        Assert.Equal(3, selected.Select(i => front[2 * i]).Distinct().Count());
        double[] close = [0, 1, 0.001, 0.999, 0.5, 0.4, 1, 0];
        Assert.Equal([0, 3], Select(2, close, 2).Order());
    }

    [Fact]
    public void Selection_does_not_depend_on_the_scale_of_objectives()
    {
        var random = new RandomGenerator(4);
        var points = new double[2 * 60];
        foreach (ref var value in points.AsSpan()) value = random.NextDouble();
        var scaled = new double[points.Length];
        for (var i = 0; i < points.Length; i++) scaled[i] = points[i] * (i % 2 == 0 ? 1024 : 1.0 / 64);
        Assert.Equal(Select(2, points, 20), Select(2, scaled, 20));
    }

    [Fact]
    public void Infeasible_points_go_first_the_largest_violation_before_all()
    {
        Assert.Equal([0, 2, 3], Select(2, [9, 9, 0, 0, 1, 1, 8, 8], 3, [0, 2, 1, 0]).Order());
        Assert.Equal([1, 3], Select(2, [0, 1, 1, 0, 2, 2, 3, 3], 2, [4, 1, 3, 2]).Order());
    }

    [Fact]
    public void Infinite_values_are_allowed_and_add_nothing_when_positive()
    {
        double[] points = [double.PositiveInfinity, 0, 0.5, 1, 1, 0.5, double.NegativeInfinity, 2];
        Assert.Equal([1, 2, 3], Select(2, points, 3).Order());
        Assert.Single(Select(2, [double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity], 1));
    }

    [Fact]
    public void Steady_state_drops_one_point_per_child()
    {
        var optimizer = new SmsEmoa(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1, new() { PopulationSize = 4 });
        Assert.Equal(1, optimizer.BatchSize);
        optimizer.Tell([0, 1, 2, 3], [0, 3, 1, 2, 2, 1, 3, 0], []);
        Assert.Equal(1, optimizer.Generation);
        optimizer.Tell([4], [1.5, 1.2], []);
        Assert.Equal(2, optimizer.Generation);
        Assert.Equal([0, 1, 3, 4], optimizer.Population.Decisions.ToArray().Order()); // (2, 1) adds 1 x 0.2 now, (1.5, 1.2) 0.5 x 0.8
    }

    private static int[] Select(
        int objectives, double[] points, int count, double[]? violations = null, SmsEmoaReduction reduction = SmsEmoaReduction.Contribution, double referenceOffset = 1)
    {
        var (indices, ranks, crowding) = (new int[count], new int[count], new double[count]);
        Assert.Equal(count, new SmsEmoaSurvival(objectives, reduction, referenceOffset).Select(points, violations, count, indices, ranks, crowding, default, 1));
        return indices;
    }
}
