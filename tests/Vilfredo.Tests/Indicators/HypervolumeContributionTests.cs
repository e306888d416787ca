using Vilfredo.Indicators;
using static Vilfredo.Tests.Indicators.HypervolumeSamples;

namespace Vilfredo.Tests.Indicators;

public class HypervolumeContributionTests
{
    private static double[] ByDifference(double[] points, int objectives, double[] reference)
    {
        var total = Hypervolume.Compute(points, objectives, reference);
        return Enumerable.Range(0, points.Length / objectives)
            .Select(i => total - Hypervolume.Compute([.. points[..(i * objectives)], .. points[((i + 1) * objectives)..]], objectives, reference))
            .ToArray();
    }

    private static double[] Contributions(double[] points, int objectives, double[] reference)
    {
        var contributions = new double[points.Length / objectives];
        Hypervolume.Contributions(points, objectives, reference, contributions);
        return contributions;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_contribution_is_the_volume_lost_without_the_point(int objectives)
    {
        var reference = Fill(objectives, 0.9);
        for (ulong seed = 0; seed < 40; seed++)
        {
            var count = 1 + (int)(seed * 5 % 37);
            foreach (var points in new[] { Cube(count, objectives, seed), Simplex(count, objectives, seed) })
            {
                var expected = ByDifference(points, objectives, reference);
                var actual = Contributions(points, objectives, reference);
                for (var i = 0; i < count; i++)
                    Assert.Equal(expected[i], actual[i], 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void On_integer_grids_full_of_ties_contributions_are_exact(int objectives)
    {
        for (ulong seed = 0; seed < 150; seed++)
        {
            var levels = 2 + (int)(seed % 6);
            var points = Grid(3 + (int)(seed % 25), objectives, levels, seed);
            var reference = Fill(objectives, levels - (seed % 3 == 0 ? 1 : 0));
            Assert.Equal(ByDifference(points, objectives, reference), Contributions(points, objectives, reference));
        }
    }

    [Fact]
    public void A_dominated_point_lowers_the_contribution_of_the_one_that_dominates_it() =>
        Assert.Equal([5, 0], Contributions([0, 0, 1, 1], 2, [3, 3]));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Duplicates_contribute_nothing(int objectives)
    {
        var points = Simplex(20, objectives, 8);
        var contributions = Contributions([.. points, .. points], objectives, Fill(objectives, 1.1));
        Assert.All(contributions, contribution => Assert.Equal(0, contribution));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Points_at_or_beyond_the_reference_contribute_nothing(int objectives)
    {
        var outside = Fill(objectives, 0.2);
        outside[objectives - 1] = 1;
        var contributions = Contributions([.. Fill(objectives, 0.5), .. outside, .. Fill(objectives, double.PositiveInfinity)], objectives, Fill(objectives, 1));
        Assert.Equal(Math.Pow(0.5, objectives), contributions[0], 1e-15);
        Assert.Equal([0, 0], contributions[1..]);
    }

    [Fact]
    public void The_least_contributor_has_the_smallest_contribution()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var points = Simplex(30, 3, seed);
            var contributions = Contributions(points, 3, [1.1, 1.1, 1.1]);
            Assert.Equal(Array.IndexOf(contributions, contributions.Min()), Hypervolume.LeastContributor(points, 3, [1.1, 1.1, 1.1]));
        }
    }

    [Fact]
    public void The_first_of_equal_contributors_is_the_least() =>
        Assert.Equal(1, Hypervolume.LeastContributor([0, 0, 2, 2, 1, 1], 2, [3, 3]));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Exclusive_volume_is_the_gain_of_adding_the_point(int objectives)
    {
        var reference = Fill(objectives, 0.9);
        for (ulong seed = 0; seed < 30; seed++)
        {
            var points = Cube(20, objectives, seed);
            var point = Cube(1, objectives, seed + 1000);
            var gain = Hypervolume.Compute([.. points, .. point], objectives, reference) - Hypervolume.Compute(points, objectives, reference);
            Assert.Equal(gain, Hypervolume.Exclusive(point, points, objectives, reference), 1e-13);
        }
    }

    [Fact]
    public void Negative_infinity_and_wrong_lengths_are_refused()
    {
        Assert.Contains("negative infinity", Assert.Throws<ArgumentException>(() => Contributions([0, double.NegativeInfinity], 2, [1, 1])).Message);
        Assert.Contains("one place per point", Assert.Throws<ArgumentException>(() => Hypervolume.Contributions([0, 0], 2, [1, 1], new double[2])).Message);
        Assert.Contains("at least one point", Assert.Throws<ArgumentException>(() => Hypervolume.LeastContributor([], 2, [1, 1])).Message);
    }
}
