using CsCheck;
using Vilfredo.Archives;
using Vilfredo.Indicators;
using Vilfredo.Sorting;

namespace Vilfredo.Tests.Archives;

public class ArchiveTests
{
    // Small whole numbers, so that ties and duplicates are common.
    private static readonly Gen<(int Objectives, double[] Points)> Clouds =
        from objectives in Gen.Int[1, 5]
        from points in Gen.Int[0, 6].Select(i => (double)i).Array[objectives, objectives * 5].Array[0, 12]
        select (objectives, points.SelectMany(p => p.Take(objectives)).ToArray());

    [Fact]
    public void An_archive_holds_what_a_filter_of_all_offered_points_keeps() => Clouds.Sample(cloud =>
    {
        var archive = Fill(cloud.Points, cloud.Objectives);
        var kept = NonDominatedFilter.Indices(cloud.Points, cloud.Objectives, keepDuplicates: false);
        Assert.Equal(kept, archive.Tags.Order());
        for (var i = 0; i < archive.Count; i++)
            Assert.Equal(cloud.Points.AsSpan(archive.Tags[i] * cloud.Objectives, cloud.Objectives).ToArray(), archive[i].ToArray());
    });

    [Fact]
    public void What_became_of_a_point_is_told()
    {
        var archive = new ParetoArchive<string>(2);
        Assert.Equal(ArchiveInsertion.Added, archive.Add([2, 2], "a"));
        Assert.Equal(ArchiveInsertion.Duplicate, archive.Add([2, 2], "b"));
        Assert.Equal(ArchiveInsertion.Dominated, archive.Add([2, 3], "c"));
        Assert.Equal(ArchiveInsertion.Added, archive.Add([1, 3], "d"));
        Assert.Equal(ArchiveInsertion.Added, archive.Add([0, 0], "e"));
        Assert.Equal(["e"], archive.Tags);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Removing_leaves_the_other_points(int objectives)
    {
        var archive = new ParetoArchive<int>(objectives);
        for (var i = 0; i < 5; i++)
        {
            var point = new double[objectives];
            (point[0], point[1]) = (i, 5 - i);
            archive.Add(point, i);
        }

        archive.RemoveAt(archive.Tags.ToList().IndexOf(2));
        Assert.Equal([0, 1, 3, 4], archive.Tags.Order());
        archive.Clear();
        Assert.Equal(0, archive.Count);
    }

    [Fact]
    public void Bad_points_are_refused_and_leave_the_archive_as_it_was()
    {
        var archive = new ParetoArchive<int>(2);
        archive.Add([1, 1], 0);
        Assert.Throws<ArgumentException>(() => archive.Add([0, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => archive.Add([0], 1));
        Assert.Equal(1, archive.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParetoArchive<int>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedArchive<int>(2, 0));
        Assert.Throws<ArgumentException>(() => new EpsilonArchive<int>([0.1, 0]));
    }

    [Fact]
    public void A_bounded_archive_never_exceeds_its_capacity_and_stays_non_dominated()
    {
        var random = new RandomGenerator(3);
        foreach (var archive in new[] { new BoundedArchive<int>(3, 10), new BoundedArchive<int>(3, 10, [1.1, 1.1, 1.1]) })
        {
            for (var i = 0; i < 500; i++)
            {
                archive.Add([random.NextDouble(), random.NextDouble(), random.NextDouble()], i);
                Assert.InRange(archive.Count, 1, 10);
            }

            Assert.Equal(archive.Count, NonDominatedFilter.Indices(archive.Points, 3).Length);
        }
    }

    [Fact]
    public void Truncation_by_hypervolume_never_loses_hypervolume()
    {
        var random = new RandomGenerator(4);
        var archive = new BoundedArchive<int>(2, 8, [1, 1]);
        double before = 0;
        for (var i = 0; i < 300; i++)
        {
            archive.Add([random.NextDouble(), random.NextDouble()], i);
            var now = Hypervolume.Compute(archive.Points, 2, [1, 1]);
            Assert.True(now >= before - 1e-12);
            before = now;
        }
    }

    [Fact]
    public void Truncation_by_crowding_gives_up_the_point_between_near_neighbours()
    {
        var archive = new BoundedArchive<string>(2, 3);
        archive.Add([0, 10], "end");
        archive.Add([10, 0], "other end");
        archive.Add([5, 5], "middle");
        Assert.Equal(ArchiveInsertion.Truncated, archive.Add([9, 1], "near the other end"));
        Assert.Equal(["end", "middle", "other end"], archive.Tags.Order());
    }

    [Fact]
    public void An_epsilon_archive_holds_one_point_a_box_and_epsilon_dominates_all_that_were_offered()
    {
        var random = new RandomGenerator(5);
        var archive = new EpsilonArchive<int>([0.1, 0.1]);
        var offered = new List<double[]>();
        for (var i = 0; i < 1000; i++)
        {
            var x = random.NextDouble();
            offered.Add([x, 1 - x + 0.3 * random.NextDouble()]);
            archive.Add(offered[^1], i);
        }

        Assert.InRange(archive.Count, 1, 11);
        Assert.All(offered, p => Assert.Contains(archive.Items, a => a.Point.Span[0] <= p[0] + 0.1 && a.Point.Span[1] <= p[1] + 0.1));
    }

    private static ParetoArchive<int> Fill(double[] points, int objectives)
    {
        var archive = new ParetoArchive<int>(objectives);
        for (var i = 0; i < points.Length / objectives; i++) archive.Add(points.AsSpan(i * objectives, objectives), i);
        return archive;
    }
}
