using Vilfredo.Archives;
using Vilfredo.Sorting;
using Vilfredo.Tests.Sorting;

namespace Vilfredo.Tests.Archives;

public class BoundedArchiveTests
{
    [Theory]
    [InlineData(ArchiveTruncation.Crowding)]
    [InlineData(ArchiveTruncation.AdaptiveGrid)]
    public void The_most_crowded_point_goes_and_the_ends_stay(ArchiveTruncation truncation)
    {
        var archive = new BoundedArchive<string>(2, 4, truncation);
        archive.Add([0, 10], "left");
        archive.Add([10, 0], "right");
        archive.Add([6, 4], "middle");
        archive.Add([2, 8], "near left");
        Assert.Equal(ArchiveInsertion.Truncated, archive.Add([5.9, 4.1], "beside the middle"));
        Assert.Empty(archive.Evicted.ToArray());
        Assert.Equal(["left", "near left", "middle", "right"], archive.Tags);

        Assert.Equal(ArchiveInsertion.Added, archive.Add([3.5, 6.5], "between"));
        Assert.Equal(["near left"], archive.Evicted.ToArray());
        Assert.Equal(["left", "between", "middle", "right"], archive.Tags);
    }

    [Theory]
    [InlineData(ArchiveTruncation.Crowding)]
    [InlineData(ArchiveTruncation.AdaptiveGrid)]
    public void Members_are_never_more_than_the_capacity_nor_dominated_and_tags_are_accounted_for(ArchiveTruncation truncation)
    {
        var random = new RandomGenerator(71);
        foreach (var kind in SampleSets.Kinds)
        {
            foreach (var (objectives, capacity) in new[] { (1, 1), (2, 1), (2, 7), (3, 20), (5, 20) })
            {
                var points = SampleSets.Create(kind, 300, objectives, random);
                var archive = new BoundedArchive<int>(objectives, capacity, truncation);
                var members = new HashSet<int>();
                for (var i = 0; i < 300; i++)
                {
                    if (archive.Add(points.AsSpan(i * objectives, objectives), i) == ArchiveInsertion.Added) members.Add(i);
                    foreach (var gone in archive.Evicted)
                        Assert.True(members.Remove(gone));
                    Assert.Equal(members.Count, archive.Count);
                    Assert.InRange(archive.Count, 1, capacity);
                }

                Assert.Equal(members.Order(), archive.Tags.Order());
                Assert.Equal(archive.Count, NonDominatedFilter.Indices(archive.Points, objectives, keepDuplicates: false).Length);
                archive.Clear();
                Assert.Equal(0, archive.Count);
            }
        }
    }

    [Fact]
    public void A_crowded_region_is_thinned_out_evenly()
    {
        // Most points fall near one end; a good archive still covers the other.
        var random = new RandomGenerator(72);
        foreach (var truncation in new[] { ArchiveTruncation.Crowding, ArchiveTruncation.AdaptiveGrid })
        {
            var archive = new BoundedArchive<int>(2, 20, truncation);
            for (var i = 0; i < 3000; i++)
            {
                var x = Math.Pow(random.NextDouble(), 4);
                archive.Add([x, 1 - x], i);
            }

            var firsts = Enumerable.Range(0, archive.Count).Select(i => archive.Points[2 * i]).ToArray();
            Assert.Equal(20, firsts.Length);
            Assert.True(firsts.Zip(firsts.Skip(1), (a, b) => b - a).Max() < 0.16, truncation.ToString());
        }
    }

    [Fact]
    public void A_rule_of_ones_own_decides_what_goes()
    {
        var archive = new BoundedArchive<string>(2, 2, (points, objectives) => 0);
        archive.Add([1, 3], "a");
        archive.Add([2, 2], "b");
        Assert.Equal(ArchiveInsertion.Added, archive.Add([3, 1], "c"));
        Assert.Equal(["a"], archive.Evicted.ToArray());
        Assert.Equal(ArchiveInsertion.Truncated, archive.Add([0, 4], "d"));
        Assert.Equal(["b", "c"], archive.Tags);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedArchive<int>(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedArchive<int>(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedArchive<int>(2, 5, (ArchiveTruncation)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedArchive<int>(2, 5, ArchiveTruncation.HypervolumeContribution));
        Assert.Throws<ArgumentException>(() => new BoundedArchive<int>(2, 5, [1, double.PositiveInfinity]));
        Assert.Throws<ArgumentNullException>(() => new BoundedArchive<int>(2, 5, (TruncationRule)null!));
        var archive = new BoundedArchive<int>(2, 1, (points, objectives) => 5);
        archive.Add([1, 2], 0);
        Assert.Throws<ArgumentException>(() => archive.Add([1, double.NaN], 0));
        Assert.Throws<InvalidOperationException>(() => archive.Add([2, 1], 1));
        Assert.Equal((1, 0), (archive.Count, archive.Tags[0]));
    }
}
